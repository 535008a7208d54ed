"""The quadrant: keys move among accounts and corners, names stay clear, a playbook starts for a corner."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from itertools import combinations

import pytest
from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QGuiApplication, QImage, QPainter
from pytestqt.qtbot import QtBot

from cs_workbench.domain.quadrant import Point
from cs_workbench.services import quadrant_board
from cs_workbench.services.quadrant import Placed
from cs_workbench.ui import icons
from cs_workbench.ui.desk import Desk, Told
from cs_workbench.ui.pages.success import quadrant_layout as layout
from cs_workbench.ui.pages.success import quadrant_names as names
from cs_workbench.ui.pages.success import quadrant_words as words
from cs_workbench.ui.pages.success import views
from cs_workbench.ui.pages.success.quadrant import QuadrantView
from cs_workbench.ui.pages.success.quadrant_dots import FINE, STEP, DotPainter
from cs_workbench.ui.pages.success.quadrant_numbers import numbers

PLOT = QRectF(0, 0, 500, 500)
OUTSIDE = QRectF(0, 520, 400, 60)


def placed(number: int, success: float | None, happy: float | None, name: str = "") -> Placed:
    return Placed(
        number, name or f"Account {number}", Decimal(number), "JPY", Point(success, happy), None, None, ""
    )


@pytest.fixture
def view(make_page: Callable[..., QuadrantView]) -> QuadrantView:
    return make_page(QuadrantView)


def test_area_follows_arr_and_nothing_stands_at_zero_for_want_of_a_measure() -> None:
    found = layout.dots(
        [(placed(1, 0.5, 0.5), 1.0), (placed(2, 1, 0), 0.25), (placed(3, None, 0.4), 1.0)], PLOT, 1.0
    )
    assert [dot.placed.account_id for dot in found] == [1, 2]
    assert found[0].radius ** 2 == pytest.approx(4 * found[1].radius ** 2)
    assert (found[1].at.x(), found[1].at.y()) == (500, 500)


def test_names_overlap_neither_one_another_nor_dots() -> None:
    many = [(placed(n, n * 37 % 101 / 100, n * 53 % 97 / 96), n / 600) for n in range(60)]
    found = layout.dots(many, PLOT, 1.0)
    tags = names.tags(found, PLOT, lambda text: (7.0 * len(text), 16.0), lambda _dot: False)
    assert tags
    assert not [1 for one, two in combinations(tags, 2) if one.box.intersects(two.box)]
    assert all(PLOT.contains(tag.box) for tag in tags)


def test_arrows_go_to_what_lies_in_their_direction() -> None:
    places = [(0.5, 0.5), (0.9, 0.5), (0.1, 0.5), (0.5, 0.9), (0.5, 0.1)]
    found = layout.dots([(placed(n, x, y), 0.1) for n, (x, y) in enumerate(places)], PLOT, 1.0)
    went = [layout.nearest(found, found[0], *step) for step in ((1, 0), (-1, 0), (0, -1), (0, 1))]
    assert [dot.placed.account_id for dot in went if dot is not None] == [1, 2, 3, 4]
    assert layout.nearest(found, found[1], 1, 0) is None
    assert layout.at(found, QPointF(250, 250)) is found[0]
    assert layout.at(found, QPointF(0, 0)) is None


def test_the_finding_is_said_with_figures(view: QuadrantView) -> None:
    board = view.board
    assert board is not None
    inside = board.inside("happy_not_succeeding")
    assert inside
    assert view.finding.text().startswith(str(len(inside)))
    assert view.field.accessibleName() == view.finding.text()
    assert len(view.model.columns) >= 5
    assert view.fact()


def test_keys_move_choose_corners_and_open(view: QuadrantView, qtbot: QtBot) -> None:
    view.field.setFocus()
    qtbot.keyClick(view.field, Qt.Key.Key_Right)
    assert view.field.current
    assert view.field.accessibleDescription()
    for number, corner in enumerate(words.ORDER, 1):
        qtbot.keyClick(view.field, Qt.Key(Qt.Key.Key_0 + number))
        assert view.corner == corner
        assert len(view.pane.model.rows) == len(view.board.inside(corner))
    current = view.field.current
    with qtbot.waitSignal(view.field.opened) as opened:
        qtbot.keyClick(view.field, Qt.Key.Key_Return)
    assert opened.args == [current]


def test_the_table_says_what_the_picture_shows(view: QuadrantView) -> None:
    view.twin.setChecked(True)
    assert view.board is not None
    assert len(view.model.rows) == len(view.board.placed)
    view.copy()
    assert len(QGuiApplication.clipboard().text().splitlines()) == len(view.board.placed) + 1
    paper = view.printable()
    assert paper is not None
    assert len(paper.rows) == len(view.board.placed)


def test_tails_reach_back_as_chosen(view: QuadrantView, desk: Desk, settle: Callable[[Desk], None]) -> None:
    assert any(dot.was is not None for dot in view.field.dots)
    view.look_back(0)
    settle(desk)
    assert all(dot.was is None for dot in view.field.dots)
    assert view.first_day() is None
    menu = view.open_since()
    assert len(menu.actions()) == 5
    menu.close()


def test_a_toast_leaves_the_words_below_the_picture_free(view: QuadrantView) -> None:
    bottom = view.mapFromGlobal(view.field.mapToGlobal(view.field.plot().bottomLeft().toPoint())).y()
    assert view.height() - bottom <= view.foot()
    view.show_table(True)
    assert view.foot() == 0


def test_a_playbook_for_one_account_names_it(
    view: QuadrantView, desk: Desk, settle: Callable[[Desk], None]
) -> None:
    said: list[Told] = []
    desk.told.connect(said.append)
    one = view.board.placed[0] if view.board else None
    assert one is not None
    view.start_playbook([one.account_id], "adoption_push")
    settle(desk)
    assert [toast.second for toast in said] == [one.name]


def test_a_playbook_for_a_corner_is_one_step(
    view: QuadrantView, desk: Desk, settle: Callable[[Desk], None]
) -> None:
    assert view.board is not None
    ids = [one.account_id for one in view.board.inside(view.corner)]
    wb = desk.workbench
    before = wb.reads.scalar("select count(*) from task")
    view.start_playbook(ids, "adoption_push")
    settle(desk)
    after = wb.reads.scalar("select count(*) from task")
    assert after >= before + len(ids)
    wb.undo()
    assert wb.reads.scalar("select count(*) from task") == before


def test_hostile_names_are_drawn_as_text(view: QuadrantView, qtbot: QtBot) -> None:
    names = ("<img src=x>", "x" * 10_000, "\u202eabc", "")
    rows = tuple(placed(n, 0.2 * n, 0.5, name) for n, name in enumerate(names, 1))
    view.field.show_board(
        quadrant_board.Board(rows, dict.fromkeys(range(9)), "JPY", view.desk.today(), None), "at_risk"
    )
    assert not view.field.grab().isNull()


@pytest.mark.parametrize(("count", "stamped"), [(20, False), (FINE + 1, True)])
def test_dots_by_the_thousand_share_a_few_pictures(
    view: QuadrantView, count: int, stamped: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What the speed rests on: one picture a size and ink, and dots laid out once for a board of one size."""
    made: list[DotPainter] = []
    laid: list[int] = []
    real, real_dots = DotPainter.__init__, layout.dots
    monkeypatch.setattr(
        DotPainter, "__init__", lambda one, *a, **k: (made.append(one), real(one, *a, **k))[1]
    )
    monkeypatch.setattr(layout, "dots", lambda *a: (laid.append(1), real_dots(*a))[1])
    rows = tuple(placed(n, n * 37 % 101 / 100, n * 53 % 97 / 96) for n in range(count))
    board = quadrant_board.Board(rows, {n: Decimal(n) for n in range(count)}, "JPY", view.desk.today(), None)
    view.field.show_board(board, "at_risk")
    view.field.grab()
    assert any(one.stamps for one in made) is stamped
    assert all(len(one.stamps) <= (layout.MOST - layout.LEAST) / STEP + 1 for one in made)
    view.field.show_board(board, "advocate")
    view.field.grab()
    assert len(laid) == 1
    assert len(made) == 4


