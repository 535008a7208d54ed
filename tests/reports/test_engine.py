"""Template text to blocks: grammar, escaping, figures, template lines, what is refused."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from cs_workbench.reports import blocks as b
from cs_workbench.reports import facts as f
from cs_workbench.reports.edition import Gathered
from cs_workbench.reports.engine import RenderFailure
from cs_workbench.reports.inline import said

from . import examples
from .rendering import blocks, engine, render


def named(words: str) -> Gathered:
    """The example with a customer called *words*."""
    facts = examples.rich()
    from dataclasses import replace

    return Gathered(
        replace(facts.briefing, customer=replace(facts.briefing.customer, name=words)), facts.internal
    )


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("# One", b.Heading),
        ("## Two", b.Heading),
        ("words", b.Paragraph),
        ("- a\n- b", b.BulletList),
        ("1. a\n2. b", b.BulletList),
        ("> said\n>\n> -- by me", b.Quote),
        ("| a | b |\n|:--|--:|\n| 1 | 2 |", b.Table),
        ("::: card {title=T tone=green}\nx\n:::", b.Card),
        ("::: decision\nwhat\n\nwhen\n:::", b.Decision),
        ("::: missing {what=Goal}\nWhy?\n:::", b.Missing),
        ("::: sources\nx\n:::", b.Sources),
        ("::: fill {lines=2}\n- Name\n:::", b.Fill),
        ("::: break\n", b.PageBreak),
        ("::: small\nx\n:::", b.Paragraph),
        ("::: metrics\n::: metric {label=L}\n1\n:::\n:::", b.Metrics),
        ("::: columns\n::: column {width=2}\nx\n:::\n::: column\ny\n:::\n:::", b.Columns),
        ("::: cells\n::: cell {label=Data}\nx\n:::\n:::", b.Cells),
        ("::: chart {data=use title=T alt=A series=S}\n- e\n:::", b.Chart),
        ("::: chart {data=features title=T alt=A}\n:::", b.Chart),
        ("::: chart {data=support title=T alt=A}\n:::", b.Chart),
        ("::: timeline {alt=A}\n- m\n- a\n- n\n- s\n:::", b.Timeline),
    ],
)
def test_each_form_becomes_its_block(text: str, kind: type[object]) -> None:
    made = blocks(text)
    assert [type(block) for block in made] == [kind]


def test_a_block_knows_its_template_line() -> None:
    made = blocks("# One\n\nwords\n\n{% include 'part.md.j2' %}\n\nend", part="\n\n## Two\n")
    assert [(block.src.template, block.src.line) for block in made] == [
        ("main.md.j2", 1),
        ("main.md.j2", 3),
        ("part.md.j2", 3),
        ("main.md.j2", 7),
    ]


def test_lines_in_a_loop_keep_the_line_of_the_loop_body() -> None:
    made = blocks("{% for item in facts.figures %}\n## {{ item.code }}\n\n{% endfor %}")
    assert [block.src.line for block in made] == [2, 2, 2]


@pytest.mark.parametrize(
    ("text", "line", "word"),
    [
        ("a\n{{ nope }}", 2, "nope"),
        ("\n\n{{ facts.nope }}", 3, "nope"),
        ("{% if %}", 1, "xpected"),
        ("a\n\n::: metrix\n:::", 3, "metrix"),
        ("a\n::: card\nb", 2, "never closed"),
        (":::", 1, "closes nothing"),
        ("::: card {tone=purple}\nx\n:::", 1, "purple"),
        ("::: chart {data=use}\n:::", 1, "title"),
        ("x\n\n::: chart {data=nothing title=T alt=A}\n:::", 3, "nothing"),
        ("::: card {a b}\n:::", 1, "attribute"),
        ("::: decision\nonly what\n:::", 1, "two paragraphs"),
        ("::: cell\nx\n:::", 1, "frame"),
        ("{{ 'a' ~ 'b' }}", 1, "~"),
        ("{% include 'other.md.j2' %}", 1, "other"),
        ("a\n{{ 1 / 0 }}", 2, "zero"),
        ("::: table {widths='1 2'}\n| a |\n|--|\n| 1 |\n:::", 1, "attribute"),
        ('::: table {widths="1 2"}\n| a |\n|--|\n| 1 |\n:::', 1, "widths"),
        ("::: metrics\nx\n:::", 1, "metric"),
        ("a\n\n---\n", 3, "rule"),
        ("{{ facts.customer|money }}", 1, "number"),
        ("{{ 'x'|date }}", 1, "date"),
        ("{{ facts.as_of|date('fancy') }}", 1, "fancy"),
        ("{{ facts.as_of|nofilter }}", 1, "nofilter"),
    ],
)
def test_a_fault_is_told_with_its_line(text: str, line: int, word: str) -> None:
    with pytest.raises(RenderFailure) as failure:
        render(text)
    assert (failure.value.template, failure.value.line) == ("main.md.j2", line)
    assert word in failure.value.message


def test_a_fault_in_an_included_file_and_a_macro_is_told_there() -> None:
    with pytest.raises(RenderFailure) as inside:
        render("a\n{% include 'part.md.j2' %}", part="b\n\n{{ nope }}")
    assert (inside.value.template, inside.value.line) == ("part.md.j2", 3)
    with pytest.raises(RenderFailure) as macro:
        render(
            "{% import 'part.md.j2' as w %}\n\n{{ w.say(1) }}",
            part="\n{% macro say(x) %}{{ x.y }}{% endmacro %}",
        )
    assert (macro.value.template, macro.value.line) == ("part.md.j2", 2)


HOSTILE = [
    "A|B",
    "[x](http://evil)",
    "<b>bold</b>",
    "::: break",
    "**stars**",
    "# heading",
    "`code`",
    "back\\slash\\",
    "a\nb",
    "![i](file:///etc/passwd)",
    "{{ 7*7 }}",
    "{% raw %}",
    "- item",
    "> quote",
    "1. one",
    "\ue000x:1\ue001",
    "\ue0100\ue011",
    "&amp; &lt;",
    "~~~",
    "[ ] box",
    ": sub",
    "-- by",
    "}{",
    '"quoted"',
    "a\\|b",
    "株式会社<script>",
    "http://bare.example",
]


@pytest.mark.parametrize("words", HOSTILE)
def test_data_stays_plain_text(words: str) -> None:
    plain = "".join(
        character for character in words.replace("\n", " ") if not "\ue000" <= character <= "\uf8ff"
    )
    facts = named(words)
    paragraph, table, card = blocks(
        "p {{ facts.customer.name }} q\n\n| h |\n|:--|\n| {{ facts.customer.name }} |\n\n"
        '::: card {title="{{ facts.customer.name }}"}\nx\n:::',
        facts=facts,
    )
    assert isinstance(paragraph, b.Paragraph)
    assert said(paragraph.runs) == f"p {plain} q"
    assert all(not run.bold and not run.href and not run.code and run.value is None for run in paragraph.runs)
    assert isinstance(table, b.Table)
    assert said(table.rows[0][0]) == plain.strip()
    assert isinstance(card, b.Card)
    assert card.title == plain


@pytest.mark.parametrize("words", HOSTILE)
def test_joining_and_adding_keep_the_escaping(words: str) -> None:
    made = blocks(
        "{{ [facts.customer.name, 'x|y']|join(' | ') }}{{ facts.customer.name + '*' }}", facts=named(words)
    )
    plain = "".join(
        character for character in words.replace("\n", " ") if not "\ue000" <= character <= "\uf8ff"
    )
    assert isinstance(made[0], b.Paragraph)
    assert said(made[0].runs) == f"{plain} | x|y{plain}*".strip()


def test_figures_carry_value_format_and_record() -> None:
    (made,) = blocks("Now {{ 1234.5|num(1, 'metric/7', 'people') }} and {{ 0.37|pct }}.", edition="internal")
    assert isinstance(made, b.Paragraph)
    figure = made.runs[1]
    assert (figure.text, figure.value, figure.fmt, figure.ref) == (
        "1,234.5\u00a0people",
        Decimal("1234.5"),
        "num",
        "metric/7",
    )
    assert made.runs[3].text == "37%"


def test_what_is_not_known_says_so() -> None:
    (made,) = blocks(
        "{{ none|num }} {{ none|money }} {{ none|pct }} {{ none|date }} {{ none|figure }} {{ ''|missing('name') }}"
    )
    assert isinstance(made, b.Paragraph)
    assert [run.text for run in made.runs if run.missing] == ["not measured"] * 5 + ["name"]


def test_records_get_a_numbered_note_once_a_page_in_the_internal_edition_only() -> None:
    text = (
        "# A\n\n{{ 1|num(ref='ticket/5') }} {{ 2|num(ref='ticket/5') }}\n\n"
        "# B\n\n{{ 3|num(ref='ticket/5') }} {{ 4|num(ref='task/6') }}"
    )
    document = render(text, edition="internal")
    noted = [
        run.note
        for block in document.blocks
        if isinstance(block, b.Paragraph)
        for run in block.runs
        if run.fmt
    ]
    assert noted == ["1", "", "1", "2"]
    assert [said(note.runs) for note in document.notes] == ["Ticket #5", "task #6"]
    assert document.internal_mark == "INTERNAL"
    customer = render(text)
    assert customer.notes == ()
    assert customer.internal_mark == ""
    assert all(
        not run.ref for block in customer.blocks if isinstance(block, b.Paragraph) for run in block.runs
    )
    assert "INTERNAL" not in customer.labels.values()


def test_internal_blocks_and_speaker_notes_are_dropped_for_the_customer() -> None:
    text = "::: internal\nsecret\n:::\n\n::: notes\nsay\n:::\n\nopen"
    assert [type(block) for block in blocks(text)] == [b.Paragraph]
    assert [type(block) for block in blocks(text, edition="internal")] == [
        b.Paragraph,
        b.SpeakerNote,
        b.Paragraph,
    ]


def test_line_breaks_and_wrapped_lines() -> None:
    (heading, english, japanese) = blocks("# 一行目{{ br }}二行目\n\nwrapped\nline\n\n折り返し\nた行")
    assert isinstance(heading, b.Heading)
    assert [run.text for run in heading.runs] == ["一行目", "\n", "二行目"]
    assert isinstance(english, b.Paragraph)
    assert isinstance(japanese, b.Paragraph)
    assert (said(english.runs), said(japanese.runs)) == ("wrapped line", "折り返した行")


def test_subtitle_metric_table_and_list_details() -> None:
    made = blocks(
        "## Plan\n: latest first\n\n::: metrics\n::: metric {label=Use unit=people tone=green}\n"
        "38 → 58\n\nup\n\n12 read\n:::\n:::\n\n"
        '::: table {widths="2 1" decisive="0" total="last" caption="C"}\n'
        "| a | b |\n|:--|--:|\n| x | 1 |\n| y | 2 |\n:::\n\n- [ ] tick\n- [ ] tock"
    )
    heading, metrics, table, ticks = made
    assert isinstance(heading, b.Heading)
    assert said(heading.subtitle) == "latest first"
    assert isinstance(metrics, b.Metrics)
    metric = metrics.items[0]
    assert (said(metric.value), said(metric.before), metric.unit, said(metric.status), said(metric.note)) == (
        "58",
        "38",
        "people",
        "up",
        "12 read",
    )
    assert isinstance(table, b.Table)
    assert ([c.width for c in table.columns], table.columns[1].align, table.decisive, table.total) == (
        [2, 1],
        "right",
        0,
        True,
    )
    assert isinstance(ticks, b.BulletList)
    assert ticks.check
    first = ticks.items[0][0]
    assert isinstance(first, b.Paragraph)
    assert said(first.runs) == "tick"


def test_a_line_that_ends_in_a_tag_keeps_its_end() -> None:
    made = blocks("a {% if true %}b{% endif %}\n::: break\n\n{% if true %}\nc\n{% endif %}\n")
    assert [type(block) for block in made] == [b.Paragraph, b.PageBreak, b.Paragraph]


@pytest.mark.parametrize(
    ("href", "kept"),
    [("https://a.example", True), ("mailto:a@b.c", True), ("file:///etc/passwd", False), ("ftp://x", False)],
)
def test_only_web_and_mail_links_are_links(href: str, kept: bool) -> None:
    (made,) = blocks(f"[x]({href})")
    assert isinstance(made, b.Paragraph)
    assert bool(made.runs[0].href) is kept


def test_a_chart_has_the_facts_and_the_words_of_the_template() -> None:
    (made,) = blocks(
        '::: chart {data=use title="T" alt="A" series="People" limit="Seats"}\n- more seats\n- training\n:::'
    )
    assert isinstance(made, b.Chart)
    assert made.data.series[0].values == examples.PEOPLE
    assert [one.name for one in made.data.series] == ["People", "Seats"]
    assert [(event.at, event.label) for event in made.data.events] == [(5, "more seats"), (8, "training")]
    assert made.data.categories[0] == "Nov"


def test_each_rendering_has_its_own_ledger() -> None:
    made = engine("{{ 60|num }} {{ facts.customer.id|num }}")
    from cs_workbench.reports import edition

    first = made.document(edition.context(examples.rich(), "customer"), "customer")
    second = made.document(edition.context(examples.name_only(), "customer"), "customer")
    assert [said(d.blocks[0].runs) for d in (first, second) if isinstance(d.blocks[0], b.Paragraph)] == [
        "60 3",
        "60 30",
    ]


def test_facts_are_plain() -> None:
    assert isinstance(examples.rich().briefing, f.Briefing)
    assert dt.date(2026, 11, 23) == examples.AS_OF
