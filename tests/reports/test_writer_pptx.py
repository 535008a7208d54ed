"""PPTX writer: native charts and tables, nothing off the slide or on one another, no note in a customer's deck."""

from __future__ import annotations

import io
import os
import re
from dataclasses import replace
from typing import Any, Literal

import openpyxl
import pytest

from cs_workbench import paths
from cs_workbench.reports import blocks as b
from cs_workbench.reports import edition as editions
from cs_workbench.reports import loader
from cs_workbench.reports.blocks import Look
from cs_workbench.reports.edition import EDITIONS, Edition
from cs_workbench.reports.engine import Engine, Sources
from cs_workbench.reports.look import company_look
from cs_workbench.reports.writers import pptx
from tests.reports import sample_document as sample
from tests.reports import slides
from tests.reports.examples import EXAMPLES

Language = Literal["en", "ja"]
LANGUAGES: tuple[Language, ...] = ("en", "ja")
TEMPLATES = sorted(os.listdir(paths.templates_root()))
MANY = tuple(float(n) for n in range(20))


def made(template: str, example: str, language: str, edition: Edition) -> b.Document:
    """A built-in template over an example's facts."""
    found = loader.load(template)
    manifest = found.manifest
    engine = Engine(Sources(manifest.entry[language], found.files, language, manifest.labels[language]))
    return engine.document(editions.context(EXAMPLES[example](), edition), edition)


def deck(*blocks: b.Block, edition: Edition = "customer", language: Language = "en", **more: Any) -> bytes:
    """A deck of one section with these blocks."""
    heading = b.Heading(1, (b.Run("The message"),))
    document = b.Document(
        "Title", "Sender", language, edition, None, (heading, *blocks), labels=sample.LABELS[language]
    )
    return pptx.render(replace(document, **more), Look())


def chart(data: b.ChartData, title: str = "Title") -> b.Chart:
    """A chart block."""
    return b.Chart(data, title, "Definition", "Words for those who cannot see it", 160)


def check(content: bytes) -> None:
    """What holds for every deck."""
    for number, slide in enumerate(slides.opened(content).slides, 1):
        assert not slides.outside(slide), number
        assert not slides.overlapping(slide), number
    assert min(slides.sizes(content), default=9.0) >= 9.0


@pytest.fixture(scope="module")
def internal_ja() -> bytes:
    """The internal Japanese briefing."""
    return pptx.render(sample.briefing("ja", "internal"), Look())


@pytest.fixture(scope="module")
def customer_en() -> bytes:
    """The customer's English briefing."""
    return pptx.render(sample.briefing("en", "customer"), Look())


@pytest.mark.parametrize("edition", EDITIONS)
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("example", list(EXAMPLES))
@pytest.mark.parametrize("template", TEMPLATES)
def test_every_template_stays_on_its_slides(
    template: str, example: str, language: str, edition: Edition
) -> None:
    check(pptx.render(made(template, example, language, edition), Look()))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", ["all_missing", "bursting"])
def test_empty_and_overfull_documents_stay_on_their_slides(kind: str, language: Language) -> None:
    check(pptx.render(getattr(sample, kind)(language), Look()))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("edition", EDITIONS)
def test_the_briefing_stays_on_its_slides(edition: Edition, language: Language) -> None:
    check(pptx.render(sample.briefing(language, edition), Look()))


def test_the_same_document_gives_the_same_bytes(internal_ja: bytes) -> None:
    assert pptx.render(sample.briefing("ja", "internal"), Look()) == internal_ja


def test_the_slides_have_our_size_and_one_layout(internal_ja: bytes) -> None:
    presentation = slides.opened(internal_ja)
    assert (presentation.slide_width.pt, presentation.slide_height.pt) == (960, 540)
    assert [layout.name for layout in presentation.slide_layouts] == ["Message"]