def test_a_stamp_looks_like_a_drawn_dot(view: QuadrantView) -> None:
    pictures = []
    for many in (False, True):
        picture = QImage(60, 60, QImage.Format.Format_ARGB32)
        picture.fill(QColor("white"))
        painter = QPainter(picture)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        dot = layout.Dot(placed(1, 0.5, 0.5), QPointF(30, 30), 10.0, None)
        DotPainter("chart.series.0", 1.0, many=many).paint(painter, [dot])
        painter.end()
        pictures.append(picture)
    one, two = pictures
    for x, y in ((30, 30), (20, 30), (30, 40), (5, 5)):
        assert one.pixelColor(x, y).lightness() == pytest.approx(two.pixelColor(x, y).lightness(), abs=12)


def test_the_sample_has_accounts_that_stand_apart(view: QuadrantView) -> None:
    board = view.board
    assert board is not None
    assert {words.lacks(one) for one in board.apart} == {"no objective measured"}
    assert len(board.apart) == 2
    assert {one.account_id for one in board.apart}.isdisjoint(
        dot.placed.account_id for dot in view.field.dots
    )


def test_hostile_names_in_the_view_its_pane_and_its_table(
    view: QuadrantView, desk: Desk, settle: Callable[[Desk], None]
) -> None:
    names = ("<img src=x>", "\u202eevil", "x" * 10_000)
    with desk.workbench.change("hostile") as db:
        for number, name in enumerate(names, 1):
            db.execute("update account set name = ? where id = ?", (name, number))
    view.refresh()
    settle(desk)
    assert view.board is not None
    assert set(names) <= {one.name for one in view.board.placed}
    for number in (1, 2, 3):
        view.field.choose(number)
        assert not view.grab().isNull()
    view.twin.setChecked(True)
    view.pane.choose(1)
    assert not view.grab().isNull()
    view.copy()
    assert "<img src=x>" in QGuiApplication.clipboard().text()


