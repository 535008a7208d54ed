CREATE TABLE audit (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	at VARCHAR(20) NOT NULL, 
	step VARCHAR NOT NULL, 
	entity VARCHAR NOT NULL, 
	entity_id INTEGER NOT NULL, 
	field VARCHAR NOT NULL, 
	old VARCHAR, 
	new VARCHAR
);
CREATE TABLE sqlite_sequence(name,seq);
CREATE INDEX ix_audit_entity_id ON audit (entity_id);
CREATE TABLE currency_rate (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	currency VARCHAR NOT NULL, 
	on_date VARCHAR(10) NOT NULL, 
	rate VARCHAR NOT NULL
);
CREATE UNIQUE INDEX ix_currency_rate_currency_on_date ON currency_rate (currency, on_date);
CREATE TABLE custom_field (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	entity VARCHAR NOT NULL, 
	"key" VARCHAR NOT NULL, 
	label VARCHAR NOT NULL, 
	type VARCHAR DEFAULT 'text' NOT NULL, 
	position INTEGER DEFAULT '0' NOT NULL, 
	CONSTRAINT uq_custom_field_entity_key UNIQUE (entity, "key")
);
CREATE TABLE draft (
	"key" VARCHAR NOT NULL, 
	body VARCHAR NOT NULL, 
	updated_at VARCHAR(20) NOT NULL, 
	PRIMARY KEY ("key")
);
CREATE TABLE import_batch (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	at VARCHAR(20) NOT NULL, 
	file_name VARCHAR NOT NULL, 
	sha256 VARCHAR NOT NULL, 
	source VARCHAR NOT NULL, 
	kind VARCHAR NOT NULL, 
	mapping VARCHAR NOT NULL, 
	rows INTEGER NOT NULL, 
	created INTEGER NOT NULL, 
	updated INTEGER NOT NULL, 
	unchanged INTEGER NOT NULL, 
	rejected INTEGER NOT NULL, 
	warnings VARCHAR DEFAULT '[]' NOT NULL
);
CREATE TABLE list_item (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	list VARCHAR NOT NULL, 
	"key" VARCHAR NOT NULL, 
	label_en VARCHAR NOT NULL, 
	label_ja VARCHAR NOT NULL, 
	position INTEGER NOT NULL, 
	data VARCHAR DEFAULT '{}' NOT NULL, 
	archived BOOLEAN DEFAULT '0' NOT NULL, 
	CONSTRAINT uq_list_item_list_key UNIQUE (list, "key")
);
CREATE TABLE metric (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	"key" VARCHAR NOT NULL, 
	name VARCHAR NOT NULL, 
	family VARCHAR NOT NULL, 
	feature VARCHAR, 
	role VARCHAR, 
	unit VARCHAR DEFAULT '' NOT NULL, 
	aggregation VARCHAR DEFAULT 'sum' NOT NULL, 
	higher_is_better BOOLEAN DEFAULT '1' NOT NULL, 
	description VARCHAR DEFAULT '' NOT NULL, 
	CONSTRAINT uq_metric_key UNIQUE ("key")
);
CREATE INDEX ix_metric_role ON metric (role);
CREATE TABLE pack_record (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	account_id INTEGER NOT NULL, 
	at VARCHAR(20) NOT NULL, 
	template VARCHAR NOT NULL, 
	edition VARCHAR NOT NULL, 
	language VARCHAR NOT NULL, 
	as_of VARCHAR(10) NOT NULL, 
	files VARCHAR NOT NULL, 
	facts VARCHAR NOT NULL
);
CREATE INDEX ix_pack_record_account_id ON pack_record (account_id);
CREATE TABLE persona (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	name VARCHAR NOT NULL, 
	definition VARCHAR DEFAULT '' NOT NULL, 
	position INTEGER DEFAULT '0' NOT NULL, 
	archived_at VARCHAR(20)
);
CREATE TABLE product (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	name VARCHAR NOT NULL, 
	name_key VARCHAR NOT NULL, 
	series VARCHAR, 
	list_price INTEGER, 
	currency VARCHAR, 
	CONSTRAINT uq_product_name UNIQUE (name)
);
CREATE INDEX ix_product_name_key ON product (name_key);
CREATE TABLE reading_before (
	by_batch INTEGER NOT NULL, 
	account_id INTEGER NOT NULL, 
	metric_id INTEGER NOT NULL, 
	day INTEGER NOT NULL, 
	value DOUBLE NOT NULL, 
	batch_id INTEGER NOT NULL, 
	PRIMARY KEY (by_batch, account_id, metric_id, day)
)
 WITHOUT ROWID

;
CREATE TABLE reading_undone (
	by_batch INTEGER NOT NULL, 
	account_id INTEGER NOT NULL, 
	metric_id INTEGER NOT NULL, 
	day INTEGER NOT NULL, 
	value DOUBLE NOT NULL, 
	PRIMARY KEY (by_batch, account_id, metric_id, day)
)
 WITHOUT ROWID

;
CREATE TABLE saved_mapping (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	source VARCHAR NOT NULL, 
	kind VARCHAR NOT NULL, 
	header_key VARCHAR NOT NULL, 
	mapping VARCHAR NOT NULL, 
	used_at VARCHAR(20) NOT NULL, 
	CONSTRAINT uq_saved_mapping_source_kind_header_key UNIQUE (source, kind, header_key)
);
CREATE TABLE scorecard (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	"key" VARCHAR NOT NULL, 
	version INTEGER NOT NULL, 
	definition VARCHAR NOT NULL, 
	created_at VARCHAR(20) NOT NULL, 
	CONSTRAINT uq_scorecard_key_version UNIQUE ("key", version)
);
CREATE TABLE segment (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	"key" VARCHAR NOT NULL, 
	name VARCHAR NOT NULL, 
	position INTEGER NOT NULL, 
	rule VARCHAR DEFAULT '[]' NOT NULL, 
	scorecard_key VARCHAR DEFAULT 'default' NOT NULL, 
	CONSTRAINT uq_segment_key UNIQUE ("key")
);
CREATE TABLE setting (
	"key" VARCHAR NOT NULL, 
	value VARCHAR NOT NULL, 
	PRIMARY KEY ("key")
);
CREATE TABLE snapshot (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	account_id INTEGER NOT NULL, 
	as_of VARCHAR(10) NOT NULL, 
	scorecard_id INTEGER NOT NULL, 
	score DOUBLE, 
	band VARCHAR NOT NULL, 
	coverage DOUBLE NOT NULL, 
	low DOUBLE, 
	high DOUBLE, 
	detail VARCHAR NOT NULL, 
	computed_at VARCHAR(20) NOT NULL
);
CREATE INDEX ix_snapshot_account_id_as_of ON snapshot (account_id, as_of, id, score, band, coverage);
CREATE TABLE survey_round (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	kind VARCHAR NOT NULL, 
	campaign VARCHAR, 
	sent_on VARCHAR(10) NOT NULL, 
	sent INTEGER NOT NULL
);
CREATE TABLE theme (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	name VARCHAR NOT NULL, 
	keywords VARCHAR DEFAULT '' NOT NULL, 
	status VARCHAR DEFAULT 'open' NOT NULL, 
	decided_on VARCHAR(10), 
	note VARCHAR DEFAULT '' NOT NULL
);
CREATE TABLE trash (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	entity VARCHAR NOT NULL, 
	entity_id INTEGER NOT NULL, 
	label VARCHAR NOT NULL, 
	deleted_at VARCHAR(20) NOT NULL, 
	rows VARCHAR NOT NULL
);
CREATE TABLE account (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	name VARCHAR NOT NULL, 
	reading VARCHAR DEFAULT '' NOT NULL, 
	name_key VARCHAR NOT NULL, 
	tier VARCHAR, 
	stage VARCHAR, 
	segment_id INTEGER, 
	parent_id INTEGER, 
	owner VARCHAR, 
	industry VARCHAR, 
	country VARCHAR, 
	website VARCHAR, 
	phone VARCHAR, 
	address VARCHAR, 
	employees INTEGER, 
	annual_revenue INTEGER, 
	currency VARCHAR, 
	customer_since VARCHAR(10), 
	churned_on VARCHAR(10), 
	note VARCHAR DEFAULT '' NOT NULL, 
	archived_at VARCHAR(20), 
	created_at VARCHAR(20) NOT NULL, 
	updated_at VARCHAR(20) NOT NULL, 
	CONSTRAINT fk_account_segment_id FOREIGN KEY(segment_id) REFERENCES segment (id) ON DELETE SET NULL, 
	CONSTRAINT fk_account_parent_id FOREIGN KEY(parent_id) REFERENCES account (id) ON DELETE SET NULL
);
CREATE INDEX ix_account_name ON account (name);
CREATE INDEX ix_account_name_key ON account (name_key);
CREATE INDEX ix_account_parent_id ON account (parent_id);
CREATE INDEX ix_account_stage ON account (stage);
CREATE TABLE success_map (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	persona_id INTEGER NOT NULL, 
	version INTEGER NOT NULL, 
	made_on VARCHAR(10) NOT NULL, 
	retired_on VARCHAR(10), 
	CONSTRAINT uq_success_map_persona_id_version UNIQUE (persona_id, version), 
	CONSTRAINT fk_success_map_persona_id FOREIGN KEY(persona_id) REFERENCES persona (id) ON DELETE CASCADE
);
CREATE INDEX ix_success_map_persona_id ON success_map (persona_id);
CREATE TABLE account_alias (
	id INTEGER NOT NULL, 
	account_id INTEGER NOT NULL, 
	name_key VARCHAR NOT NULL, 
	PRIMARY KEY (id), 
	CONSTRAINT uq_account_alias_name_key UNIQUE (name_key), 
	CONSTRAINT fk_account_alias_account_id FOREIGN KEY(account_id) REFERENCES account (id) ON DELETE CASCADE
);
CREATE INDEX ix_account_alias_account_id ON account_alias (account_id);
CREATE TABLE account_custom (
	account_id INTEGER NOT NULL, 
	field_id INTEGER NOT NULL, 
	value VARCHAR NOT NULL, 
	PRIMARY KEY (account_id, field_id), 
	CONSTRAINT fk_account_custom_account_id FOREIGN KEY(account_id) REFERENCES account (id) ON DELETE CASCADE, 
	CONSTRAINT fk_account_custom_field_id FOREIGN KEY(field_id) REFERENCES custom_field (id) ON DELETE CASCADE
)
 WITHOUT ROWID