def test_every_slide_has_its_message_as_title(customer_en: bytes) -> None:
    titles = [slide.shapes.title.text_frame.text for slide in slides.opened(customer_en).slides]
    assert titles[0].replace("\x0b", " ") == "From fixing faults to not having them"
    assert all(titles)
    known = {
        "".join(run.text for run in one.runs).replace("\n", "\x0b")
        for one in sample.briefing("en", "customer").blocks
        if isinstance(one, b.Heading) and one.level <= 2
    }
    messages = [
        one
        for one in sample.briefing("en", "customer").blocks
        if isinstance(one, b.Heading) and one.level == 1
    ]
    assert not [title for title in titles if title.strip().startswith("(")]
    own = [title.replace("\u00a0(continued)", "") for title in titles[1:]]
    assert sum(
        title.replace("\x0b", "") in {one.replace("\x0b", "") for one in known} for title in own
    ) >= len(messages)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_word_of_the_document_is_there(language: Language) -> None:
    document = sample.briefing(language, "internal")
    text = re.sub(r"\s", "", slides.said(pptx.render(document, Look())))
    for block in document.blocks:
        match block:
            case b.Paragraph(runs=runs) | b.Quote(runs=runs) | b.Heading(runs=runs) | b.Sources(runs=runs):
                assert re.sub(r"\s", "", "".join(run.text for run in runs)) in text
            case b.Table(rows=rows):
                for row in rows:
                    for cell in row:
                        assert re.sub(r"\s", "", "".join(run.text for run in cell)) in text
            case b.Chart(title=title, subtitle=subtitle):
                assert re.sub(r"\s", "", title) in text
                assert re.sub(r"\s", "", subtitle) in text
            case b.Metrics(items=items):
                assert all(re.sub(r"\s", "", one.label) in text for one in items)


def test_every_run_names_its_east_asian_font(internal_ja: bytes) -> None:
    for name, text in slides.texts(internal_ja).items():
        if name.startswith("ppt/slides/slide"):
            for properties in re.findall(r"<a:rPr [^>]*>.*?</a:rPr>", text):
                assert '<a:ea typeface="Noto Sans JP"' in properties
                assert '<a:latin typeface="Noto Sans JP"' in properties
                assert 'lang="ja-JP"' in properties
    theme = slides.texts(internal_ja)["ppt/theme/theme1.xml"]
    assert 'script="Jpan" typeface="Noto Sans JP"' in theme


def test_charts_are_native_with_their_figures_and_words(customer_en: bytes) -> None:
    found = slides.charts(customer_en)
    assert len(found) == 8
    line = next(one for one in found if "LINE" in str(one.chart_type))
    users = line.plots[0].series[0]
    assert tuple(users.values) == sample.USERS
    assert [str(one) for one in line.plots[0].categories] == list(sample.MONTHS["en"])
    alts = [
        shape._element.nvGraphicFramePr.cNvPr.get("descr")
        for slide in slides.opened(customer_en).slides
        for shape in slide.shapes
        if shape.has_chart
    ]
    assert all(alts)
    assert "Active users rose from 38 to 72 in July and fell to 58." in alts
    assert not [name for name in slides.parts(customer_en) if name.startswith("ppt/media/")]


def test_the_workbook_in_a_chart_holds_its_figures_only() -> None:
    data = b.ChartData("line", ("Jan", "Feb", "Mar"), (b.Series("Users", (1.0, None, 3.5)),))
    content = deck(chart(data))
    (book,) = [part for name, part in slides.parts(content).items() if name.startswith("ppt/embeddings/")]
    sheet = openpyxl.load_workbook(io.BytesIO(book)).active
    assert list(sheet.iter_rows(values_only=True)) == [
        (None, "Users"),
        ("Jan", 1),
        ("Feb", None),
        ("Mar", 3.5),
    ]


def test_a_gap_is_a_gap_and_says_so() -> None:
    data = b.ChartData("line", ("Jan", "Feb", "Mar", "Apr"), (b.Series("Users", (1.0, None, 3.0, 4.0)),))
    content = deck(chart(data))
    (found,) = slides.charts(content)
    assert tuple(found.plots[0].series[0].values) == (1.0, None, 3.0, 4.0)
    assert found._chartSpace.find(".//{*}dispBlanksAs").get("val") == "gap"
    assert "not measured" in slides.said(content)