def test_names_keep_off_axes_and_tails() -> None:
    found = layout.dots([(placed(1, 0.3, 0.5), 1.0), (placed(2, 0.3, 0.7), 1.0)], PLOT, 1.0)
    lines = [QLineF(0, 250, 500, 250), QLineF(150, 150, 400, 160)]
    tags = names.tags(found, PLOT, lambda text: (7.0 * len(text), 16.0), lambda _dot: False, lines)
    assert len(tags) == 2
    assert not [1 for tag in tags for line in lines for box in names.along(line) if box.intersects(tag.box)]
    bare = names.tags(found, PLOT, lambda text: (7.0 * len(text), 16.0), lambda _dot: False)
    assert [1 for tag in bare for line in lines for box in names.along(line) if box.intersects(tag.box)]


def test_dots_at_the_ends_lie_inside_the_frame(view: QuadrantView) -> None:
    inner = layout.inner(PLOT, 1.0)
    for dot in layout.dots([(placed(1, 0, 1), 1.0), (placed(2, 1, 0), 1.0)], inner, 1.0):
        assert PLOT.contains(
            QRectF(dot.at.x() - dot.radius, dot.at.y() - dot.radius, 2 * dot.radius, 2 * dot.radius)
        )
    plot = view.field.plot()
    assert all(plot.contains(QRectF(dot.at.x() - dot.radius, dot.at.y() - dot.radius, 2 * dot.radius,
                                    2 * dot.radius)) for dot in view.field.dots)  # fmt: skip


def test_a_row_says_both_measures_and_wears_the_panes_ground(view: QuadrantView) -> None:
    row = view.pane.model.rows[0]
    spoken = view.pane.model.index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert row.name in spoken
    assert words.measures(row.now) in spoken
    assert words.both(row.now).startswith("success ")
    assert not view.pane.table.viewport().autoFillBackground()


