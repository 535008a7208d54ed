"""The one-page ROI summary: what it says in both languages and editions, on one page, with nothing of ours in it."""

from __future__ import annotations

import datetime as dt
import io
import os
import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from cs_workbench.domain.chart_data import ChartData
from cs_workbench.reports import blocks as b
from cs_workbench.reports import edition as editions
from cs_workbench.reports import loader
from cs_workbench.reports.action_plan_facts import Plan
from cs_workbench.reports.edition import EDITIONS, Edition, Gathered
from cs_workbench.reports.engine import Engine, Sources
from cs_workbench.reports.facts import Briefing, Customer, Sender, Terms
from cs_workbench.reports.internal_facts import Internal
from cs_workbench.reports.value_facts import ValuePrice
from cs_workbench.reports.writers import docx, html, md, pdf, pptx
from cs_workbench.services import portfolios, value_exports
from tests.builders_store import add_account, add_person
from tests.builders_value import COSTS, LESS_REWORK, NOW, QUOTES, RICH, LedgerSpec, LineSpec, add_ledger

GOLDEN = Path(__file__).parent / "golden"
_BLANK = re.compile(r"\n{3,}")
TODAY = dt.date(2026, 11, 22)
MANY = tuple(replace(one, title=f"{one.title} {n}") for n in range(3) for one in RICH[:3])
SPECS = {
    "rich": LedgerSpec(person_id=1),
    "many": LedgerSpec(lines=(*MANY, QUOTES, QUOTES), costs=(*COSTS, *COSTS)),
    "short": LedgerSpec(lines=(LESS_REWORK,), years=1),
    "potential": LedgerSpec(lines=(QUOTES,)),
    "costless": LedgerSpec(costs=()),
    "costs_only": LedgerSpec(lines=()),
    "empty": LedgerSpec(lines=(), costs=()),
    "none": None,
}


@pytest.fixture(scope="module")
def gathered(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[tuple[str, str], Gathered]]:
    """The facts of every kind of ledger in both languages."""
    path = tmp_path_factory.mktemp("roi") / "p.csw"
    found: dict[tuple[str, str], Gathered] = {}
    with portfolios.create(str(path), now=NOW, language="en") as wb:
        with wb.change("fill") as db:
            for number, name in enumerate(SPECS):
                add_account(db, f"Acme {name}")
                add_person(db, number + 1, f"Person {number}")
        for number, (name, spec) in enumerate(SPECS.items(), 1):
            if spec is not None:
                add_ledger(wb, number, spec)
            view = value_exports.chosen(wb.reads, number, None, TODAY)
            for language in ("en", "ja"):
                found[name, language] = facts(name, *value_exports.case_of(view, "Acme", "Sorane", language))
        yield found


def facts(name: str, case: object, notes: object) -> Gathered:
    briefing = Briefing(TODAY, Customer(1, "Acme"), Sender("Sorane"), (), (), Terms(), Plan(), value=case)  # type: ignore[arg-type]
    return Gathered(briefing, Internal(value=notes))  # type: ignore[arg-type]


def engine(language: str) -> Engine:
    template = loader.load("roi_summary")
    manifest = template.manifest
    return Engine(Sources(manifest.entry[language], template.files, language, manifest.labels[language]))


def rendered(found: Gathered, language: str, edition: Edition) -> b.Document:
    return engine(language).document(editions.context(found, edition), edition)


def charts(document: b.Document) -> list[ChartData]:
    return [
        one.data
        for block in document.blocks
        for one in ([block] if isinstance(block, b.Chart) else
                    [inner for body in block.bodies for inner in body] if isinstance(block, b.Columns) else [])
        if isinstance(one, b.Chart)
    ]  # fmt: skip


def pages(content: bytes) -> int:
    return len(re.findall(rb"/Type\s*/Page\b", content))