@pytest.mark.parametrize(
    ("kind", "stacked", "native"),
    [("line", False, "LINE"), ("bar", False, "COLUMN_CLUSTERED"), ("bar", True, "COLUMN_STACKED"),
     ("hbar", False, "BAR_CLUSTERED")],
)  # fmt: skip
def test_each_kind_of_chart_is_its_native_kind(kind: Any, stacked: bool, native: str) -> None:
    series = (b.Series("A", (1.0, 2.0, 3.0)), b.Series("B", (3.0, 2.0, 1.0)))
    content = deck(chart(b.ChartData(kind, ("x", "y", "z"), series, stacked=stacked)))
    (found,) = slides.charts(content)
    assert native in str(found.chart_type)
    order = ["B", "A"] if stacked else ["A", "B"]
    assert [one.name for one in found.plots[0].series] == order
    assert {"A", "B"} <= set(re.findall(r"[AB]\b", slides.said(content)))
    check(content)


def test_a_limit_among_bars_is_a_line_on_the_same_axes() -> None:
    series = (b.Series("Used", (3.0, 4.0)), b.Series("Bought", (5.0, 5.0), "limit"))
    (found,) = slides.charts(deck(chart(b.ChartData("bar", ("x", "y"), series))))
    assert [type(plot).__name__ for plot in found.plots] == ["BarPlot", "LinePlot"]
    assert found.plots[1].series[0].name == "Bought"


def test_events_and_end_labels_stand_as_text() -> None:
    text = slides.said(deck(chart(sample.use_data("en"))))
    for words in (
        "+20 seats",
        "Training, 2 sites",
        "Line 3 reorganised",
        "Active users 58",
        "Contracted seats 120",
    ):
        assert words in text


def test_a_share_keeps_its_sign_and_bars_their_tone() -> None:
    data = b.ChartData("hbar", ("x", "y"), (b.Series("S", (0.65, 25.0)),), "%", tones=("green", "red"))
    content = deck(chart(data))
    (found,) = slides.charts(content)
    xml = slides.texts(content)["ppt/charts/" + found.part.partname.split("/")[-1]]
    assert "● 0.65%" in xml
    assert "◆ 25.00%" in xml
    assert '"%"' in xml.replace("&quot;", '"')


def test_printed_labels_win_over_plain_numbers() -> None:
    data = b.ChartData("bar", ("x", "y"), (b.Series("S", (1.0, 2.0)),), labels=("¥1M", "¥2M"), highlight=1)
    content = deck(chart(data))
    assert "¥2M" in slides.said(content)


@pytest.mark.parametrize("values", [(0.0, 0.0), (-3.0, 5.0), (1e9, 2.5e9), (0.001, 0.002)])
@pytest.mark.parametrize("kind", ["line", "bar", "hbar"])
def test_odd_values_make_charts_too(kind: Any, values: tuple[float, ...]) -> None:
    content = deck(chart(b.ChartData(kind, ("x", "y"), (b.Series("S", values),))))
    assert len(slides.charts(content)) == 1
    check(content)


def test_more_bars_than_a_slide_takes_go_on() -> None:
    data = b.ChartData("hbar", tuple(f"Name {n}" for n in range(20)), (b.Series("S", MANY),), highlight=17)
    content = deck(chart(data, "Bars"))
    found = slides.charts(content)
    assert [len(one.plots[0].categories) for one in found] == [12, 8]
    assert "Bars\u00a0(continued)" in slides.said(content)


def test_tables_are_native_and_continue_with_their_head() -> None:
    content = pptx.render(sample.bursting("en"), Look())
    found = slides.tables(content)
    assert sum(len(one.rows) - 1 for one in found) == 40
    assert all(one.cell(0, 3).text == "Amount" for one in found)
    assert found[0].cell(0, 1).text == "Name"
    assert all(one.cell(0, 1).text == "Name\u00a0(continued)" for one in found[1:])
    assert all(len(one.rows) >= 3 for one in found)
    assert found[0]._tbl.tblPr.get("firstRow") == "1"


def test_only_the_decisive_row_is_filled() -> None:
    table = sample.table("a|b", ["1|2", "3|4", "5|6"], "lr", (1, 1), decisive=1)
    (found,) = slides.tables(deck(table))
    fills = [row.cells[0]._tc.tcPr.find("{*}solidFill") is not None for row in found.rows]
    assert fills == [False, False, True, False]