def test_a_name_without_other_room_lies_over_a_tail_but_over_no_axis() -> None:
    found = layout.dots([(placed(1, 0.3, 0.5), 1.0)], PLOT, 1.0)
    everywhere = [QLineF(0, y, 500, y) for y in range(0, 500, 8)]
    measure = lambda text: (7.0 * len(text), 16.0)  # noqa: E731
    first = lambda _dot: True  # noqa: E731
    assert not names.tags(found, PLOT, measure, first, everywhere)
    (tag,) = names.tags(found, PLOT, measure, first, tails=everywhere)
    assert PLOT.contains(tag.box)


def test_every_account_of_the_corner_is_named(view: QuadrantView) -> None:
    field = view.field
    inside = [dot for dot in field.dots if dot.placed.corner == field.corner]
    room = field.plot()
    found = names.tags(
        field.dots, room, lambda text: (min(7.0 * len(text), room.width() / 3), 16.0),
        lambda dot: dot.placed.corner == field.corner, field.lines(), tails=field.tails(),
    )  # fmt: skip
    assert inside
    assert {id(dot) for dot in inside} <= {id(tag.dot) for tag in found}


def test_a_name_without_room_beside_its_dot_stands_further_off_on_a_leader() -> None:
    crowd = [
        (placed(n, 0.5 + n % 3 * 0.03, 0.5 + n // 3 * 0.03, f"Account number {n}"), 0.4) for n in range(9)
    ]
    found = layout.dots(crowd, PLOT, 1.0)
    tags = names.tags(found, PLOT, lambda text: (7.0 * len(text), 16.0), lambda _dot: False)
    assert len(tags) >= 7  # of nine dots on one heap
    led = [tag for tag in tags if tag.leader is not None]
    assert led
    boxes = [tag.box for tag in tags]
    assert not [1 for one, two in combinations(boxes, 2) if one.intersects(two)]
    for tag in led:
        assert tag.leader is not None
        others = [box for box in boxes if box is not tag.box]
        assert not [1 for part in names.along(tag.leader) for box in others if part.intersects(box)]


def test_the_pane_shows_every_account_while_there_is_room(view: QuadrantView) -> None:
    view.resize(1300, 900)
    view.show()
    table = view.pane.table
    view.pane.resize(360, 820)
    view.pane.layout().activate()
    assert table.maximumHeight() <= table.height() + 1


def test_the_tab_and_the_table_have_icons_of_their_own(view: QuadrantView) -> None:
    entry = views.entry("quadrant")
    assert entry is not None
    assert entry.icon != "table-2"
    icons.pixmap(entry.icon)


def test_no_leader_passes_a_dot_that_can_be_passed_by() -> None:
    """Names in the way of one another are tried in another order before a leader crosses somebody's dot."""
    places = [
        (0.70, 0.70),
        (0.70, 0.72),
        (0.72, 0.66),
        (0.70, 0.62),
        (0.70, 0.60),
        (0.66, 0.62),
        (0.60, 0.66),
    ]
    crowd = [(placed(n, x, y, f"Account number {n}"), 0.2) for n, (x, y) in enumerate(places)]
    found = layout.dots(crowd, PLOT, 1.0)
    tags = names.tags(found, PLOT, lambda text: (7.0 * len(text), 16.0), lambda _dot: False)
    assert len(tags) == len(crowd)
    for tag in tags:
        for part in names.along(tag.leader) if tag.leader is not None else []:
            for dot in found:
                apart = (dot.at - tag.dot.at).manhattanLength() > dot.radius + tag.dot.radius
                square = QRectF(
                    dot.at.x() - dot.radius, dot.at.y() - dot.radius, 2 * dot.radius, 2 * dot.radius
                )
                assert not (apart and part.intersects(square)), (tag.text, dot.placed.name)


def test_a_name_without_room_is_written_without_its_legal_form() -> None:
    name = "Quillmarsh Logistics Limited"
    room = QRectF(0, 0, 190, 60)
    found = layout.dots([(placed(1, 0.5, 0.5, name), 0.1)], room, 1.0)
    (tag,) = names.tags(found, room, lambda text: (8.0 * len(text), 16.0), lambda _dot: False)
    assert tag.text == "Quillmarsh Logistics"


def heap(middle: float) -> list[layout.Dot]:
    """Twelve dots on one heap around the place *middle* of both measures."""
    crowd = [
        (placed(n, middle + n % 4 * 0.02, middle + n // 4 * 0.02, f"Account number {n}"), 0.4)
        for n in range(12)
    ]
    return layout.dots(crowd, PLOT, 1.0)


def test_no_leader_leaves_the_field_of_its_dot() -> None:
    crowd = [
        (placed(n, 0.5 + n % 3 * 0.03, 0.5 + n // 3 * 0.03, f"Account number {n}"), 0.4) for n in range(9)
    ]
    found = layout.dots(crowd, PLOT, 1.0)
    led = 0
    for far in range(12, 100, 8):
        lines = [QLineF(250 - far, 0, 250 - far, 500), QLineF(0, 250 + far, 500, 250 + far)]
        for tag in names.tags(found, PLOT, lambda text: (7.0 * len(text), 16.0), lambda _dot: False, lines):
            if tag.leader is not None:
                led += 1
                assert tag.leader.p2().x() >= 250 - far
                assert tag.leader.p2().y() <= 250 + far
    assert led


def test_who_has_no_room_gets_a_number_and_stands_in_a_list() -> None:
    found = heap(0.47)
    lines = [QLineF(250, 0, 250, 500), QLineF(0, 250, 500, 250)]
    measure = lambda text: (7.0 * len(text), 16.0)  # noqa: E731
    tags = names.tags(found, PLOT, measure, lambda _dot: False, lines)
    assert len(tags) < len(found)
    marks, listed = numbers(
        found, tags, lambda _dot: QRectF(0, 0, 250, 250), lambda _dot: OUTSIDE, measure, lines=lines
    )
    assert {id(tag.dot) for tag in (*tags, *marks)} == {id(dot) for dot in found}
    assert [one.text for one in listed] == [f"{tag.text}  {tag.dot.placed.name}" for tag in marks]
    assert [tag.text for tag in marks] == [str(n + 1) for n in range(len(marks))]
    boxes = [one.box for one in (*tags, *listed)]
    assert not [1 for one, two in combinations(boxes, 2) if one.intersects(two)]
    assert all(QRectF(0, 0, 250, 250).contains(one.box) for one in listed)


def test_where_the_own_field_is_full_the_list_stands_elsewhere_or_nobody_is_numbered() -> None:
    (dot, *_rest) = found = heap(0.47)
    measure = lambda text: (7.0 * len(text), 16.0)  # noqa: E731
    tiny = QRectF(0, 0, 40, 40)
    marks, listed = numbers([dot], [], lambda _dot: tiny, lambda _dot: OUTSIDE, measure, lines=())
    assert marks
    assert OUTSIDE.contains(listed[0].box), "never in another field: a list there says where somebody stands"
    assert numbers([dot], [], lambda _dot: tiny, lambda _dot: tiny, measure, lines=()) == ([], [])
    assert numbers(found * 6, [], lambda _dot: PLOT, lambda _dot: PLOT, measure, lines=()) == ([], [])


def test_a_list_without_room_for_all_under_each_other_stands_in_pieces() -> None:
    found = heap(0.47)[:3]
    flat = QRectF(0, 0, 500, 30)
    marks, listed = numbers(
        found, [], lambda _dot: flat, lambda _dot: OUTSIDE, lambda text: (7.0 * len(text), 16.0), lines=()
    )
    assert len(marks) == len(listed) == 3
    assert all(flat.contains(one.box) for one in listed)
    assert not [1 for one, two in combinations(listed, 2) if one.box.intersects(two.box)]


def test_everybody_of_the_sample_is_named_or_numbered(view: QuadrantView) -> None:
    field = view.field
    field.resize(800, 640)
    room = field.plot()
    measure = lambda text: (min(7.0 * len(text), room.width() / 3), 16.0)  # noqa: E731
    tags = names.tags(field.dots, room, measure, lambda _dot: False, field.lines(), tails=field.tails())
    marks, _listed = numbers(
        field.dots, tags, field._field, field._outside, measure, lines=field.lines(), tails=field.tails()
    )
    assert {id(tag.dot) for tag in (*tags, *marks)} == {id(dot) for dot in field.dots}