;
CREATE TABLE account_domain (
	id INTEGER NOT NULL, 
	account_id INTEGER NOT NULL, 
	domain VARCHAR NOT NULL, 
	PRIMARY KEY (id), 
	CONSTRAINT uq_account_domain_account_id_domain UNIQUE (account_id, domain), 
	CONSTRAINT fk_account_domain_account_id FOREIGN KEY(account_id) REFERENCES account (id) ON DELETE CASCADE
);
CREATE INDEX ix_account_domain_account_id ON account_domain (account_id);
CREATE INDEX ix_account_domain_domain ON account_domain (domain);
CREATE TABLE account_source (
	id INTEGER NOT NULL, 
	account_id INTEGER NOT NULL, 
	source VARCHAR NOT NULL, 
	external_id VARCHAR NOT NULL, 
	PRIMARY KEY (id), 
	CONSTRAINT uq_account_source_source_external_id UNIQUE (source, external_id), 
	CONSTRAINT fk_account_source_account_id FOREIGN KEY(account_id) REFERENCES account (id) ON DELETE CASCADE
);
CREATE INDEX ix_account_source_account_id ON account_source (account_id);
CREATE TABLE account_tag (
	id INTEGER NOT NULL, 
	account_id INTEGER NOT NULL, 
	tag VARCHAR NOT NULL, 
	PRIMARY KEY (id), 
	CONSTRAINT uq_account_tag_account_id_tag UNIQUE (account_id, tag), 
	CONSTRAINT fk_account_tag_account_id FOREIGN KEY(account_id) REFERENCES account (id) ON DELETE CASCADE
);
CREATE INDEX ix_account_tag_account_id ON account_tag (account_id);
CREATE INDEX ix_account_tag_tag ON account_tag (tag);
CREATE TABLE contract (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	account_id INTEGER NOT NULL, 
	source VARCHAR, 
	external_id VARCHAR, 
	name VARCHAR, 
	product_id INTEGER, 
	"plan" VARCHAR, 
	seats INTEGER, 
	arr INTEGER, 
	mrr INTEGER, 
	amount INTEGER, 
	currency VARCHAR, 
	billing VARCHAR, 
	start_on VARCHAR(10), 
	end_on VARCHAR(10), 
	term_months INTEGER, 
	notice_days INTEGER, 
	notice_months INTEGER, 
	auto_renew BOOLEAN, 
	status VARCHAR DEFAULT 'active' NOT NULL, 
	is_trial BOOLEAN DEFAULT '0' NOT NULL, 
	note VARCHAR DEFAULT '' NOT NULL, 
	created_at VARCHAR(20) NOT NULL, 
	updated_at VARCHAR(20) NOT NULL, 
	CONSTRAINT uq_contract_source_external_id UNIQUE (source, external_id), 
	CONSTRAINT fk_contract_account_id FOREIGN KEY(account_id) REFERENCES account (id) ON DELETE CASCADE, 
	CONSTRAINT fk_contract_product_id FOREIGN KEY(product_id) REFERENCES product (id) ON DELETE SET NULL
);
CREATE INDEX ix_contract_account_id ON contract (account_id);
CREATE INDEX ix_contract_product_id ON contract (product_id);
CREATE TABLE health_call (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	account_id INTEGER NOT NULL, 
	band VARCHAR NOT NULL, 
	reason VARCHAR NOT NULL, 
	made_on VARCHAR(10) NOT NULL, 
	until_on VARCHAR(10) NOT NULL, 
	ended_on VARCHAR(10), 
	computed_band VARCHAR, 
	computed_score DOUBLE, 
	created_at VARCHAR(20) NOT NULL, 
	CONSTRAINT fk_health_call_account_id FOREIGN KEY(account_id) REFERENCES account (id) ON DELETE CASCADE
);
CREATE INDEX ix_health_call_account_id_id ON health_call (account_id, id);
CREATE TABLE interaction (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	account_id INTEGER NOT NULL, 
	source VARCHAR, 
	external_id VARCHAR, 
	at VARCHAR(20) NOT NULL, 
	channel VARCHAR NOT NULL, 
	direction VARCHAR DEFAULT 'both' NOT NULL, 
	subject VARCHAR DEFAULT '' NOT NULL, 
	body VARCHAR DEFAULT '' NOT NULL, 
	folded VARCHAR DEFAULT '' NOT NULL, 
	duration_min INTEGER, 
	sentiment VARCHAR, 
	shareable BOOLEAN DEFAULT '0' NOT NULL, 
	created_at VARCHAR(20) NOT NULL, 
	updated_at VARCHAR(20) NOT NULL, 
	CONSTRAINT uq_interaction_source_external_id UNIQUE (source, external_id), 
	CONSTRAINT fk_interaction_account_id FOREIGN KEY(account_id) REFERENCES account (id) ON DELETE CASCADE
);
CREATE INDEX ix_interaction_account_id_at ON interaction (account_id, at);
CREATE TABLE map_move (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	account_id INTEGER NOT NULL, 
	from_step VARCHAR, 
	to_step VARCHAR, 
	moved_on VARCHAR(10) NOT NULL, 
	CONSTRAINT fk_map_move_account_id FOREIGN KEY(account_id) REFERENCES account (id) ON DELETE CASCADE
);
CREATE INDEX ix_map_move_account_id ON map_move (account_id);
CREATE TABLE map_step (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	map_id INTEGER NOT NULL, 
	position INTEGER NOT NULL, 
	name VARCHAR NOT NULL, 
	exit_text VARCHAR DEFAULT '' NOT NULL, 
	exit_kind VARCHAR DEFAULT 'confirmed' NOT NULL, 
	exit_metric VARCHAR, 
	exit_at_least DOUBLE, 
	usual_days INTEGER, 
	CONSTRAINT fk_map_step_map_id FOREIGN KEY(map_id) REFERENCES success_map (id) ON DELETE CASCADE
);
CREATE INDEX ix_map_step_map_id ON map_step (map_id);
CREATE TABLE onboarding (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	account_id INTEGER NOT NULL, 
	started_on VARCHAR(10) NOT NULL, 
	ends_on VARCHAR(10) NOT NULL, 
	first_value_on VARCHAR(10), 
	finished_on VARCHAR(10), 
	decision VARCHAR, 
	decided_on VARCHAR(10), 
	reason VARCHAR DEFAULT '' NOT NULL, 
	follow_up VARCHAR DEFAULT '' NOT NULL, 
	extended_to VARCHAR(10), 
	CONSTRAINT fk_onboarding_account_id FOREIGN KEY(account_id) REFERENCES account (id) ON DELETE CASCADE
);
CREATE INDEX ix_onboarding_account_id ON onboarding (account_id);
CREATE TABLE opportunity (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	account_id INTEGER, 
	source VARCHAR, 
	external_id VARCHAR, 
	name VARCHAR NOT NULL, 
	stage VARCHAR, 
	outcome VARCHAR DEFAULT 'open' NOT NULL, 
	kind VARCHAR, 
	product_id INTEGER, 
	product_text VARCHAR, 
	amount INTEGER, 
	currency VARCHAR, 
	probability DOUBLE, 
	opened_on VARCHAR(10), 
	close_on VARCHAR(10), 
	owner VARCHAR, 
	next_step VARCHAR, 
	CONSTRAINT uq_opportunity_source_external_id UNIQUE (source, external_id), 
	CONSTRAINT fk_opportunity_account_id FOREIGN KEY(account_id) REFERENCES account (id) ON DELETE CASCADE, 
	CONSTRAINT fk_opportunity_product_id FOREIGN KEY(product_id) REFERENCES product (id) ON DELETE SET NULL
);
CREATE INDEX ix_opportunity_account_id ON opportunity (account_id);
CREATE INDEX ix_opportunity_product_id ON opportunity (product_id);
CREATE TABLE person (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	account_id INTEGER, 
	name VARCHAR NOT NULL, 
	reading VARCHAR DEFAULT '' NOT NULL, 
	name_key VARCHAR NOT NULL, 
	title VARCHAR, 
	department VARCHAR, 
	email VARCHAR, 
	phone VARCHAR, 
	mobile VARCHAR, 
	influence INTEGER, 
	sentiment VARCHAR, 
	reports_to_id INTEGER, 
	status VARCHAR DEFAULT 'active' NOT NULL, 
	left_on VARCHAR(10), 
	moved_to VARCHAR, 
	moved_to_account_id INTEGER, 
	note VARCHAR DEFAULT '' NOT NULL, 
	created_at VARCHAR(20) NOT NULL, 
	updated_at VARCHAR(20) NOT NULL, 
	CONSTRAINT fk_person_account_id FOREIGN KEY(account_id) REFERENCES account (id) ON DELETE CASCADE, 
	CONSTRAINT fk_person_reports_to_id FOREIGN KEY(reports_to_id) REFERENCES person (id) ON DELETE SET NULL, 
	CONSTRAINT fk_person_moved_to_account_id FOREIGN KEY(moved_to_account_id) REFERENCES account (id) ON DELETE SET NULL
);
CREATE INDEX ix_person_account_id ON person (account_id);
CREATE INDEX ix_person_email ON person (email);
CREATE INDEX ix_person_name_key ON person (name_key);
CREATE INDEX ix_person_reports_to_id ON person (reports_to_id);
CREATE TABLE reading (
	account_id INTEGER NOT NULL, 
	metric_id INTEGER NOT NULL, 
	day INTEGER NOT NULL, 
	value DOUBLE NOT NULL, 
	batch_id INTEGER DEFAULT '0' NOT NULL, 
	PRIMARY KEY (account_id, metric_id, day), 
	CONSTRAINT fk_reading_account_id FOREIGN KEY(account_id) REFERENCES account (id) ON DELETE CASCADE, 
	CONSTRAINT fk_reading_metric_id FOREIGN KEY(metric_id) REFERENCES metric (id) ON DELETE CASCADE
)
 WITHOUT ROWID

