"""Hostile templates: more than two hundred ways out of the sandbox or into the ground, none of which works."""

from __future__ import annotations

import itertools
import os
from collections.abc import Iterator
from pathlib import Path

import jinja2
import pytest

from cs_workbench import paths
from cs_workbench.errors import TemplateProblem
from cs_workbench.reports import edition as editions
from cs_workbench.reports import loader, manifest
from cs_workbench.reports.engine import Engine, RenderFailure, Sources
from cs_workbench.reports.loader import Template
from cs_workbench.reports.manifest import Manifest
from cs_workbench.reports.worker import Job, Worker

from ..reports.examples import rich

NAMES = (
    "''",
    "'x'",
    "[]",
    "{}",
    "()",
    "1",
    "1.5",
    "true",
    "none",
    "facts",
    "facts.customer",
    "facts.customer.name",
    "facts.figures",
    "facts.as_of",
    "edition",
    "br",
    "self",
    "loop_less",
    "range",
    "lipsum",
    "cycler",
    "joiner",
    "namespace",
    "dict",
    "config",
    "request",
    "get_flashed_messages",
    "url_for",
    "__builtins__",
)
DOORS = (
    "__class__",
    "__class__.__mro__",
    "__class__.__base__.__subclasses__()",
    "__init__.__globals__",
    "__init__.__globals__['os'].popen('id').read()",
    "__dict__",
    "__doc__",
    "__reduce__()",
)
REACH = [f"{{{{ {name}.{door} }}}}" for name, door in itertools.product(NAMES, DOORS)]
KNOWN = [
    # CVE-2016-10745 and CVE-2019-10906: str.format and format_map
    "{{ '{0.__class__}'.format(facts) }}",
    "{{ '{0.__class__.__init__.__globals__}'.format(facts) }}",
    "{{ '%s'.format_map({'a': facts}) }}",
    "{{ '{x.__class__}'.format_map({'x': facts}) }}",
    "{{ ('{0}').format }}",
    # CVE-2024-56201: names of templates as code; CVE-2024-56326: format through a filter; CVE-2025-27516: |attr
    "{{ '{0.__class__}'|attr('format')(facts) }}",
    "{{ facts|attr('__class__') }}",
    "{{ ''|attr('format') }}",
    "{{ ['{0.__class__}']|map('format', facts)|list }}",
    "{{ ['x']|map('attr', '__class__')|list }}",
    "{{ [facts]|map(attribute='__class__')|list }}",
    "{{ [facts]|map(attribute='customer.__class__')|list }}",
    "{{ [facts]|selectattr('__class__')|list }}",
    "{{ [facts]|sort(attribute='__class__') }}",
    "{{ [facts]|sum(attribute='__dict__') }}",
    "{{ facts['__class__'] }}",
    "{{ facts['customer']['__class__'] }}",
    "{{ ''['__class__'] }}",
    "{{ ()['__class__'] }}",
    "{{ facts.customer.__getattribute__('name') }}",
    "{% set x = facts %}{{ x.__class__ }}",
    "{% macro m() %}{{ m.__globals__ }}{% endmacro %}{{ m() }}",
    "{% macro m() %}x{% endmacro %}{{ m._func }}",
    "{% macro m() %}x{% endmacro %}{{ m._environment }}",
    "{% macro m() %}x{% endmacro %}{{ m.name }}",
    "{% for a in [1] %}{{ loop.__class__ }}{% endfor %}",
    "{% for a in [1] %}{{ loop._iterable }}{% endfor %}",
    "{% for a in [1] %}{{ loop._undefined }}{% endfor %}",
    "{% block b %}x{% endblock %}{{ self.b.__globals__ }}",
    "{% block b %}x{% endblock %}{{ self._TemplateReference__context }}",
    "{{ self.__init__ }}",
    "{{ caller }}",
    "{{ varargs }}",
    "{{ kwargs }}",
    "{{ context }}",
    "{{ environment }}",
    "{{ ''.join(['a']) }}",
    "{{ 'a'.upper() }}",
    "{{ [].append(1) }}",
    "{{ {}.update({'a': 1}) }}",
    "{{ {}.pop('a') }}",
    "{{ {}.items() }}",
    "{{ facts.as_of.strftime('%Y') }}",
    "{{ facts.as_of.replace(year=1) }}",
    "{{ facts.customer.name.encode() }}",
    "{{ 'a'|format }}",
    "{{ '%s'|format(facts) }}",
    "{{ facts|pprint }}",
    "{{ facts|tojson }}",
    "{{ facts|string }}",
    "{{ {}|xmlattr }}",
    "{{ 'a'|safe }}",
    "{{ '<b>'|forceescape }}",
    "{{ ['a']|batch(2) }}",
    "{{ 'a'|indent(9) }}",
    "{{ 'a'|center(99999999999) }}",
    "{{ 'a'|wordwrap(1) }}",
    "{{ 'a'|urlize }}",
    "{{ facts|items }}",
    "{{ 'a'|replace('a', 'b') }}",
    "{% import facts as x %}",
    "{% include facts %}",
    "{% include '/etc/passwd' %}",
    "{% include '../secret.md.j2' %}",
    "{% extends '/etc/passwd' %}",
    "{% from '../x' import y %}",
    "{% include ['a', '../../etc/passwd'] %}",
    "{% do 1 %}",
    "{% debug %}",
    "{% trans %}x{% endtrans %}",
    "{% with x = ''.__class__ %}{{ x }}{% endwith %}",
    "{{ range(10) }}",
    "{{ lipsum(n=200000) }}",
    "{{ cycler('a').next() }}",
    "{{ 1 .__class__ }}",
    "{{ 1.0.hex() }}",
    "{{ 'a' * 3 }}",
    "{{ 3 * 'a' }}",
    "{{ '%999999999d' % 1 }}",
    "{{ [1] * 3 }}",
    "{{ [1] + [2] }}",
    "{{ 2 ** 3 }}",
    "{{ 'x'(1) }}",
    "{{ facts() }}",
    "{{ facts.customer() }}",
    "{{ num(1) }}",
    "{{ 5() }}",
]
HEAVY = [
    "{{ 'a' * 10**9 }}",
    "{{ 9**9**9 }}",
    "{{ 10**1000000 }}",
    "{{ '%999999999d' % 1 }}",
    "{{ [0] * 10**9 }}",
    "{{ (1,) * 10**9 }}",
    "{{ 'a'.ljust(10**9) }}",
    "{{ 'a'|center(10**9) }}",
    "{{ 'a'|indent(10000) }}",
    "{{ lipsum(n=200000) }}",
    "{{ range(10**9)|list }}",
    "{{ facts|pprint }}",
    "{% include 'main.md.j2' %}",
    "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}",
    "{% macro a() %}{{ b() }}{% endmacro %}{% macro b() %}{{ a() }}{% endmacro %}{{ a() }}",
    "{% import 'main.md.j2' as x %}",
    "{% extends 'main.md.j2' %}",
    "".join(f"{{% set a{n + 1} = a{n} + a{n} %}}" if n else "{% set a1 = 'aaaaaaaaaa' %}" for n in range(40)),
    "{% set a = 2 %}" + "{% set a = a * a %}" * 40,
]


