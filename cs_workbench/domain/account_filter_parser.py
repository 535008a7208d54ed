"""Reading the account filter: words to conditions, with the place of each and of everything that cannot be read."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from cs_workbench.domain import account_filter_values as values
from cs_workbench.domain import account_filter_words as words
from cs_workbench.domain.account_filter import (
    And,
    Clause,
    Code,
    Filter,
    Has,
    Is,
    Node,
    Not,
    Operand,
    Or,
    Part,
    Problem,
    Range,
)  # fmt: skip
from cs_workbench.domain.account_filter_values import Dates, Days, Money, Number, ValueFault
from cs_workbench.domain.account_filter_vocabulary import Vocabulary
from cs_workbench.domain.account_filter_words import ALIASES, BY_NAME, Key
from cs_workbench.domain.text import fold

__all__ = ["Vocabulary", "parse"]


def parse(text: str, vocabulary: Vocabulary, today: dt.date) -> Filter:
    """Read *text*. Conditions beside one another must all hold. Never raises: what is wrong is in ``problems``."""
    reader = _Reader(text, vocabulary, today)
    root = reader.whole()
    deep = [
        problem for problem in reader.problems if problem.code == "too_deep"
    ]  # what follows from it is no news
    return Filter(text, None if reader.problems else root, tuple(deep or reader.problems))


_OPS = "|".join(sorted(map(re.escape, words.OPS), key=len, reverse=True))
_DEEPEST = 50  # brackets and "not" inside one another; deeper ones would use up the interpreter's stack
_QUOTES = {'"': '"', "“": "”", "「": "」", "『": "』", "'": "'"}
_KEYED = re.compile(rf"""([^\s()<>=!:≤≥≦≧≠"“「『]+)\s*({_OPS})\s*""")
_WORD = re.compile(r"[^\s()]+")


@cache
def _after() -> re.Pattern[str]:
    """A key, a value and a comparison behind it; compiled when the first filter is read."""
    names = "|".join(sorted(map(re.escape, ALIASES), key=len, reverse=True))
    signs = "|".join(sorted(words.AFTER, key=len, reverse=True))
    return re.compile(rf"({names})が?\s*([+-]?[\d¥$€£][^\s()]*?)({signs})(?=[\s()]|$)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Token:
    """``kind`` is ( ) word quoted keyed; ``key`` and ``op`` are those of a keyed one, ``value`` its text."""

    kind: str
    start: int
    end: int
    value: str = ""
    key: str = ""
    op: str = ""
    value_at: int = 0


class _Reader:
    """A recursive descent over the tokens: or, and, not, condition."""

    def __init__(self, text: str, vocabulary: Vocabulary, today: dt.date) -> None:
        self.text = text.translate(words.NARROW)
        self.vocabulary = vocabulary
        self.today = today
        self.problems: list[Problem] = []
        self.tokens = self._scan()
        self.place = 0
        self.depth = 0

    def whole(self) -> Node | None:
        node = self._or()
        while self.place < len(self.tokens):  # a bracket that closes nothing: say so and read on
            stray = self.tokens[self.place]
            self._wrong("unopened", stray.start, stray.end)
            self.place += 1
            node = self._or() or node
        return node

    def _or(self) -> Node | None:
        nodes = [self._and()]
        while (joiner := self._next_word(words.OR)) is not None:
            if nodes[-1] is None and len(nodes) == 1:
                self._wrong("nothing_before", joiner.start, joiner.end)
            after = self._and()
            if after is None:
                self._wrong("nothing_after", joiner.start, joiner.end)
            nodes.append(after)
        found = tuple(node for node in nodes if node is not None)
        return _joined(Or, found)

    def _and(self) -> Node | None:
        nodes: list[Node] = []
        while True:
            joiner = self._next_word(words.AND)
            if joiner is not None and not nodes:
                self._wrong("nothing_before", joiner.start, joiner.end)
            node = self._not()
            if node is None:
                if joiner is not None:
                    self._wrong("nothing_after", joiner.start, joiner.end)
                    continue
                return _joined(And, tuple(nodes))
            nodes.append(node)

    def _not(self) -> Node | None:
        joiner = self._next_word(words.NOT)
        if joiner is None:
            return self._atom()
        if self.depth >= _DEEPEST:
            self._too_deep(joiner)
            return None
        self.depth += 1
        node = self._not()
        self.depth -= 1
        if node is None:
            self._wrong("nothing_after", joiner.start, joiner.end)
            return None
        return Not(node, joiner.start, node.end)

    def _atom(self) -> Node | None:
        token = self._token()
        if token is None or token.kind == ")" or _joins(token):
            return None
        self.place += 1
        if token.kind == "(":
            return self._bracket(token)
        if token.kind == "keyed":
            return self._keyed(token) or Clause("", "=", Part(""), token.start, token.end)
        if token.kind == "quoted" or token.value:
            return Clause("", "=", Part(fold(token.value)), token.start, token.end)
        return None

    def _bracket(self, opening: _Token) -> Node | None:
        if self.depth >= _DEEPEST:
            self._too_deep(opening)
            return None
        self.depth += 1
        node = self._or()
        self.depth -= 1
        closing = self._token()
        if closing is None or closing.kind != ")":
            self._wrong("unclosed", opening.start, opening.end)
            return node
        self.place += 1
        if node is None:
            self._wrong("nothing_after", opening.start, closing.end)
            return None
        return _moved(node, opening.start, closing.end)

    def _too_deep(self, token: _Token) -> None:
        """Nothing behind it is read."""
        self._wrong("too_deep", token.start, token.end)
        self.place = len(self.tokens)

    def _keyed(self, token: _Token) -> Clause | None:
        name = ALIASES.get(token.key.casefold())
        if name is None:
            self._wrong("unknown_key", token.start, token.start + len(token.key), _near(token.key, ALIASES))
            return None
        if not token.value:
            self._wrong("value_missing", token.start, token.end)
            return None
        key, op = BY_NAME[name], words.OPS.get(token.op) or words.AFTER[token.op]
        if key.kind in ("choice", "free", "text") and op not in ("=", "!="):
            self._wrong("no_comparison", token.start, token.end, (f"{token.key}:{token.value}",))
            return None
        try:
            value = self._value(key, token)
        except ValueFault as fault:
            self._wrong(_CODES[fault.code], token.value_at, token.end)
            return None
        if value is None:
            return None
        if op not in ("=", "!=") and isinstance(value, Range | Has):
            self._wrong("no_range", token.start, token.end, (f"{token.key}:{token.value}",))
            return None
        return Clause(key.name, op, value, token.start, token.end)

    def _value(self, key: Key, token: _Token) -> Operand | None:
        bare = token.value.casefold()
        if bare in words.UNKNOWN and key.name != "band":
            return Has(known=False)
        if bare in words.KNOWN:
            return Has(known=True)
        if key.kind == "text":
            return Part(fold(token.value))
        if key.kind in ("choice", "free"):
            return self._list(key, token)
        for sign in words.RANGE:
            low, found, high = token.value.partition(sign)
            if found and low and high:
                return _range(self._single(key, low), self._single(key, high))
        return self._single(key, token.value)

    def _single(self, key: Key, text: str) -> Number | Money | Days | Dates:
        if key.kind == "number":
            return values.number(text)
        if key.kind == "money":
            return values.money(text)
        return values.day(text, self.today)

    def _list(self, key: Key, token: _Token) -> Is | None:
        spellings = self._spellings(key)
        found, at = [], token.value_at
        for text in re.split(r"[,、]", token.value):
            bare = text.strip().casefold()
            if bare in words.UNKNOWN and key.name != "band":
                found.append("")
            elif key.name == "owner" and bare in words.ME and not self._is_owner(bare):
                if not self.vocabulary.me:
                    self._wrong("me_unknown", at, at + len(text))
                    return None
                found.append(self.vocabulary.me)
            elif key.kind == "free":
                found.append(text.strip().removeprefix("#"))
            elif bare in spellings:
                found.append(spellings[bare])
            else:
                plain = {word: name for word, name in spellings.items() if " " not in word}
                self._wrong("unknown_value", at, at + len(text), _near(bare, plain) or tuple(plain)[:4])
                return None
            at += len(text) + 1
        return Is(tuple(found))

    def _is_owner(self, word: str) -> bool:
        """Whether somebody is called "me": then that is meant as long as nobody has said who "me" is."""
        return not self.vocabulary.me and any(fold(owner) == word for owner in self.vocabulary.owners)

    def _spellings(self, key: Key) -> dict[str, str]:
        tables = {
            "band": words.BANDS,
            "touch": words.TOUCH,
            "stage": self.vocabulary.stages,
            "tier": self.vocabulary.tiers,
        }
        return {
            spelling.translate(words.NARROW).casefold(): name
            for spelling, name in tables.get(key.name, {}).items()
        }

    def _scan(self) -> list[_Token]:
        tokens: list[_Token] = []
        place = 0
        while place < len(self.text):
            if self.text[place].isspace():
                place += 1
                continue
            token = self._token_at(place)
            tokens.append(token)
            place = max(token.end, place + 1)
        return tokens

    def _token_at(self, place: int) -> _Token:
        mark = self.text[place]
        if mark in "()":
            return _Token(mark, place, place + 1, mark)
        if mark in _QUOTES:
            value, end = self._quoted(place)
            return _Token("quoted", place, end, value)
        if mark in "-!" and place + 1 < len(self.text) and not self.text[place + 1].isspace():
            return _Token("word", place, place + 1, "not")
        if tail := _after().match(self.text, place):
            return _Token("keyed", place, tail.end(), tail[2], tail[1], tail[3], tail.start(2))
        keyed = _KEYED.match(self.text, place)
        if keyed is not None:
            value, end = self._value_text(keyed.end())
            return _Token("keyed", place, end, value, keyed[1], keyed[2], keyed.end())
        if mark == "#" and (tag := _WORD.match(self.text, place + 1)):
            return _Token("keyed", place, tag.end(), tag[0], "tag", ":", place + 1)
        found = _WORD.match(self.text, place)
        return _Token("word", place, found.end() if found else place + 1, found[0] if found else mark)

    def _value_text(self, place: int) -> tuple[str, int]:
        if place < len(self.text) and self.text[place] in _QUOTES:
            return self._quoted(place)
        found = _WORD.match(self.text, place)
        if found is None or found[0].casefold() in words.AND | words.OR:
            return "", len(self.text[:place].rstrip())
        return found[0], found.end()

    def _quoted(self, place: int) -> tuple[str, int]:
        end = self.text.find(_QUOTES[self.text[place]], place + 1)
        if end < 0:
            self._wrong("unclosed_quote", place, len(self.text))
            return self.text[place + 1 :], len(self.text)
        return self.text[place + 1 : end], end + 1

    def _token(self) -> _Token | None:
        return self.tokens[self.place] if self.place < len(self.tokens) else None

    def _next_word(self, wanted: frozenset[str]) -> _Token | None:
        token = self._token()
        if token is None or token.kind != "word" or token.value.casefold() not in wanted:
            return None
        self.place += 1
        return token

    def _wrong(self, code: Code, start: int, end: int, choices: tuple[str, ...] = ()) -> None:
        self.problems.append(Problem(code, start, end, self.text[start:end], choices))


_CODES: Mapping[str, Code] = {
    "not_a_number": "not_a_number",
    "not_money": "not_money",
    "not_a_day": "not_a_day",
}


def _joins(token: _Token) -> bool:
    return token.kind == "word" and token.value.casefold() in words.AND | words.OR


def _joined(kind: type[And | Or], nodes: tuple[Node, ...]) -> Node | None:
    if len(nodes) < 2:
        return nodes[0] if nodes else None
    return kind(nodes, nodes[0].start, nodes[-1].end)


def _moved(node: Node, start: int, end: int) -> Node:
    """The node in its brackets: the brackets belong to it, and what they hold together stays together."""
    if isinstance(node, Clause):
        return Clause(node.key, node.op, node.value, start, end)
    if isinstance(node, Not):
        return Not(node.node, start, end)
    return type(node)(node.nodes, start, end)


def _range(low: Number | Money | Days | Dates, high: Number | Money | Days | Dates) -> Range:
    """In the order of their sizes, whichever way round they were typed."""
    if isinstance(low, Number) and isinstance(high, Number) and low.value > high.value:
        return Range(high, low)
    if isinstance(low, Money) and isinstance(high, Money):
        currency = low.currency or high.currency
        first, last = sorted((low.value, high.value))
        return Range(Money(first, currency), Money(last, currency))
    if isinstance(low, Dates) and isinstance(high, Dates) and low.first > high.first:
        return Range(high, low)
    return Range(low, high)


def _near(text: str, known: Mapping[str, object]) -> tuple[str, ...]:
    import difflib  # only for a fault, and it takes milliseconds of start-up

    return tuple(difflib.get_close_matches(text.casefold(), list(known), n=3, cutoff=0.6))