@pytest.mark.parametrize("edition", EDITIONS)
@pytest.mark.parametrize("language", ["en", "ja"])
@pytest.mark.parametrize("name", ["rich", "potential", "none"])
def test_pages_are_the_kept_ones(
    gathered: dict[tuple[str, str], Gathered], name: str, language: str, edition: Edition
) -> None:
    text = engine(language).text(editions.context(gathered[name, language], edition), edition)
    text = _BLANK.sub("\n\n", text)
    path = GOLDEN / f"roi-{name}-{language}-{edition}.md"
    if os.environ.get("CSW_KEEP_GOLDEN"):
        path.write_text(text, encoding="utf-8")
    assert text == path.read_text(encoding="utf-8")


@pytest.mark.parametrize("language", ["en", "ja"])
@pytest.mark.parametrize("name", SPECS)
def test_the_customer_s_is_one_page(
    gathered: dict[tuple[str, str], Gathered], name: str, language: str
) -> None:
    content = pdf.render(rendered(gathered[name, language], language, "customer"), b.Look())
    assert pages(content) == 1


@pytest.mark.parametrize("name", ["rich", "many"])
def test_our_own_has_one_page_more_for_our_notes(
    gathered: dict[tuple[str, str], Gathered], name: str
) -> None:
    content = pdf.render(rendered(gathered[name, "en"], "en", "internal"), b.Look())
    assert pages(content) == 2
    assert len(pdf.preview(rendered(gathered[name, "en"], "en", "internal"), b.Look(), ppi=36)) == 2


@pytest.mark.parametrize("language", ["en", "ja"])
@pytest.mark.parametrize("name", SPECS)
def test_every_format_is_written_and_bears_no_note_of_ours(
    gathered: dict[tuple[str, str], Gathered], name: str, language: str
) -> None:
    made = rendered(gathered[name, language], language, "customer")
    assert QUOTES.note not in repr(made)
    assert QUOTES.ask not in repr(made)
    for writer in (docx, html, md, pptx):
        assert writer.render(made, b.Look())


def test_the_waterfall_adds_up_and_the_tornado_hangs_on_the_net(
    gathered: dict[tuple[str, str], Gathered],
) -> None:
    case = gathered["rich", "en"].briefing.value
    assert case is not None
    fall, swings = charts(rendered(gathered["rich", "en"], "en", "customer"))
    gross, risk, after, cost, net = (value or 0.0 for value in fall.series[0].values)
    assert gross + risk == pytest.approx(after)
    assert after + cost == pytest.approx(net)
    assert net == pytest.approx(float(case.net / case.scale), abs=1e-5)
    assert swings.bounds[0].value == pytest.approx(net, abs=0.01)
    assert len(swings.categories) == len(case.swings)


def test_a_loss_is_drawn_as_a_cost(gathered: dict[tuple[str, str], Gathered]) -> None:
    fall = charts(rendered(gathered["short", "ja"], "ja", "customer"))[0]
    assert fall.roles[-1] == "cost"
    made = rendered(gathered["short", "en"], "en", "customer")
    head = made.blocks[0]
    assert isinstance(head, b.Heading)
    assert "is missing" in "".join(run.text for run in head.runs)


@pytest.mark.parametrize(("language", "said"), [("en", "about equal"), ("ja", "ほぼ同額")])
def test_about_equal_is_no_gain(gathered: dict[tuple[str, str], Gathered], language: str, said: str) -> None:
    held = gathered["rich", language]
    assert held.briefing.value is not None
    value = replace(held.briefing.value, equal=True, net=Decimal(40_000), enough=Decimal("0.998"))
    even = Gathered(replace(held.briefing, value=value), held.internal)
    text = engine(language).text(editions.context(even, "customer"), "customer")
    assert text.count(said) == 3  # title, chart, what it means
    assert "99.8%" in text


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("en", ("Not measured: Users on 84 days. These days carry an estimate's risk.",
                "Check together: Time, Rework have the same figures.")),
        ("ja", ("測定のない期間（Users on 84 days）は、推定のリスクで計算しています。",
                "「Time」と「Rework」は数値が同じです。重複がないか一緒に確かめます。")),
    ],
)  # fmt: skip
@pytest.mark.parametrize("template", ["roi_summary", "renewal_briefing"])
def test_what_nobody_measured_and_what_is_one_gain_twice_is_told_to_the_customer(
    gathered: dict[tuple[str, str], Gathered], language: str, told: tuple[str, str], template: str
) -> None:
    held = gathered["rich", language]
    assert held.briefing.value is not None
    value = replace(held.briefing.value, unread=("Users on 84 days",), twice=("Time", "Rework"))
    changed = Gathered(replace(held.briefing, value=value), held.internal)
    found = loader.load(template)
    made = Engine(
        Sources(found.manifest.entry[language], found.files, language, found.manifest.labels[language])
    )
    before, after = (made.text(editions.context(one, "customer"), "customer") for one in (held, changed))
    assert told[0] in after.replace("\\", "")
    assert told[1] in after.replace("\\", "") or template == "renewal_briefing"
    assert not any(words in before.replace("\\", "") for words in told)