def engine(text: str) -> Engine:
    """An engine for one template text."""
    return Engine(Sources("main.md.j2", {"main.md.j2": text}, "en", {"not_measured": "not measured"}))


def job(text: str) -> Job:
    """A job for one template text."""
    table = {"main.md.j2": text}
    made = Manifest(
        "hostile", "briefing", ("customer",), {"en": "main.md.j2"}, tuple(table), {"en": "T"}, {"en": {}}
    )
    return Job(Template(made, table, True), "en", "customer", editions.context(rich(), "customer"))


def test_the_corpus_is_large_and_jinja_is_new_enough() -> None:
    assert len({*REACH, *KNOWN, *HEAVY}) >= 300
    assert tuple(map(int, jinja2.__version__.split(".")[:3])) >= (3, 1, 6)


@pytest.mark.parametrize("payload", REACH + KNOWN)
def test_no_payload_reaches_anything(payload: str) -> None:
    with pytest.raises(RenderFailure) as failure:
        engine("a\n" + payload).document(editions.context(rich(), "customer"), "customer")
    assert failure.value.template == "main.md.j2"
    assert failure.value.line in {0, 1, 2}


@pytest.mark.parametrize(
    "payload", ["{{ 7*7 }}", "${7*7}", "#{7*7}", "<%= 7*7 %>", "{{facts.__class__}}", "{% raw %}", "{# x #}"]
)
def test_a_payload_in_the_data_is_only_text(payload: str) -> None:
    from dataclasses import replace

    from cs_workbench.reports.inline import said

    facts = replace(rich().briefing, customer=replace(rich().briefing.customer, name=payload))
    (paragraph,) = engine("{{ facts.customer.name }}").document({"facts": facts}, "customer").blocks
    assert said(paragraph.runs) == payload  # type: ignore[union-attr]


@pytest.fixture(scope="module")
def worker() -> Iterator[Worker]:
    """One rendering process for the module."""
    with Worker(wall_seconds=5.0) as made:
        yield made


@pytest.mark.parametrize("payload", HEAVY)
def test_no_payload_takes_the_machine_down(payload: str, worker: Worker) -> None:
    with pytest.raises(TemplateProblem) as problem:
        worker.render(job(payload))
    assert problem.value.where["template"] == "hostile"
    assert worker.render(job("# alive")).blocks


def test_output_beyond_twenty_megabytes_is_refused(worker: Worker) -> None:
    loops = "{% for a in f %}" * 6 + "x" * 200 + "{% endfor %}" * 6
    with pytest.raises(TemplateProblem, match="20 MB"):
        worker.render(job("{% set f = facts.use.line.months %}" + loops))


