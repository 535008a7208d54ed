"""What the queries mean by a running contract and by two-way contact, in SQL. Only strings: this module is on the
command line's fast path.
"""

RUNNING = """(c.start_on is null or c.start_on <= :t) and c.status <> 'draft' and (
    c.end_on >= :t
    or (c.end_on is null and c.status in ('active', 'trial'))
    or (c.end_on < :t and c.auto_renew = 1 and c.status = 'active'))"""
"""Whether contract ``c`` runs at ``:t``: inside its term, open-ended and alive, or renewing by itself; never a draft.
The same rule as ``domain.renewal.runs_at``, which a test holds it to."""


def called(alias: str) -> str:
    """What contract *alias* is called: its name or number, else its plan, NULL without either. An id made up at import
    ("acme#main", for a file without numbers) says nothing to anybody.
    """
    own = f"case when {alias}.external_id not like '%#main' then {alias}.external_id end"
    return f"coalesce(nullif({alias}.name, ''), nullif({own}, ''), nullif({alias}.plan, ''))"


TWO_WAY = """i.at < :tomorrow and i.channel <> 'note' and (i.direction = 'both' or (
    i.direction = 'in' and exists (
        select 1 from interaction o
        where o.account_id = i.account_id and o.direction = 'out' and o.channel <> 'note' and o.at < :tomorrow
          and o.at between strftime('%Y-%m-%dT%H:%M:%SZ', i.at, '-14 days')
                       and strftime('%Y-%m-%dT%H:%M:%SZ', i.at, '+14 days'))))"""
"""Whether interaction ``i`` is two-way contact: a conversation, or their word within 14 days of ours. Notes are ours
alone; a ticket asks for help, it is counted by its own measure and never as a contact. Every figure that says "last
two-way contact" reads this text; to have *met* somebody takes more, a conversation (``direction = 'both'``).
"""