;
CREATE TABLE renewal_call (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	account_id INTEGER NOT NULL, 
	term_end VARCHAR(10) NOT NULL, 
	category VARCHAR NOT NULL, 
	likelihood DOUBLE NOT NULL, 
	reason VARCHAR DEFAULT '' NOT NULL, 
	said_on VARCHAR(10) NOT NULL, 
	created_at VARCHAR(20) NOT NULL, 
	CONSTRAINT fk_renewal_call_account_id FOREIGN KEY(account_id) REFERENCES account (id) ON DELETE CASCADE
);
CREATE INDEX ix_renewal_call_account_id_term_end ON renewal_call (account_id, term_end, id);
CREATE TABLE renewal_plan (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	account_id INTEGER NOT NULL, 
	term_end VARCHAR(10) NOT NULL, 
	meeting_at VARCHAR(20), 
	approval_days INTEGER, 
	CONSTRAINT uq_renewal_plan_account_id_term_end UNIQUE (account_id, term_end), 
	CONSTRAINT fk_renewal_plan_account_id FOREIGN KEY(account_id) REFERENCES account (id) ON DELETE CASCADE
);
CREATE INDEX ix_renewal_plan_account_id ON renewal_plan (account_id);
CREATE TABLE renewal_step (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	account_id INTEGER NOT NULL, 
	term_end VARCHAR(10) NOT NULL, 
	step INTEGER NOT NULL, 
	done_on VARCHAR(10), 
	due_on VARCHAR(10), 
	note VARCHAR DEFAULT '' NOT NULL, 
	updated_at VARCHAR(20) NOT NULL, 
	CONSTRAINT uq_renewal_step_account_id_term_end_step UNIQUE (account_id, term_end, step), 
	CONSTRAINT fk_renewal_step_account_id FOREIGN KEY(account_id) REFERENCES account (id) ON DELETE CASCADE
);
CREATE INDEX ix_renewal_step_account_id ON renewal_step (account_id);
CREATE TABLE stage_move (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	account_id INTEGER NOT NULL, 
	from_stage VARCHAR, 
	to_stage VARCHAR, 
	moved_on VARCHAR(10) NOT NULL, 
	reason VARCHAR DEFAULT '' NOT NULL, 
	CONSTRAINT fk_stage_move_account_id FOREIGN KEY(account_id) REFERENCES account (id) ON DELETE CASCADE
);
CREATE INDEX ix_stage_move_account_id_moved_on ON stage_move (account_id, moved_on);
CREATE TABLE value_ledger (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	account_id INTEGER NOT NULL, 
	name VARCHAR NOT NULL, 
	currency VARCHAR NOT NULL, 
	starts_on VARCHAR(10) NOT NULL, 
	years INTEGER DEFAULT '3' NOT NULL, 
	rate VARCHAR DEFAULT '0.10' NOT NULL, 
	created_at VARCHAR(20) NOT NULL, 
	updated_at VARCHAR(20) NOT NULL, 
	CONSTRAINT fk_value_ledger_account_id FOREIGN KEY(account_id) REFERENCES account (id) ON DELETE CASCADE
);
CREATE INDEX ix_value_ledger_account_id ON value_ledger (account_id);
CREATE TABLE contract_custom (
	contract_id INTEGER NOT NULL, 
	field_id INTEGER NOT NULL, 
	value VARCHAR NOT NULL, 
	PRIMARY KEY (contract_id, field_id), 
	CONSTRAINT fk_contract_custom_contract_id FOREIGN KEY(contract_id) REFERENCES contract (id) ON DELETE CASCADE, 
	CONSTRAINT fk_contract_custom_field_id FOREIGN KEY(field_id) REFERENCES custom_field (id) ON DELETE CASCADE
)
 WITHOUT ROWID

