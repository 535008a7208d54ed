"""The success map of a persona: accounts as cards on their step, moved by hand."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from cs_workbench.i18n import _, language, ngettext
from cs_workbench.services import persona_templates, success_board
from cs_workbench.services.printing import Printable
from cs_workbench.services.success_board import Board
from cs_workbench.ui import theme as themes
from cs_workbench.ui.desk import Desk
from cs_workbench.ui.page import Verbs
from cs_workbench.ui.pages.success import board_history, board_menus, board_paper
from cs_workbench.ui.pages.success import board_words as words
from cs_workbench.ui.pages.success.board_acts import BoardActs
from cs_workbench.ui.pages.success.board_canvas import BoardCanvas
from cs_workbench.ui.pages.success.board_foot import BoardFoot
from cs_workbench.ui.pages.success.board_questions import AccountsQuestion, WantQuestion
from cs_workbench.ui.pages.success.board_start import PersonaStart
from cs_workbench.ui.pages.success.chooser import Chooser
from cs_workbench.ui.pages.success.map_editor import MapEditor
from cs_workbench.ui.pages.success.persona_editor import PersonaEditor
from cs_workbench.ui.pages.success.view import SuccessView
from cs_workbench.ui.widgets.button import Button
from cs_workbench.ui.widgets.chip import Chip
from cs_workbench.ui.widgets.empty import EmptyState
from cs_workbench.ui.widgets.label import Label


class MapView(SuccessView):
    """``open(persona_id=…, account_id=…)`` shows that persona's map, that account's card."""

    id: ClassVar[str] = "map"
    cares_about: ClassVar[frozenset[str]] = frozenset(
        ("persona", "success_map", "map_step", "success_means", "map_place", "account", "contract", "currency_rate",
         "snapshot", "health_call", "reading", "metric", "success_plan", "objective", "objective_reading",
         "training_session", "training_attendee", "setting")
    )  # fmt: skip

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.board: Board | None = None
        self.persona_id: int | None = None
        self._wanted: int | None = None
        self.acts = BoardActs(desk, self.refresh)
        self.chooser = Chooser()
        self.people = Button(icon="users")
        self.edit = Button(icon="pencil")
        self.definition = Label("", "body", "text.secondary", elide=True)
        self.count = Chip("", "outline")
        self.without = Chip("", "plain", icon="plus")
        self.stuck = Chip("", "red", icon="clock-alert")
        self.canvas = BoardCanvas()
        self.foot_bar = BoardFoot()
        self.start = PersonaStart()
        self.blank = QWidget()
        self.no_map = EmptyState("map", "", "x", self.edit_map, act_icon="plus")
        self.ground = QWidget()
        self._lay_out()
        self._connect()
        self.retranslate()

    def _lay_out(self) -> None:
        theme = themes.current()
        head = QHBoxLayout()
        head.setContentsMargins(theme.px(24), theme.px(12), theme.px(24), theme.px(12))
        head.setSpacing(theme.px(8))
        head.addWidget(self.definition, 1)
        for chip in (self.count, self.without, self.stuck):
            head.addWidget(chip)
        self.count.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.count.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        lanes = QHBoxLayout()
        lanes.setContentsMargins(theme.px(24), 0, theme.px(24), theme.px(16))
        lanes.addWidget(self.canvas)
        column = QVBoxLayout(self.ground)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addLayout(lanes, 1)
        column.addWidget(self.foot_bar)
        self._stack = QStackedLayout(self)
        for one in (self.blank, self.ground, self.start, self.no_map):
            self._stack.addWidget(one)

    def _connect(self) -> None:
        self.chooser.clicked.connect(lambda: board_menus.choose_persona(self.chooser, self))
        self.people.clicked.connect(self.edit_personas)
        self.edit.clicked.connect(self.edit_map)
        self.without.clicked.connect(self.add_accounts)
        self.stuck.clicked.connect(self._go_stuck)
        self.start.started.connect(self._begin)
        self.canvas.chosen.connect(self._show_foot)
        self.canvas.moved.connect(self._on_moved)
        self.canvas.opened.connect(self.desk.open_account)
        self.foot_bar.history.clicked.connect(lambda: board_history.show_moves(self))
        self.canvas.menued.connect(lambda at: board_menus.show_card(self, at))

    def beside(self) -> list[QWidget]:
        """Whose map it is."""
        return [self.chooser]

    def buttons(self) -> list[QWidget]:
        """Personas, and the map."""
        return [self.people, self.edit]

    def fact(self) -> str:
        """How much of all revenue is covered."""
        return "" if self.board is None else words.fact(self.board)

    def foot(self) -> int:
        """The bar under the board."""
        return self.foot_bar.height() if self._stack.currentWidget() is self.ground else 0

    def open(self, **arguments: object) -> None:
        """Which persona, which card."""
        persona, account = arguments.get("persona_id"), arguments.get("account_id")
        self._wanted = account if isinstance(account, int) else None
        if isinstance(persona, int):
            self.show_persona(persona)

    def standing(self) -> dict[str, object]:
        """The persona and the card."""
        card = self.canvas.card()
        return {"persona_id": self.persona_id, "account_id": None if card is None else card.account_id}

    def refresh(self) -> None:
        """Read the board in the background."""
        reads, today, persona = self.desk.workbench.reads, self.desk.today(), self.persona_id
        self.desk.tasks.run(lambda: success_board.load(reads, today, persona), done=self._fill, latest=self)

    def retranslate(self) -> None:
        """Every fixed text again."""
        self.people.setText(_("Personas"))
        self.edit.setText(_("Edit map"))
        self.canvas.setAccessibleName(_("Success map: steps from left to right, accounts as cards"))
        self.no_map.say(_("This persona has no map yet: its steps to success."), _("Draw the map"))
        if self.board is not None:
            self._fill(self.board)

    def verbs(self) -> Verbs:
        """What the keys do here."""
        found: dict[str, Callable[[], object]] = {"new_row": self.new_persona}
        if self.board is None or self.board.persona is None:
            return found
        found["edit"] = self.edit_map
        if not self.board.lanes:
            return found
        found |= {
            "new_row": self.add_accounts, "add_accounts": self.add_accounts, "copy_rows": self.copy,
            "next_row": lambda: self.canvas.step(0, 1), "previous_row": lambda: self.canvas.step(0, -1),
        }  # fmt: skip
        if self.canvas.card() is not None:
            found |= {
                "open_row": self.open_row, "wanted_step": self.ask_wanted, "log_contact": self.log_contact,
                "start_playbook": self.start_playbook, "move_on": lambda: self.canvas.push(1),
                "move_back": lambda: self.canvas.push(-1),
            }  # fmt: skip
        return found

    def first_focus(self) -> QWidget | None:
        """The board, or what there is to begin with."""
        shown = self._stack.currentWidget()
        if shown is self.start and self.start.buttons:
            return self.start.buttons[0]
        return self.no_map.button if shown is self.no_map else self.canvas

    def printable(self) -> Printable | None:
        """Every card as a line."""
        return board_paper.printable(self.board, self.desk)

    def show_persona(self, persona_id: int) -> None:
        """Show another persona's map."""
        self.persona_id = persona_id
        self.canvas.spot = None
        self.look_again()

    def open_row(self) -> None:
        """The account's page."""
        card = self.canvas.card()
        if card is not None:
            self.desk.open_account(card.account_id)

    def log_contact(self) -> None:
        """The quick log about the chosen account."""
        board_menus.log_contact(self)

    def start_playbook(self) -> None:
        """Which playbook for the chosen account."""
        board_menus.start_playbook(self)

    def ask_wanted(self) -> None:
        """Where the chosen account wants to be, and by when."""
        card, board = self.canvas.card(), self.board
        if card is not None and board is not None:
            question = WantQuestion(card, board, self.window())
            question.answered.connect(lambda step, by: self.acts.want(card, step, by))
            question.ask(self.canvas.corner(), self.window())

    def add_accounts(self) -> None:
        """Which accounts without a persona belong here."""
        board = self.board
        if board is None or board.persona is None:
            return
        persona, without = board.persona, board.coverage.without
        if not without:
            self.desk.tell(_("Every account has a persona."))
            return
        title = _("Accounts for {persona}").format(persona=persona.name)
        question = AccountsQuestion(title, without, board.currency, self.window())
        question.answered.connect(lambda chosen: self.acts.give(chosen, persona.id, without=without))
        question.ask(self.without.mapToGlobal(self.without.rect().bottomRight()), self.window())
        question.finder.setFocus()

    def new_persona(self) -> None:
        """The personas, with the field for a new name."""
        PersonaEditor(self.desk, self.window(), None, self.show_persona).begin(new=True)

    def edit_personas(self) -> None:
        """The personas."""
        PersonaEditor(self.desk, self.window(), self.persona_id, self.show_persona).begin()

    def edit_map(self) -> None:
        """Draw the map anew."""
        if self.board is not None and self.board.persona is not None:
            MapEditor(self.desk, self.window(), self.board.persona.id).begin()

    def copy(self) -> None:
        """Every card as tab-separated text on the clipboard."""
        if self.board is not None:
            board_paper.copy(self.board, self.desk)

    def _fill(self, board: Board) -> None:
        self.board = board
        persona = board.persona
        self.persona_id = None if persona is None else persona.id
        self.chooser.setVisible(persona is not None and self.chooser.parent() is not None)
        self.edit.setEnabled(persona is not None)
        if persona is None:
            self.start.offer(persona_templates.templates(language()))
            self._stack.setCurrentWidget(self.start)
        else:
            version = "" if persona.version is None else _("version {n}, since {date}").format(
                n=persona.version, date=words.short_day(persona.made_on, board.today)
            )  # fmt: skip
            self.chooser.say(persona.name, version, _("Persona"))
            self._stack.setCurrentWidget(self.ground if board.lanes else self.no_map)
        self._show_head(board)
        self.canvas.show_board(board)
        if self._wanted is not None and self.canvas.choose(self._wanted):
            self._wanted = None
        self._show_foot()
        self.fact_changed.emit()

    def _show_head(self, board: Board) -> None:
        says = board.persona.definition if board.persona is not None else ""
        self.definition.setText(_("Definition of success: “{text}”").format(text=says) if says else "")
        count, free = len(board.cards), len(board.coverage.without)
        self.count.setText(ngettext("{n} account", "{n} accounts", count).format(n=f"{count:,}"))
        self.without.setText(_("{n} without a persona").format(n=f"{free:,}"))
        self.without.setVisible(free > 0)
        self.stuck.setText(words.stuck(board))
        self.stuck.setVisible(board.stuck > 0)

    def _show_foot(self) -> None:
        self.foot_bar.show_card(self.canvas.card(), self.canvas.board, self.canvas.hovered_lane())

    def _on_moved(self, account_id: int, lane: int) -> None:
        if self.board is not None:
            before = next((one for one in self.board.cards if one.account_id == account_id), None)
            self.acts.move(self.board, before, account_id, lane)

    def _go_stuck(self) -> None:
        self.canvas.choose_stuck()
        self.canvas.setFocus()

    def _begin(self, key: str) -> None:
        self.acts.start(key, self.show_persona) if key else self.new_persona()