@pytest.mark.parametrize(
    ("language", "sure", "open_"),
    [
        ("en", "The case holds even", "“Users”, “Price” lie outside the range assumed"),
        ("ja", "すべての入力が悪い方に振れても", "「Users」「Price」は想定した幅を外れています。"),
    ],
)
@pytest.mark.parametrize("template", ["roi_summary", "renewal_briefing"])
def test_a_case_with_a_figure_beside_its_bounds_is_not_said_to_hold(
    gathered: dict[tuple[str, str], Gathered], language: str, sure: str, open_: str, template: str
) -> None:
    held = gathered["rich", language]
    assert held.briefing.value is not None
    found = loader.load(template)
    made = Engine(
        Sources(found.manifest.entry[language], found.files, language, found.manifest.labels[language])
    )
    for outside in ((), ("Users", "Price")):
        value = replace(held.briefing.value, low=Decimal(1), equal=False, outside=outside)
        changed = Gathered(replace(held.briefing, value=value), held.internal)
        text = made.text(editions.context(changed, "customer"), "customer").replace("\\", "")
        assert (sure in text, open_ in text) == (not outside, bool(outside))


@pytest.mark.parametrize(("language", "said"), [("en", "at its mean of that time"), ("ja", "当時の平均")])
def test_past_usage_is_told_at_its_mean(
    gathered: dict[tuple[str, str], Gathered], language: str, said: str
) -> None:
    held = gathered["rich", language]
    assert held.briefing.value is not None
    value = replace(held.briefing.value, past=("Users 29, today 58",))
    aged = Gathered(replace(held.briefing, value=value), held.internal)
    before, after = (
        engine(language).text(editions.context(one, "customer"), "customer") for one in (held, aged)
    )
    assert said in after
    assert "Users 29" in after
    assert said not in before


@pytest.mark.parametrize(("language", "said"), [("en", "(average of 3 years)"), ("ja", "（3年間の平均）")])
def test_a_cost_whose_years_differ_is_called_an_average(
    gathered: dict[tuple[str, str], Gathered], language: str, said: str
) -> None:
    held = gathered["rich", language]
    assert held.briefing.value is not None
    first, *rest = held.briefing.value.costs
    value = replace(held.briefing.value, costs=(replace(first, mean=True), *rest))
    uneven = Gathered(replace(held.briefing, value=value), held.internal)
    before, after = (md.render(rendered(one, language, "customer"), b.Look()) for one in (held, uneven))
    assert said not in before
    row = next(line for line in after.splitlines() if said in line)
    assert row.startswith(f"| {first.title} |")


def test_nothing_is_claimed_without_a_counted_line(gathered: dict[tuple[str, str], Gathered]) -> None:
    made = rendered(gathered["potential", "en"], "en", "customer")
    assert not charts(made)
    (metrics,) = [block for block in made.blocks if isinstance(block, b.Metrics)]
    assert metrics.items[1].value[0].missing, "no return while nothing stands against the cost"
    assert "nothing counts yet" in repr(metrics.items[3])
    assert "No benefit is agreed or proved yet" in repr(made.blocks)