BAD_NAMES = [
    "../x.md.j2",
    "..\\x.md.j2",
    "/etc/passwd",
    "C:\\x.md.j2",
    "\\\\srv\\share\\x.md.j2",
    "a/b.md.j2",
    "x.md.j2\x00",
    "CON",
    "a:b.md.j2",
    "x.md.j2.",
    "x.md.j2 ",
    "x" * 300 + ".md.j2",
    "\u202ex.md.j2",
    "é.md.j2",
    "e\u0301.md.j2",
    "",
    ".",
    "..",
    ".md.j2",
    "x..md.j2",
    "X.MD.J2",
    "x.html",
    "~/x.md.j2",
    "file:///x.md.j2",
    "x.md.j2?y",
    "%2e%2e/x.md.j2",
]


@pytest.mark.parametrize("name", BAD_NAMES)
def test_a_table_of_files_takes_plain_names_only(name: str) -> None:
    assert not manifest.allowed(name)


@pytest.mark.parametrize("name", BAD_NAMES)
def test_a_template_is_found_by_a_plain_name_only(name: str) -> None:
    with pytest.raises(TemplateProblem):
        loader.load(name)


GOOD = (
    'format = 1\nfacts = "briefing"\neditions = ["customer"]\n'
    'files = ["a.md.j2"]\n[entry]\nen = "a.md.j2"\n[title]\nen = "T"\n'
)


def own_template(text: str = GOOD, **files: str) -> Path:
    """A template of the user's own called "mine"."""
    folder = Path(paths.user_templates_dir()) / "mine"
    folder.mkdir(parents=True)
    (folder / "manifest.toml").write_text(text, encoding="utf-8")
    for name, body in files.items():
        (folder / f"{name}.md.j2").write_text(body, encoding="utf-8")
    return folder


def test_a_template_of_the_users_own_is_found_and_named() -> None:
    own_template(a="# hello")
    assert loader.load("mine").files == {"a.md.j2": "# hello"}
    assert loader.names() == ["mine", "renewal_briefing", "roi_summary", "success_plan"]


@pytest.mark.skipif(os.name != "posix", reason="links need rights on Windows")
def test_a_link_out_of_the_folder_is_not_followed(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("canary", encoding="utf-8")
    folder = own_template()
    (folder / "a.md.j2").symlink_to(secret)
    with pytest.raises(TemplateProblem, match="cannot be read"):
        loader.load("mine")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "format = 2",
        "not toml",
        GOOD.replace("briefing", "everything"),
        GOOD.replace('"customer"', '"all"'),
        GOOD.replace('files = ["a.md.j2"]', 'files = ["../a.md.j2"]'),
        GOOD.replace('en = "a.md.j2"', 'en = "b.md.j2"'),
        GOOD.replace('en = "a.md.j2"', 'fr = "a.md.j2"'),
        GOOD.replace('[title]\nen = "T"', ""),
        GOOD.replace("files = [", "files = [3, "),
    ],
)
def test_a_wrong_manifest_is_told(text: str) -> None:
    own_template(text, a="x")
    with pytest.raises(TemplateProblem) as problem:
        loader.load("mine")
    assert problem.value.remedy


@pytest.mark.parametrize("body", [b"\xff\xfe\x00", b"x" * 1_000_001])
def test_a_file_that_is_no_text_or_too_large_is_told(body: bytes) -> None:
    (own_template() / "a.md.j2").write_bytes(body)
    with pytest.raises(TemplateProblem):
        loader.load("mine")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs pipes with a name")
def test_a_pipe_in_a_template_folder_holds_nobody_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "mine"
    folder.mkdir()
    (folder / "manifest.toml").write_text(
        'format = 1\nfacts = "briefing"\neditions = ["customer"]\nfiles = ["a.md.j2"]\n'
        '[entry]\nen = "a.md.j2"\n[title]\nen = "Mine"\n',
        encoding="utf-8",
    )
    os.mkfifo(folder / "a.md.j2")
    monkeypatch.setattr(paths, "user_templates_dir", lambda: str(tmp_path))
    with pytest.raises(TemplateProblem, match=r"a\.md\.j2"):
        loader.load("mine")


def test_a_manifest_nested_without_end_is_told() -> None:
    with pytest.raises(TemplateProblem, match="nested"):
        manifest.parse("a = " + "[" * 100_000, "mine")


@pytest.mark.parametrize(
    ("text", "told"),
    [("{% include '/etc/passwd' %}", "there is no file"), (">" * 5000 + "x", "nested too deeply")],
)
def test_the_reason_is_said_in_words(text: str, told: str) -> None:
    engine = Engine(Sources("main.md.j2", {"main.md.j2": text}, "en", {}))
    with pytest.raises(RenderFailure, match=told):
        engine.document(editions.context(rich(), "customer"), "customer")
