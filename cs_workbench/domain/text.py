"""Text as people mean it: folding for search and name matching (width, kana, variants, company forms)."""

from __future__ import annotations

import itertools
import re
import unicodedata
from functools import cache, lru_cache

_KATAKANA = {code: code - 0x60 for code in range(ord("ァ"), ord("ヶ") + 1)}
_DROPPED = dict.fromkeys(map(ord, "ー‐‑‒–—―−-・･"))
_VARIANTS = {
    ord(rare): common
    for rare, common in zip(
        "髙﨑碕嵜邊邉齋齊斎濵濱澤廣國德惠淵淸靑栁桒槗舘與藏嶋嶌",
        "高崎崎崎辺辺斉斉斉浜浜沢広国徳恵渕清青柳桑橋館与蔵島島",
        strict=True,
    )
}
_TABLE = {**_KATAKANA, **_DROPPED, **_VARIANTS}
_CONTROL = re.compile(  # controls, format marks, lone surrogates and non-characters: nothing a person can see
    r"[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ud800-\udfff\ufeff\ufff9-\ufffb\ufffe\uffff]+"
)
_UNSEEN = f"(?![\t\n\r]){_CONTROL.pattern.removesuffix('+')}"
LONGEST_NAME = 300
_SPACE = re.compile(r"\s+")
_SHORT_FORM = {
    "株": "株式会社", "有": "有限会社", "合": "合同会社", "資": "合資会社", "名": "合名会社",
    "財": "財団法人", "社": "社団法人", "学": "学校法人", "医": "医療法人", "特非": "特定非営利活動法人",
}  # fmt: skip
_SHORT = re.compile(r"\((株|有|合|資|名|財|社|学|医|特非)\)")
_LEGAL_JA = (
    r"(一般|公益)?(株式会社|有限会社|合同会社|合資会社|合名会社|財団法人|社団法人|学校法人|特定非営利活動法人)"
    r"|医療法人(社団|財団)?|社会福祉法人|宗教法人|(国立|公立)大学法人|(地方)?独立行政法人|(税理士|弁護士|監査)法人"
)
_LEGAL_LATIN = (
    r"[\s,]+(co\.?,?\s*ltd|company limited|k\.?\s?k|inc|incorporated|corp|corporation|ltd|limited|llc|l\.l\.c"
    r"|llp|plc|gmbh|ag|s\.?a\.?s?|s\.?r\.?l|b\.?v|n\.?v|pte|pty|oy|ab|company|co)\.?(?=$|[\s,])"
)
_LEGAL_SHOWN = rf"[㈱㈲]|[(（](株|有|合|財|社|学|医)[)）]|{_LEGAL_JA}|(?i:{_LEGAL_LATIN})"


@cache
def _pattern(source: str) -> re.Pattern[str]:
    """*source* compiled when it is first needed: a list of accounts opens without."""
    return re.compile(source)


def seen(text: str) -> str:
    """*text* as it is stored: without controls, reversed writing and zero-width marks, which make one name look like
    another; line ends and tabs stay.
    """
    return text if text.isprintable() else _pattern(_UNSEEN).sub("", text)


def name_of(text: str) -> str:
    """A name, title or tag as it is stored: one line of what can be seen, at most ``LONGEST_NAME`` characters."""
    return _SPACE.sub(" ", seen(text)).strip()[:LONGEST_NAME].rstrip()


def fold(text: str) -> str:
    """Fold *text* for comparing and searching: NFKC, case, katakana to hiragana, long marks and dashes
    dropped, name variants (髙→高), company short forms (㈱→株式会社), controls out, white space single.
    """
    if text.isascii():  # what is left to do there, in a fifth of the time
        return " ".join(_CONTROL.sub(" ", text).lower().replace("-", "").split())
    folded = unicodedata.normalize("NFKC", _CONTROL.sub(" ", text)).casefold().translate(_TABLE)
    folded = unicodedata.normalize("NFKC", folded)  # what the dropped marks had kept apart may compose now
    # A dropped dash or a case fold can leave a letter beside a mark it combines with.
    folded = unicodedata.normalize("NFKC", folded)
    folded = _SHORT.sub(lambda found: _SHORT_FORM[found[1]], folded)
    return _SPACE.sub(" ", folded).strip()


@lru_cache(maxsize=1024)  # an import asks for the key of one name half a dozen times in a row
def name_key(name: str) -> str:
    """The key two spellings of one company share: folded, legal form and spaces taken out.

    ``name_key("㈱アオバ") == name_key("あおば 株式会社")``. A name that is nothing but a legal form keeps it.
    """
    folded = fold(name)
    bare = _pattern(_LEGAL_JA).sub("", folded)
    previous = None
    while previous != bare:
        previous = bare
        bare = _pattern(_LEGAL_LATIN).sub("", bare).strip(" ,.")
    key = bare.replace(" ", "")
    return key or folded.replace(" ", "")


def without_legal_form(name: str) -> str:
    """*name* as it is written, its legal form left out where room is short; a name that is nothing else keeps it."""
    return _pattern(_LEGAL_SHOWN).sub("", name).strip(" ,.\u3000") or name


def grams(folded: str) -> str:
    """The distinct one- and two-character pieces of a folded text, space-separated: the short-word index."""
    pieces: set[str] = set()
    for word in folded.split(" "):
        pieces.update(word)
        pieces.update(map("".join, itertools.pairwise(word)))
    return " ".join(pieces)