;
CREATE TABLE contract_event (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	account_id INTEGER NOT NULL, 
	contract_id INTEGER, 
	source VARCHAR, 
	external_id VARCHAR, 
	kind VARCHAR NOT NULL, 
	on_date VARCHAR(10) NOT NULL, 
	amount INTEGER, 
	currency VARCHAR, 
	reason VARCHAR, 
	note VARCHAR DEFAULT '' NOT NULL, 
	CONSTRAINT uq_contract_event_source_external_id UNIQUE (source, external_id), 
	CONSTRAINT fk_contract_event_account_id FOREIGN KEY(account_id) REFERENCES account (id) ON DELETE CASCADE, 
	CONSTRAINT fk_contract_event_contract_id FOREIGN KEY(contract_id) REFERENCES contract (id) ON DELETE SET NULL
);
CREATE INDEX ix_contract_event_account_id ON contract_event (account_id);
CREATE INDEX ix_contract_event_contract_id ON contract_event (contract_id);
CREATE TABLE interaction_person (
	id INTEGER NOT NULL, 
	interaction_id INTEGER NOT NULL, 
	person_id INTEGER NOT NULL, 
	PRIMARY KEY (id), 
	CONSTRAINT uq_interaction_person_interaction_id_person_id UNIQUE (interaction_id, person_id), 
	CONSTRAINT fk_interaction_person_interaction_id FOREIGN KEY(interaction_id) REFERENCES interaction (id) ON DELETE CASCADE, 
	CONSTRAINT fk_interaction_person_person_id FOREIGN KEY(person_id) REFERENCES person (id) ON DELETE CASCADE
);
CREATE INDEX ix_interaction_person_interaction_id ON interaction_person (interaction_id);
CREATE INDEX ix_interaction_person_person_id ON interaction_person (person_id);
CREATE TABLE interaction_tag (
	id INTEGER NOT NULL, 
	interaction_id INTEGER NOT NULL, 
	tag VARCHAR NOT NULL, 
	PRIMARY KEY (id), 
	CONSTRAINT uq_interaction_tag_interaction_id_tag UNIQUE (interaction_id, tag), 
	CONSTRAINT fk_interaction_tag_interaction_id FOREIGN KEY(interaction_id) REFERENCES interaction (id) ON DELETE CASCADE
);
CREATE INDEX ix_interaction_tag_interaction_id ON interaction_tag (interaction_id);
CREATE TABLE map_place (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	account_id INTEGER NOT NULL, 
	persona_id INTEGER NOT NULL, 
	step_id INTEGER, 
	wanted_step_id INTEGER, 
	wanted_by VARCHAR(10), 
	entered_on VARCHAR(10), 
	CONSTRAINT uq_map_place_account_id UNIQUE (account_id), 
	CONSTRAINT fk_map_place_account_id FOREIGN KEY(account_id) REFERENCES account (id) ON DELETE CASCADE, 
	CONSTRAINT fk_map_place_persona_id FOREIGN KEY(persona_id) REFERENCES persona (id) ON DELETE CASCADE, 
	CONSTRAINT fk_map_place_step_id FOREIGN KEY(step_id) REFERENCES map_step (id) ON DELETE SET NULL, 
	CONSTRAINT fk_map_place_wanted_step_id FOREIGN KEY(wanted_step_id) REFERENCES map_step (id) ON DELETE SET NULL
);
CREATE INDEX ix_map_place_account_id ON map_place (account_id);
CREATE INDEX ix_map_place_persona_id ON map_place (persona_id);
CREATE INDEX ix_map_place_step_id ON map_place (step_id);
CREATE INDEX ix_map_place_wanted_step_id ON map_place (wanted_step_id);
CREATE TABLE onboarding_item (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	onboarding_id INTEGER NOT NULL, 
	position INTEGER NOT NULL, 
	title VARCHAR NOT NULL, 
	side VARCHAR DEFAULT 'ours' NOT NULL, 
	milestone BOOLEAN DEFAULT '0' NOT NULL, 
	due_on VARCHAR(10), 
	done_on VARCHAR(10), 
	CONSTRAINT fk_onboarding_item_onboarding_id FOREIGN KEY(onboarding_id) REFERENCES onboarding (id) ON DELETE CASCADE
);
CREATE INDEX ix_onboarding_item_onboarding_id ON onboarding_item (onboarding_id);
CREATE TABLE person_custom (
	person_id INTEGER NOT NULL, 
	field_id INTEGER NOT NULL, 
	value VARCHAR NOT NULL, 
	PRIMARY KEY (person_id, field_id), 
	CONSTRAINT fk_person_custom_person_id FOREIGN KEY(person_id) REFERENCES person (id) ON DELETE CASCADE, 
	CONSTRAINT fk_person_custom_field_id FOREIGN KEY(field_id) REFERENCES custom_field (id) ON DELETE CASCADE
)
 WITHOUT ROWID