def test_a_row_taller_than_a_slide_is_cut_between_its_lines() -> None:
    table = sample.table("a|b", ["x|" + "word " * 2000], "ll", (1, 2))
    content = deck(table)
    check(content)
    found = slides.tables(content)
    assert len(found) > 1
    assert (
        sum(one.cell(row, 1).text.count("word") for one in found for row in range(1, len(one.rows))) == 2000
    )


def test_long_words_flow_and_nothing_is_lost() -> None:
    content = deck(b.Paragraph((b.Run("word " * 3000),)))
    check(content)
    assert slides.said(content).count("word") == 3000
    assert len(slides.opened(content).slides) > 3


def test_a_message_too_long_is_cut_above_and_whole_below() -> None:
    message = "a very long message " * 40
    content = deck(edition="customer", blocks=(b.Heading(1, (b.Run(message),)),))
    check(content)
    (first, *_rest) = slides.opened(content).slides
    assert first.shapes.title.text_frame.text.endswith("…")
    assert slides.said(content).count("a very long message") >= 40


def test_sources_too_long_for_the_foot_are_whole_below() -> None:
    content = deck(b.Paragraph((b.Run("x"),)), b.Sources((b.Run("source " * 200),)))
    check(content)
    assert slides.said(content).count("source ") >= 200


def test_the_decision_is_white_on_the_accent() -> None:
    content = deck(b.Decision("Decision asked", (b.Run("Start"),), (b.Run("by Friday"),), (b.Run("why"),)))
    xml = slides.texts(content)["ppt/slides/slide1.xml"]
    assert '<a:srgbClr val="23458F"/></a:solidFill><a:ln>' in xml
    for words in ("Decision asked", "Start", "by Friday", "why"):
        place = xml.index(f"<a:t>{words}</a:t>")
        assert 'val="FFFFFF"' in xml[place - 400 : place]


def test_what_is_not_measured_stands_in_a_dashed_box() -> None:
    content = deck(
        b.Missing("API calls", "which system first?"),
        b.Metrics((b.Metric("Seats", (b.Run("not measured", missing=True),)),)),
        sample.table("a", ["?not measured"], "l", (1,)),
    )
    xml = slides.texts(content)["ppt/slides/slide1.xml"]
    assert xml.count('<a:prstDash val="dash"/>') == 2
    assert 'u="dash"' in xml
    assert "API calls. We would like to ask: which system first?" in slides.said(content)


def test_metrics_go_from_to() -> None:
    metric = b.Metric("Rework", (b.Run("19"),), (b.Run("46"),), "a month", (b.Run("reached"),), (), "green")
    text = slides.said(deck(b.Metrics((metric,))))
    assert "46 → 19 a month" in text.replace("\n", "")
    assert "● reached" in text


def test_a_page_break_begins_a_slide() -> None:
    content = deck(b.Paragraph((b.Run("one"),)), b.PageBreak(), b.Paragraph((b.Run("two"),)))
    assert len(slides.opened(content).slides) == 2


def test_lists_have_native_bullets() -> None:
    item = ((b.Paragraph((b.Run("first"),)), b.BulletList(((b.Paragraph((b.Run("inner"),)),),))),)
    xml = slides.texts(deck(b.BulletList(item, ordered=True), b.BulletList(item, check=True)))[
        "ppt/slides/slide1.xml"
    ]
    assert '<a:buAutoNum type="arabicPeriod"' in xml
    assert 'buChar char="☐"' in xml
    assert 'buChar char="–"' in xml


def test_the_timeline_is_native_with_its_words() -> None:
    timeline = b.Timeline((b.Milestone(0.1, "Start", "accent"), b.Milestone(0.9, "End", "deadline", True)),
                          ((0.0, "Jan"), (1.0, "Feb")), "From start to end", (0.2, 0.5))  # fmt: skip
    content = deck(timeline)
    check(content)
    xml = slides.texts(content)["ppt/slides/slide1.xml"]
    assert 'descr="From start to end"' in xml
    assert xml.count('prst="ellipse"') == 2
    assert {"Start", "End", "Jan", "Feb"} <= set(slides.said(content).split())