def test_the_figures_are_the_ledger_s_own(gathered: dict[tuple[str, str], Gathered]) -> None:
    case = gathered["rich", "en"].briefing.value
    assert case is not None
    table = next(
        block
        for block in rendered(gathered["rich", "en"], "en", "internal").blocks
        if isinstance(block, b.Table)
    )
    written = [run.value for row in table.rows for cell in row for run in cell if run.value is not None]
    assert case.present in written
    assert case.cost in written
    assert all(line.present in written for line in case.lines)
    assert table.total


def test_a_deck_opens_with_two_native_charts(gathered: dict[tuple[str, str], Gathered]) -> None:
    import pptx as python_pptx

    content = pptx.render(rendered(gathered["rich", "ja"], "ja", "customer"), b.Look())
    deck = python_pptx.Presentation(io.BytesIO(content))
    assert sum(shape.has_chart for slide in deck.slides for shape in slide.shapes) == 2


def test_the_value_pages_of_summary_and_briefing_are_one() -> None:
    summary, briefing = loader.load("roi_summary"), loader.load("renewal_briefing")
    for language in ("en", "ja"):
        name = f"value.{language}.md.j2"
        assert summary.files[name] == briefing.files[name]


def test_a_dense_document_shrinks_only_where_it_must(gathered: dict[tuple[str, str], Gathered]) -> None:
    from cs_workbench.reports.press import press_data

    made = rendered(gathered["many", "en"], "en", "customer")
    assert made.dense
    assert press_data(made, b.Look())["shrink"] == 1.0
    plain = pdf.render(replace(made, dense=False), b.Look())
    assert pages(plain) > 1


@pytest.mark.parametrize("words", ["<img src=x>", "\u202etxt.exe", "長" * 10_000, "{{ 7 * 7 }} ::: notes"])
def test_hostile_words_are_words(words: str, tmp_path: Path) -> None:
    spec = LineSpec(
        words,
        "months * fee",
        RICH[2].figures,
        mechanism=words,
        source=words,
        evidence=(("file", words, None),),
    )
    with portfolios.create(str(tmp_path / "p.csw"), now=NOW, language="en") as wb:
        with wb.change("fill") as db:
            add_account(db, "Acme")
        add_ledger(wb, 1, LedgerSpec(lines=(spec,)))
        found = facts(
            "x", *value_exports.case_of(value_exports.chosen(wb.reads, 1, None, TODAY), "Acme", "S", "en")
        )
    made = rendered(found, "en", "customer")
    assert pages(pdf.render(made, b.Look())) == 1
    assert "<img" not in str(html.render(made, b.Look()))
    assert "49" not in [
        run.text for block in made.blocks if isinstance(block, b.Sources) for run in block.runs
    ]


@pytest.mark.parametrize(("language", "row", "dates"), [
    ("en", "| SO-1\u00a0¥6.72M → SO-2\u00a0¥8.4M (average) |", "SO-1, until 1 Jul 2026; SO-2, until 1 Jul 2027."),
    ("ja", "| SO-1\u00a0672万円 → SO-2\u00a0840万円（平均） |", "SO-1 2026/7/1まで、SO-2 2027/7/1まで。"),
])  # fmt: skip
def test_a_contract_s_row_is_its_prices_and_its_days_stand_with_the_sources(
    gathered: dict[tuple[str, str], Gathered], language: str, row: str, dates: str
) -> None:
    held = gathered["rich", language]
    assert held.briefing.value is not None
    first, *rest = held.briefing.value.costs
    prices = tuple(
        ValuePrice(name, Decimal(year), "JPY", dt.date(on, 7, 1))
        for name, year, on in (("SO-1", 6_720_000, 2026), ("SO-2", 8_400_000, 2027))
    )
    value = replace(
        held.briefing.value, costs=(replace(first, mean=True, source="raw", prices=prices), *rest)
    )
    said = md.render(
        rendered(Gathered(replace(held.briefing, value=value), held.internal), language, "customer"), b.Look()
    )
    assert row in said
    assert dates in said.replace("\u00a0", " ")
    assert "raw" not in said