;
CREATE TABLE person_role (
	id INTEGER NOT NULL, 
	person_id INTEGER NOT NULL, 
	role VARCHAR NOT NULL, 
	PRIMARY KEY (id), 
	CONSTRAINT uq_person_role_person_id_role UNIQUE (person_id, role), 
	CONSTRAINT fk_person_role_person_id FOREIGN KEY(person_id) REFERENCES person (id) ON DELETE CASCADE
);
CREATE INDEX ix_person_role_person_id ON person_role (person_id);
CREATE INDEX ix_person_role_role ON person_role (role);
CREATE TABLE person_source (
	id INTEGER NOT NULL, 
	person_id INTEGER NOT NULL, 
	source VARCHAR NOT NULL, 
	external_id VARCHAR NOT NULL, 
	PRIMARY KEY (id), 
	CONSTRAINT uq_person_source_source_external_id UNIQUE (source, external_id), 
	CONSTRAINT fk_person_source_person_id FOREIGN KEY(person_id) REFERENCES person (id) ON DELETE CASCADE
);
CREATE INDEX ix_person_source_person_id ON person_source (person_id);
CREATE TABLE renewal_attendee (
	id INTEGER NOT NULL, 
	plan_id INTEGER NOT NULL, 
	person_id INTEGER NOT NULL, 
	PRIMARY KEY (id), 
	CONSTRAINT uq_renewal_attendee_plan_id_person_id UNIQUE (plan_id, person_id), 
	CONSTRAINT fk_renewal_attendee_plan_id FOREIGN KEY(plan_id) REFERENCES renewal_plan (id) ON DELETE CASCADE, 
	CONSTRAINT fk_renewal_attendee_person_id FOREIGN KEY(person_id) REFERENCES person (id) ON DELETE CASCADE
);
CREATE INDEX ix_renewal_attendee_person_id ON renewal_attendee (person_id);
CREATE INDEX ix_renewal_attendee_plan_id ON renewal_attendee (plan_id);
CREATE TABLE success_means (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	step_id INTEGER NOT NULL, 
	kind VARCHAR NOT NULL, 
	title VARCHAR NOT NULL, 
	detail VARCHAR DEFAULT '' NOT NULL, 
	position INTEGER DEFAULT '0' NOT NULL, 
	CONSTRAINT fk_success_means_step_id FOREIGN KEY(step_id) REFERENCES map_step (id) ON DELETE CASCADE
);
CREATE INDEX ix_success_means_step_id ON success_means (step_id);
CREATE TABLE success_plan (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	account_id INTEGER NOT NULL, 
	name VARCHAR NOT NULL, 
	purpose VARCHAR DEFAULT '' NOT NULL, 
	sponsor_ours VARCHAR, 
	sponsor_theirs_id INTEGER, 
	starts_on VARCHAR(10), 
	ends_on VARCHAR(10), 
	status VARCHAR DEFAULT 'active' NOT NULL, 
	note VARCHAR DEFAULT '' NOT NULL, 
	created_at VARCHAR(20) NOT NULL, 
	updated_at VARCHAR(20) NOT NULL, 
	CONSTRAINT fk_success_plan_account_id FOREIGN KEY(account_id) REFERENCES account (id) ON DELETE CASCADE, 
	CONSTRAINT fk_success_plan_sponsor_theirs_id FOREIGN KEY(sponsor_theirs_id) REFERENCES person (id) ON DELETE SET NULL
);
CREATE INDEX ix_success_plan_account_id ON success_plan (account_id);
CREATE INDEX ix_success_plan_sponsor_theirs_id ON success_plan (sponsor_theirs_id);
CREATE TABLE survey (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	account_id INTEGER NOT NULL, 
	person_id INTEGER, 
	source VARCHAR, 
	external_id VARCHAR, 
	kind VARCHAR NOT NULL, 
	score DOUBLE, 
	comment VARCHAR DEFAULT '' NOT NULL, 
	answered_on VARCHAR(10) NOT NULL, 
	campaign VARCHAR, 
	shareable BOOLEAN DEFAULT '0' NOT NULL, 
	CONSTRAINT uq_survey_source_external_id UNIQUE (source, external_id), 
	CONSTRAINT fk_survey_account_id FOREIGN KEY(account_id) REFERENCES account (id) ON DELETE CASCADE, 
	CONSTRAINT fk_survey_person_id FOREIGN KEY(person_id) REFERENCES person (id) ON DELETE SET NULL
);
CREATE INDEX ix_survey_account_id ON survey (account_id);
CREATE INDEX ix_survey_person_id ON survey (person_id);
CREATE TABLE task (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	account_id INTEGER NOT NULL, 
	person_id INTEGER, 
	interaction_id INTEGER, 
	kind VARCHAR DEFAULT 'task' NOT NULL, 
	title VARCHAR NOT NULL, 
	owner VARCHAR, 
	due_on VARCHAR(10), 
	done_on VARCHAR(10), 
	shareable BOOLEAN DEFAULT '0' NOT NULL, 
	note VARCHAR DEFAULT '' NOT NULL, 
	created_at VARCHAR(20) NOT NULL, 
	CONSTRAINT fk_task_account_id FOREIGN KEY(account_id) REFERENCES account (id) ON DELETE CASCADE, 
	CONSTRAINT fk_task_person_id FOREIGN KEY(person_id) REFERENCES person (id) ON DELETE SET NULL, 
	CONSTRAINT fk_task_interaction_id FOREIGN KEY(interaction_id) REFERENCES interaction (id) ON DELETE SET NULL
);
CREATE INDEX ix_task_account_id ON task (account_id);
CREATE INDEX ix_task_due_on ON task (due_on);
CREATE INDEX ix_task_interaction_id ON task (interaction_id);
CREATE INDEX ix_task_person_id ON task (person_id);
CREATE TABLE ticket (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	account_id INTEGER NOT NULL, 
	person_id INTEGER, 
	source VARCHAR, 
	external_id VARCHAR, 
	subject VARCHAR DEFAULT '' NOT NULL, 
	body VARCHAR DEFAULT '' NOT NULL, 
	folded VARCHAR DEFAULT '' NOT NULL, 
	status VARCHAR DEFAULT 'open' NOT NULL, 
	priority VARCHAR, 
	kind VARCHAR, 
	channel VARCHAR, 
	assignee VARCHAR, 
	opened_at VARCHAR(20) NOT NULL, 
	solved_at VARCHAR(20), 
	first_reply_min DOUBLE, 
	resolution_min DOUBLE, 
	satisfaction DOUBLE, 
	escalated BOOLEAN DEFAULT '0' NOT NULL, 
	reopens INTEGER, 
	CONSTRAINT uq_ticket_source_external_id UNIQUE (source, external_id), 
	CONSTRAINT fk_ticket_account_id FOREIGN KEY(account_id) REFERENCES account (id) ON DELETE CASCADE, 
	CONSTRAINT fk_ticket_person_id FOREIGN KEY(person_id) REFERENCES person (id) ON DELETE SET NULL
);
CREATE INDEX ix_ticket_account_id_opened_at ON ticket (account_id, opened_at);
CREATE INDEX ix_ticket_person_id ON ticket (person_id);
CREATE TABLE value_cost (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	ledger_id INTEGER NOT NULL, 
	position INTEGER NOT NULL, 
	kind VARCHAR NOT NULL, 
	title VARCHAR NOT NULL, 
	amounts VARCHAR DEFAULT '' NOT NULL, 
	confidence VARCHAR DEFAULT 'measured' NOT NULL, 
	source VARCHAR DEFAULT '' NOT NULL, 
	contract_id INTEGER, 
	CONSTRAINT fk_value_cost_ledger_id FOREIGN KEY(ledger_id) REFERENCES value_ledger (id) ON DELETE CASCADE, 
	CONSTRAINT fk_value_cost_contract_id FOREIGN KEY(contract_id) REFERENCES contract (id) ON DELETE SET NULL
);
CREATE INDEX ix_value_cost_contract_id ON value_cost (contract_id);
CREATE INDEX ix_value_cost_ledger_id ON value_cost (ledger_id);
CREATE TABLE value_line (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	ledger_id INTEGER NOT NULL, 
	position INTEGER NOT NULL, 
	title VARCHAR NOT NULL, 
	category VARCHAR NOT NULL, 
	mechanism VARCHAR DEFAULT '' NOT NULL, 
	formula VARCHAR DEFAULT '' NOT NULL, 
	attribution VARCHAR DEFAULT '1' NOT NULL, 
	ramp VARCHAR DEFAULT '1' NOT NULL, 
	confidence VARCHAR DEFAULT 'assumption' NOT NULL, 
	logic VARCHAR DEFAULT 'open' NOT NULL, 
	fact VARCHAR DEFAULT 'open' NOT NULL, 
	logic_on VARCHAR(10), 
	logic_by_id INTEGER, 
	fact_on VARCHAR(10), 
	fact_by_id INTEGER, 
	agreed_on VARCHAR(10), 
	agreed_by_id INTEGER, 
	baseline VARCHAR DEFAULT '' NOT NULL, 
	missing VARCHAR DEFAULT '' NOT NULL, 
	ask VARCHAR DEFAULT '' NOT NULL, 
	ask_id INTEGER, 
	note VARCHAR DEFAULT '' NOT NULL, 
	CONSTRAINT fk_value_line_ledger_id FOREIGN KEY(ledger_id) REFERENCES value_ledger (id) ON DELETE CASCADE, 
	CONSTRAINT fk_value_line_logic_by_id FOREIGN KEY(logic_by_id) REFERENCES person (id) ON DELETE SET NULL, 
	CONSTRAINT fk_value_line_fact_by_id FOREIGN KEY(fact_by_id) REFERENCES person (id) ON DELETE SET NULL, 
	CONSTRAINT fk_value_line_agreed_by_id FOREIGN KEY(agreed_by_id) REFERENCES person (id) ON DELETE SET NULL, 
	CONSTRAINT fk_value_line_ask_id FOREIGN KEY(ask_id) REFERENCES person (id) ON DELETE SET NULL
);
CREATE INDEX ix_value_line_agreed_by_id ON value_line (agreed_by_id);
CREATE INDEX ix_value_line_ask_id ON value_line (ask_id);
CREATE INDEX ix_value_line_fact_by_id ON value_line (fact_by_id);
CREATE INDEX ix_value_line_ledger_id ON value_line (ledger_id);
CREATE INDEX ix_value_line_logic_by_id ON value_line (logic_by_id);
CREATE TABLE feedback (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	account_id INTEGER NOT NULL, 
	person_id INTEGER, 
	theme_id INTEGER, 
	survey_id INTEGER, 
	ticket_id INTEGER, 
	said VARCHAR NOT NULL, 
	said_on VARCHAR(10) NOT NULL, 
	told_back_on VARCHAR(10), 
	CONSTRAINT fk_feedback_account_id FOREIGN KEY(account_id) REFERENCES account (id) ON DELETE CASCADE, 
	CONSTRAINT fk_feedback_person_id FOREIGN KEY(person_id) REFERENCES person (id) ON DELETE SET NULL, 
	CONSTRAINT fk_feedback_theme_id FOREIGN KEY(theme_id) REFERENCES theme (id) ON DELETE SET NULL, 
	CONSTRAINT fk_feedback_survey_id FOREIGN KEY(survey_id) REFERENCES survey (id) ON DELETE SET NULL, 
	CONSTRAINT fk_feedback_ticket_id FOREIGN KEY(ticket_id) REFERENCES ticket (id) ON DELETE SET NULL
);
CREATE INDEX ix_feedback_account_id ON feedback (account_id);
CREATE INDEX ix_feedback_person_id ON feedback (person_id);
CREATE INDEX ix_feedback_survey_id ON feedback (survey_id);
CREATE INDEX ix_feedback_theme_id ON feedback (theme_id);
CREATE INDEX ix_feedback_ticket_id ON feedback (ticket_id);
CREATE TABLE objective (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	plan_id INTEGER NOT NULL, 
	position INTEGER NOT NULL, 
	title VARCHAR NOT NULL, 
	measure VARCHAR DEFAULT '' NOT NULL, 
	metric_id INTEGER, 
	unit VARCHAR DEFAULT '' NOT NULL, 
	direction VARCHAR DEFAULT 'up' NOT NULL, 
	baseline DOUBLE, 
	target DOUBLE, 
	due_on VARCHAR(10), 
	owner_ours VARCHAR, 
	owner_theirs_id INTEGER, 
	status VARCHAR DEFAULT 'open' NOT NULL, 
	verified_by VARCHAR, 
	verified_on VARCHAR(10), 
	note VARCHAR DEFAULT '' NOT NULL, 
	CONSTRAINT fk_objective_plan_id FOREIGN KEY(plan_id) REFERENCES success_plan (id) ON DELETE CASCADE, 
	CONSTRAINT fk_objective_metric_id FOREIGN KEY(metric_id) REFERENCES metric (id) ON DELETE SET NULL, 
	CONSTRAINT fk_objective_owner_theirs_id FOREIGN KEY(owner_theirs_id) REFERENCES person (id) ON DELETE SET NULL
);
CREATE INDEX ix_objective_metric_id ON objective (metric_id);
CREATE INDEX ix_objective_owner_theirs_id ON objective (owner_theirs_id);
CREATE INDEX ix_objective_plan_id ON objective (plan_id);
CREATE TABLE plan_risk (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	plan_id INTEGER NOT NULL, 
	position INTEGER NOT NULL, 
	title VARCHAR NOT NULL, 
	likelihood INTEGER, 
	impact INTEGER, 
	response VARCHAR DEFAULT '' NOT NULL, 
	owner VARCHAR, 
	shareable BOOLEAN DEFAULT '0' NOT NULL, 
	closed_on VARCHAR(10), 
	CONSTRAINT fk_plan_risk_plan_id FOREIGN KEY(plan_id) REFERENCES success_plan (id) ON DELETE CASCADE
);
CREATE INDEX ix_plan_risk_plan_id ON plan_risk (plan_id);
CREATE TABLE plan_version (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	plan_id INTEGER NOT NULL, 
	number INTEGER NOT NULL, 
	made_on VARCHAR(10) NOT NULL, 
	label VARCHAR DEFAULT '' NOT NULL, 
	body VARCHAR NOT NULL, 
	CONSTRAINT uq_plan_version_plan_id_number UNIQUE (plan_id, number), 
	CONSTRAINT fk_plan_version_plan_id FOREIGN KEY(plan_id) REFERENCES success_plan (id) ON DELETE CASCADE
);
CREATE INDEX ix_plan_version_plan_id ON plan_version (plan_id);
CREATE TABLE training_session (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	title VARCHAR NOT NULL, 
	kind VARCHAR DEFAULT 'training' NOT NULL, 
	held_on VARCHAR(10) NOT NULL, 
	minutes INTEGER, 
	means_id INTEGER, 
	note VARCHAR DEFAULT '' NOT NULL, 
	CONSTRAINT fk_training_session_means_id FOREIGN KEY(means_id) REFERENCES success_means (id) ON DELETE SET NULL
);
CREATE INDEX ix_training_session_means_id ON training_session (means_id);
CREATE TABLE value_evidence (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	line_id INTEGER NOT NULL, 
	kind VARCHAR NOT NULL, 
	text VARCHAR NOT NULL, 
	person_id INTEGER, 
	on_date VARCHAR(10), 
	CONSTRAINT fk_value_evidence_line_id FOREIGN KEY(line_id) REFERENCES value_line (id) ON DELETE CASCADE, 
	CONSTRAINT fk_value_evidence_person_id FOREIGN KEY(person_id) REFERENCES person (id) ON DELETE SET NULL
);
CREATE INDEX ix_value_evidence_line_id ON value_evidence (line_id);
CREATE INDEX ix_value_evidence_person_id ON value_evidence (person_id);
CREATE TABLE value_input (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	line_id INTEGER NOT NULL, 
	position INTEGER NOT NULL, 
	name VARCHAR NOT NULL, 
	label VARCHAR DEFAULT '' NOT NULL, 
	value VARCHAR, 
	unit VARCHAR DEFAULT '' NOT NULL, 
	low VARCHAR, 
	high VARCHAR, 
	source VARCHAR DEFAULT '' NOT NULL, 
	as_of VARCHAR(10), 
	metric_id INTEGER, 
	CONSTRAINT uq_value_input_line_id_name UNIQUE (line_id, name), 
	CONSTRAINT fk_value_input_line_id FOREIGN KEY(line_id) REFERENCES value_line (id) ON DELETE CASCADE, 
	CONSTRAINT fk_value_input_metric_id FOREIGN KEY(metric_id) REFERENCES metric (id) ON DELETE SET NULL
);
CREATE INDEX ix_value_input_line_id ON value_input (line_id);
CREATE INDEX ix_value_input_metric_id ON value_input (metric_id);
CREATE TABLE voice_case (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	account_id INTEGER NOT NULL, 
	person_id INTEGER, 
	survey_id INTEGER, 
	ticket_id INTEGER, 
	said VARCHAR NOT NULL, 
	said_on VARCHAR(10) NOT NULL, 
	owner VARCHAR, 
	promised_on VARCHAR(10), 
	action VARCHAR DEFAULT '' NOT NULL, 
	acted_on VARCHAR(10), 
	told_back_on VARCHAR(10), 
	status VARCHAR DEFAULT 'open' NOT NULL, 
	note VARCHAR DEFAULT '' NOT NULL, 
	created_at VARCHAR(20) NOT NULL, 
	CONSTRAINT fk_voice_case_account_id FOREIGN KEY(account_id) REFERENCES account (id) ON DELETE CASCADE, 
	CONSTRAINT fk_voice_case_person_id FOREIGN KEY(person_id) REFERENCES person (id) ON DELETE SET NULL, 
	CONSTRAINT fk_voice_case_survey_id FOREIGN KEY(survey_id) REFERENCES survey (id) ON DELETE SET NULL, 
	CONSTRAINT fk_voice_case_ticket_id FOREIGN KEY(ticket_id) REFERENCES ticket (id) ON DELETE SET NULL
);
CREATE INDEX ix_voice_case_account_id ON voice_case (account_id);
CREATE INDEX ix_voice_case_person_id ON voice_case (person_id);
CREATE INDEX ix_voice_case_survey_id ON voice_case (survey_id);
CREATE INDEX ix_voice_case_ticket_id ON voice_case (ticket_id);
CREATE TABLE objective_reading (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	objective_id INTEGER NOT NULL, 
	on_date VARCHAR(10) NOT NULL, 
	value DOUBLE NOT NULL, 
	source VARCHAR DEFAULT '' NOT NULL, 
	CONSTRAINT uq_objective_reading_objective_id_on_date UNIQUE (objective_id, on_date), 
	CONSTRAINT fk_objective_reading_objective_id FOREIGN KEY(objective_id) REFERENCES objective (id) ON DELETE CASCADE
);
CREATE INDEX ix_objective_reading_objective_id ON objective_reading (objective_id);
CREATE TABLE plan_item (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	plan_id INTEGER NOT NULL, 
	objective_id INTEGER, 
	parent_id INTEGER, 
	kind VARCHAR NOT NULL, 
	position INTEGER NOT NULL, 
	title VARCHAR NOT NULL, 
	side VARCHAR DEFAULT 'ours' NOT NULL, 
	owner VARCHAR, 
	person_id INTEGER, 
	starts_on VARCHAR(10), 
	due_on VARCHAR(10), 
	done_on VARCHAR(10), 
	status VARCHAR DEFAULT 'open' NOT NULL, 
	note VARCHAR DEFAULT '' NOT NULL, 
	CONSTRAINT fk_plan_item_plan_id FOREIGN KEY(plan_id) REFERENCES success_plan (id) ON DELETE CASCADE, 
	CONSTRAINT fk_plan_item_objective_id FOREIGN KEY(objective_id) REFERENCES objective (id) ON DELETE CASCADE, 
	CONSTRAINT fk_plan_item_parent_id FOREIGN KEY(parent_id) REFERENCES plan_item (id) ON DELETE CASCADE, 
	CONSTRAINT fk_plan_item_person_id FOREIGN KEY(person_id) REFERENCES person (id) ON DELETE SET NULL
);
CREATE INDEX ix_plan_item_objective_id ON plan_item (objective_id);
CREATE INDEX ix_plan_item_parent_id ON plan_item (parent_id);
CREATE INDEX ix_plan_item_person_id ON plan_item (person_id);
CREATE INDEX ix_plan_item_plan_id ON plan_item (plan_id);
CREATE TABLE training_attendee (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	session_id INTEGER NOT NULL, 
	account_id INTEGER NOT NULL, 
	person_id INTEGER, 
	heads INTEGER DEFAULT '1' NOT NULL, 
	completed BOOLEAN DEFAULT '0' NOT NULL, 
	CONSTRAINT fk_training_attendee_session_id FOREIGN KEY(session_id) REFERENCES training_session (id) ON DELETE CASCADE, 
	CONSTRAINT fk_training_attendee_account_id FOREIGN KEY(account_id) REFERENCES account (id) ON DELETE CASCADE, 
	CONSTRAINT fk_training_attendee_person_id FOREIGN KEY(person_id) REFERENCES person (id) ON DELETE SET NULL
);
CREATE INDEX ix_training_attendee_account_id ON training_attendee (account_id);
CREATE INDEX ix_training_attendee_person_id ON training_attendee (person_id);
CREATE INDEX ix_training_attendee_session_id ON training_attendee (session_id);
CREATE VIRTUAL TABLE interaction_tri using fts5(folded, content='interaction', content_rowid='id', tokenize='trigram', detail='none');
CREATE TABLE 'interaction_tri_data'(id INTEGER PRIMARY KEY, block BLOB);
CREATE TABLE 'interaction_tri_idx'(segid, term, pgno, PRIMARY KEY(segid, term)) WITHOUT ROWID;
CREATE TABLE 'interaction_tri_docsize'(id INTEGER PRIMARY KEY, sz BLOB);
CREATE TABLE 'interaction_tri_config'(k PRIMARY KEY, v) WITHOUT ROWID;
CREATE VIRTUAL TABLE interaction_short using fts5(grams, content='', contentless_delete=1, detail='none', tokenize="unicode61 remove_diacritics 0 categories 'L* M* N* S* P* C*'");
CREATE TABLE 'interaction_short_data'(id INTEGER PRIMARY KEY, block BLOB);
CREATE TABLE 'interaction_short_idx'(segid, term, pgno, PRIMARY KEY(segid, term)) WITHOUT ROWID;
CREATE TABLE 'interaction_short_docsize'(id INTEGER PRIMARY KEY, sz BLOB, origin INTEGER);
CREATE TABLE 'interaction_short_config'(k PRIMARY KEY, v) WITHOUT ROWID;
CREATE VIRTUAL TABLE ticket_tri using fts5(folded, content='ticket', content_rowid='id', tokenize='trigram', detail='none');
CREATE TABLE 'ticket_tri_data'(id INTEGER PRIMARY KEY, block BLOB);
CREATE TABLE 'ticket_tri_idx'(segid, term, pgno, PRIMARY KEY(segid, term)) WITHOUT ROWID;
CREATE TABLE 'ticket_tri_docsize'(id INTEGER PRIMARY KEY, sz BLOB);
CREATE TABLE 'ticket_tri_config'(k PRIMARY KEY, v) WITHOUT ROWID;
CREATE VIRTUAL TABLE ticket_short using fts5(grams, content='', contentless_delete=1, detail='none', tokenize="unicode61 remove_diacritics 0 categories 'L* M* N* S* P* C*'");
CREATE TABLE 'ticket_short_data'(id INTEGER PRIMARY KEY, block BLOB);
CREATE TABLE 'ticket_short_idx'(segid, term, pgno, PRIMARY KEY(segid, term)) WITHOUT ROWID;
CREATE TABLE 'ticket_short_docsize'(id INTEGER PRIMARY KEY, sz BLOB, origin INTEGER);
CREATE TABLE 'ticket_short_config'(k PRIMARY KEY, v) WITHOUT ROWID;
CREATE TABLE step (
  id integer primary key autoincrement,
  name text not null,
  at text not null,
  side text not null,
  kinds text not null default '',
  batches text not null default '',
  "rows" integer not null default 0
);
CREATE TABLE "j_account" (j_step integer not null, j_had integer not null, "id" INTEGER, "name", "reading", "name_key", "tier", "stage", "segment_id", "parent_id", "owner", "industry", "country", "website", "phone", "address", "employees", "annual_revenue", "currency", "customer_since", "churned_on", "note", "archived_at", "created_at", "updated_at", primary key (j_step, "id")) without rowid;
CREATE TABLE "j_account_alias" (j_step integer not null, j_had integer not null, "id" INTEGER, "account_id", "name_key", primary key (j_step, "id")) without rowid;
CREATE TABLE "j_account_custom" (j_step integer not null, j_had integer not null, "account_id" INTEGER, "field_id" INTEGER, "value", primary key (j_step, "account_id", "field_id")) without rowid;
CREATE TABLE "j_account_domain" (j_step integer not null, j_had integer not null, "id" INTEGER, "account_id", "domain", primary key (j_step, "id")) without rowid;
CREATE TABLE "j_account_source" (j_step integer not null, j_had integer not null, "id" INTEGER, "account_id", "source", "external_id", primary key (j_step, "id")) without rowid;
CREATE TABLE "j_account_tag" (j_step integer not null, j_had integer not null, "id" INTEGER, "account_id", "tag", primary key (j_step, "id")) without rowid;
CREATE TABLE "j_contract" (j_step integer not null, j_had integer not null, "id" INTEGER, "account_id", "source", "external_id", "name", "product_id", "plan", "seats", "arr", "mrr", "amount", "currency", "billing", "start_on", "end_on", "term_months", "notice_days", "notice_months", "auto_renew", "status", "is_trial", "note", "created_at", "updated_at", primary key (j_step, "id")) without rowid;
CREATE TABLE "j_contract_custom" (j_step integer not null, j_had integer not null, "contract_id" INTEGER, "field_id" INTEGER, "value", primary key (j_step, "contract_id", "field_id")) without rowid;
CREATE TABLE "j_contract_event" (j_step integer not null, j_had integer not null, "id" INTEGER, "account_id", "contract_id", "source", "external_id", "kind", "on_date", "amount", "currency", "reason", "note", primary key (j_step, "id")) without rowid;
CREATE TABLE "j_currency_rate" (j_step integer not null, j_had integer not null, "id" INTEGER, "currency", "on_date", "rate", primary key (j_step, "id")) without rowid;
CREATE TABLE "j_custom_field" (j_step integer not null, j_had integer not null, "id" INTEGER, "entity", "key", "label", "type", "position", primary key (j_step, "id")) without rowid;
CREATE TABLE "j_feedback" (j_step integer not null, j_had integer not null, "id" INTEGER, "account_id", "person_id", "theme_id", "survey_id", "ticket_id", "said", "said_on", "told_back_on", primary key (j_step, "id")) without rowid;
CREATE TABLE "j_health_call" (j_step integer not null, j_had integer not null, "id" INTEGER, "account_id", "band", "reason", "made_on", "until_on", "ended_on", "computed_band", "computed_score", "created_at", primary key (j_step, "id")) without rowid;
CREATE TABLE "j_import_batch" (j_step integer not null, j_had integer not null, "id" INTEGER, "at", "file_name", "sha256", "source", "kind", "mapping", "rows", "created", "updated", "unchanged", "rejected", "warnings", primary key (j_step, "id")) without rowid;
CREATE TABLE "j_interaction" (j_step integer not null, j_had integer not null, "id" INTEGER, "account_id", "source", "external_id", "at", "channel", "direction", "subject", "body", "folded", "duration_min", "sentiment", "shareable", "created_at", "updated_at", primary key (j_step, "id")) without rowid;
CREATE TABLE "j_interaction_person" (j_step integer not null, j_had integer not null, "id" INTEGER, "interaction_id", "person_id", primary key (j_step, "id")) without rowid;
CREATE TABLE "j_interaction_tag" (j_step integer not null, j_had integer not null, "id" INTEGER, "interaction_id", "tag", primary key (j_step, "id")) without rowid;
CREATE TABLE "j_list_item" (j_step integer not null, j_had integer not null, "id" INTEGER, "list", "key", "label_en", "label_ja", "position", "data", "archived", primary key (j_step, "id")) without rowid;
CREATE TABLE "j_map_move" (j_step integer not null, j_had integer not null, "id" INTEGER, "account_id", "from_step", "to_step", "moved_on", primary key (j_step, "id")) without rowid;
CREATE TABLE "j_map_place" (j_step integer not null, j_had integer not null, "id" INTEGER, "account_id", "persona_id", "step_id", "wanted_step_id", "wanted_by", "entered_on", primary key (j_step, "id")) without rowid;
CREATE TABLE "j_map_step" (j_step integer not null, j_had integer not null, "id" INTEGER, "map_id", "position", "name", "exit_text", "exit_kind", "exit_metric", "exit_at_least", "usual_days", primary key (j_step, "id")) without rowid;
CREATE TABLE "j_metric" (j_step integer not null, j_had integer not null, "id" INTEGER, "key", "name", "family", "feature", "role", "unit", "aggregation", "higher_is_better", "description", primary key (j_step, "id")) without rowid;
CREATE TABLE "j_objective" (j_step integer not null, j_had integer not null, "id" INTEGER, "plan_id", "position", "title", "measure", "metric_id", "unit", "direction", "baseline", "target", "due_on", "owner_ours", "owner_theirs_id", "status", "verified_by", "verified_on", "note", primary key (j_step, "id")) without rowid;
CREATE TABLE "j_objective_reading" (j_step integer not null, j_had integer not null, "id" INTEGER, "objective_id", "on_date", "value", "source", primary key (j_step, "id")) without rowid;
CREATE TABLE "j_onboarding" (j_step integer not null, j_had integer not null, "id" INTEGER, "account_id", "started_on", "ends_on", "first_value_on", "finished_on", "decision", "decided_on", "reason", "follow_up", "extended_to", primary key (j_step, "id")) without rowid;
CREATE TABLE "j_onboarding_item" (j_step integer not null, j_had integer not null, "id" INTEGER, "onboarding_id", "position", "title", "side", "milestone", "due_on", "done_on", primary key (j_step, "id")) without rowid;
CREATE TABLE "j_opportunity" (j_step integer not null, j_had integer not null, "id" INTEGER, "account_id", "source", "external_id", "name", "stage", "outcome", "kind", "product_id", "product_text", "amount", "currency", "probability", "opened_on", "close_on", "owner", "next_step", primary key (j_step, "id")) without rowid;
CREATE TABLE "j_person" (j_step integer not null, j_had integer not null, "id" INTEGER, "account_id", "name", "reading", "name_key", "title", "department", "email", "phone", "mobile", "influence", "sentiment", "reports_to_id", "status", "left_on", "moved_to", "moved_to_account_id", "note", "created_at", "updated_at", primary key (j_step, "id")) without rowid;
CREATE TABLE "j_person_custom" (j_step integer not null, j_had integer not null, "person_id" INTEGER, "field_id" INTEGER, "value", primary key (j_step, "person_id", "field_id")) without rowid;
CREATE TABLE "j_person_role" (j_step integer not null, j_had integer not null, "id" INTEGER, "person_id", "role", primary key (j_step, "id")) without rowid;
CREATE TABLE "j_person_source" (j_step integer not null, j_had integer not null, "id" INTEGER, "person_id", "source", "external_id", primary key (j_step, "id")) without rowid;
CREATE TABLE "j_persona" (j_step integer not null, j_had integer not null, "id" INTEGER, "name", "definition", "position", "archived_at", primary key (j_step, "id")) without rowid;
CREATE TABLE "j_plan_item" (j_step integer not null, j_had integer not null, "id" INTEGER, "plan_id", "objective_id", "parent_id", "kind", "position", "title", "side", "owner", "person_id", "starts_on", "due_on", "done_on", "status", "note", primary key (j_step, "id")) without rowid;
CREATE TABLE "j_plan_risk" (j_step integer not null, j_had integer not null, "id" INTEGER, "plan_id", "position", "title", "likelihood", "impact", "response", "owner", "shareable", "closed_on", primary key (j_step, "id")) without rowid;
CREATE TABLE "j_plan_version" (j_step integer not null, j_had integer not null, "id" INTEGER, "plan_id", "number", "made_on", "label", "body", primary key (j_step, "id")) without rowid;
CREATE TABLE "j_product" (j_step integer not null, j_had integer not null, "id" INTEGER, "name", "name_key", "series", "list_price", "currency", primary key (j_step, "id")) without rowid;
CREATE TABLE "j_reading" (j_step integer not null, j_had integer not null, "account_id" INTEGER, "metric_id" INTEGER, "day" INTEGER, "value", "batch_id", primary key (j_step, "account_id", "metric_id", "day")) without rowid;
CREATE TABLE "j_renewal_attendee" (j_step integer not null, j_had integer not null, "id" INTEGER, "plan_id", "person_id", primary key (j_step, "id")) without rowid;
CREATE TABLE "j_renewal_call" (j_step integer not null, j_had integer not null, "id" INTEGER, "account_id", "term_end", "category", "likelihood", "reason", "said_on", "created_at", primary key (j_step, "id")) without rowid;
CREATE TABLE "j_renewal_plan" (j_step integer not null, j_had integer not null, "id" INTEGER, "account_id", "term_end", "meeting_at", "approval_days", primary key (j_step, "id")) without rowid;
CREATE TABLE "j_renewal_step" (j_step integer not null, j_had integer not null, "id" INTEGER, "account_id", "term_end", "step", "done_on", "due_on", "note", "updated_at", primary key (j_step, "id")) without rowid;
CREATE TABLE "j_scorecard" (j_step integer not null, j_had integer not null, "id" INTEGER, "key", "version", "definition", "created_at", primary key (j_step, "id")) without rowid;
CREATE TABLE "j_segment" (j_step integer not null, j_had integer not null, "id" INTEGER, "key", "name", "position", "rule", "scorecard_key", primary key (j_step, "id")) without rowid;
CREATE TABLE "j_setting" (j_step integer not null, j_had integer not null, "key" VARCHAR, "value", primary key (j_step, "key")) without rowid;
CREATE TABLE "j_stage_move" (j_step integer not null, j_had integer not null, "id" INTEGER, "account_id", "from_stage", "to_stage", "moved_on", "reason", primary key (j_step, "id")) without rowid;
CREATE TABLE "j_success_map" (j_step integer not null, j_had integer not null, "id" INTEGER, "persona_id", "version", "made_on", "retired_on", primary key (j_step, "id")) without rowid;
CREATE TABLE "j_success_means" (j_step integer not null, j_had integer not null, "id" INTEGER, "step_id", "kind", "title", "detail", "position", primary key (j_step, "id")) without rowid;
CREATE TABLE "j_success_plan" (j_step integer not null, j_had integer not null, "id" INTEGER, "account_id", "name", "purpose", "sponsor_ours", "sponsor_theirs_id", "starts_on", "ends_on", "status", "note", "created_at", "updated_at", primary key (j_step, "id")) without rowid;
CREATE TABLE "j_survey" (j_step integer not null, j_had integer not null, "id" INTEGER, "account_id", "person_id", "source", "external_id", "kind", "score", "comment", "answered_on", "campaign", "shareable", primary key (j_step, "id")) without rowid;
CREATE TABLE "j_survey_round" (j_step integer not null, j_had integer not null, "id" INTEGER, "kind", "campaign", "sent_on", "sent", primary key (j_step, "id")) without rowid;
CREATE TABLE "j_task" (j_step integer not null, j_had integer not null, "id" INTEGER, "account_id", "person_id", "interaction_id", "kind", "title", "owner", "due_on", "done_on", "shareable", "note", "created_at", primary key (j_step, "id")) without rowid;
CREATE TABLE "j_theme" (j_step integer not null, j_had integer not null, "id" INTEGER, "name", "keywords", "status", "decided_on", "note", primary key (j_step, "id")) without rowid;
CREATE TABLE "j_ticket" (j_step integer not null, j_had integer not null, "id" INTEGER, "account_id", "person_id", "source", "external_id", "subject", "body", "folded", "status", "priority", "kind", "channel", "assignee", "opened_at", "solved_at", "first_reply_min", "resolution_min", "satisfaction", "escalated", "reopens", primary key (j_step, "id")) without rowid;
CREATE TABLE "j_training_attendee" (j_step integer not null, j_had integer not null, "id" INTEGER, "session_id", "account_id", "person_id", "heads", "completed", primary key (j_step, "id")) without rowid;
CREATE TABLE "j_training_session" (j_step integer not null, j_had integer not null, "id" INTEGER, "title", "kind", "held_on", "minutes", "means_id", "note", primary key (j_step, "id")) without rowid;
CREATE TABLE "j_trash" (j_step integer not null, j_had integer not null, "id" INTEGER, "entity", "entity_id", "label", "deleted_at", "rows", primary key (j_step, "id")) without rowid;
CREATE TABLE "j_value_cost" (j_step integer not null, j_had integer not null, "id" INTEGER, "ledger_id", "position", "kind", "title", "amounts", "confidence", "source", "contract_id", primary key (j_step, "id")) without rowid;
CREATE TABLE "j_value_evidence" (j_step integer not null, j_had integer not null, "id" INTEGER, "line_id", "kind", "text", "person_id", "on_date", primary key (j_step, "id")) without rowid;
CREATE TABLE "j_value_input" (j_step integer not null, j_had integer not null, "id" INTEGER, "line_id", "position", "name", "label", "value", "unit", "low", "high", "source", "as_of", "metric_id", primary key (j_step, "id")) without rowid;
CREATE TABLE "j_value_ledger" (j_step integer not null, j_had integer not null, "id" INTEGER, "account_id", "name", "currency", "starts_on", "years", "rate", "created_at", "updated_at", primary key (j_step, "id")) without rowid;
CREATE TABLE "j_value_line" (j_step integer not null, j_had integer not null, "id" INTEGER, "ledger_id", "position", "title", "category", "mechanism", "formula", "attribution", "ramp", "confidence", "logic", "fact", "logic_on", "logic_by_id", "fact_on", "fact_by_id", "agreed_on", "agreed_by_id", "baseline", "missing", "ask", "ask_id", "note", primary key (j_step, "id")) without rowid;
CREATE TABLE "j_voice_case" (j_step integer not null, j_had integer not null, "id" INTEGER, "account_id", "person_id", "survey_id", "ticket_id", "said", "said_on", "owner", "promised_on", "action", "acted_on", "told_back_on", "status", "note", "created_at", primary key (j_step, "id")) without rowid;
CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL, CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num))