def test_lines_to_write_on() -> None:
    content = deck(b.Fill(("Notes",), 3), b.Fill(("Signed", "Date")))
    check(content)
    assert slides.texts(content)["ppt/slides/slide1.xml"].count("<p:cxnSp") >= 3 + 2 + 1


def test_the_internal_edition_is_marked_on_every_slide(internal_ja: bytes) -> None:
    presentation = slides.opened(internal_ja)
    for slide in presentation.slides:
        assert any("社内限・送付禁止" in one.text for one in slides.shapes(slide))
        bar = slides.shapes(slide)[1 if slide.shapes[0].is_placeholder else 0]
        assert (bar.left, bar.top, round(bar.right), round(bar.bottom)) == (0, 0, 960, 5)
    notes = [
        slide.notes_slide.notes_text_frame.text for slide in presentation.slides if slide.has_notes_slide
    ]
    assert len(notes) == 1
    assert "石井様から話していただく。" in notes[0]
    assert "測定 #2214" in slides.said(internal_ja)


def test_the_customer_edition_has_no_notes_and_no_mark() -> None:
    document = replace(sample.briefing("ja", "internal"), edition="customer", internal_mark="", notes=())
    content = pptx.render(document, Look())
    assert not [name for name in slides.parts(content) if "notes" in name.lower()]
    everything = "".join(slides.texts(content).values())
    for secret in ("社内限", "#2214", "石井様から話していただく"):
        assert secret not in everything


def test_properties_hold_no_person_and_no_moment(internal_ja: bytes) -> None:
    core = slides.opened(internal_ja).core_properties
    assert core.title == "アオバ精密工業株式会社 御中　ご契約更新のご提案"
    assert core.author == "株式会社つむぎワークス"
    assert core.last_modified_by == ""
    assert core.created.year == core.modified.year == 2000
    names = slides.parts(internal_ja)
    assert not [
        name for name in names if "thumbnail" in name or "printerSettings" in name or "vba" in name.lower()
    ]
    assert "Canny" not in "".join(slides.texts(internal_ja).values())


def test_nothing_points_outside(internal_ja: bytes) -> None:
    assert 'TargetMode="External"' not in "".join(slides.texts(internal_ja).values())


def test_addresses_a_person_typed_are_the_only_links() -> None:
    runs = tuple(
        b.Run(href, href=href)
        for href in (
            "https://a.example/x",
            "mailto:a@b.example",
            "file:///etc/passwd",
            "\\\\server\\x",
            "javascript:1",
        )
    )
    everything = "".join(slides.texts(deck(b.Paragraph(runs))).values())
    targets = re.findall(r'Target="([^"]*)" TargetMode="External"', everything)
    assert sorted(targets) == ["https://a.example/x", "mailto:a@b.example"]


def test_accent_and_logo_come_from_the_look(logo_png: bytes) -> None:
    look = company_look("#006644", logo_png)
    content = pptx.render(sample.briefing("en", "customer"), look)
    everything = "".join(slides.texts(content).values())
    assert look.accent[1:] in everything
    assert "23458F" not in everything
    media = [part for name, part in slides.parts(content).items() if name.startswith("ppt/media/")]
    assert len(media) == 1
    assert b"secret" not in media[0]


def test_ids_are_used_once(internal_ja: bytes) -> None:
    for slide in slides.opened(internal_ja).slides:
        ids = [one.shape_id for one in slide.shapes]
        assert len(set(ids)) == len(ids)


def test_a_document_without_anything_opens() -> None:
    bare = replace(sample.all_missing("en"), blocks=(), cover=None)
    assert len(slides.opened(pptx.render(bare, Look())).slides) == 0


def test_a_section_of_a_message_alone_is_a_slide() -> None:
    assert len(slides.opened(deck()).slides) == 1


def test_write_puts_the_file_in_place(tmp_path: Any) -> None:
    target = tmp_path / "a.pptx"
    pptx.write(sample.all_missing("en"), Look(), str(target))
    assert target.read_bytes()[:2] == b"PK"
