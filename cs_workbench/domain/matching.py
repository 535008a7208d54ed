"""Rules by which two spellings of one customer are recognised: domains, name keys, likeness."""

from __future__ import annotations

import re

FUZZY_FROM = 90.0
"""Likeness (0–100) from which a name is offered to the user as the same account; below it is another one."""

FREE_MAIL = frozenset(
    [
        "aol.com",
        "au.com",
        "biglobe.ne.jp",
        "docomo.ne.jp",
        "excite.co.jp",
        "ezweb.ne.jp",
        "fastmail.com",
        "gmail.com",
        "gmx.com",
        "gmx.de",
        "gmx.net",
        "googlemail.com",
        "hotmail.co.jp",
        "hotmail.com",
        "hotmail.fr",
        "i.softbank.jp",
        "icloud.com",
        "infoseek.jp",
        "k.vodafone.ne.jp",
        "laposte.net",
        "live.com",
        "live.jp",
        "mac.com",
        "mail.com",
        "mail.ru",
        "me.com",
        "msn.com",
        "naver.com",
        "nifty.com",
        "ocn.ne.jp",
        "orange.fr",
        "outlook.com",
        "outlook.jp",
        "plala.or.jp",
        "proton.me",
        "protonmail.com",
        "qq.com",
        "rocketmail.com",
        "softbank.ne.jp",
        "so-net.ne.jp",
        "t-online.de",
        "web.de",
        "yahoo.co.jp",
        "yahoo.co.uk",
        "yahoo.com",
        "yahoo.fr",
        "yahoo.ne.jp",
        "yandex.ru",
        "ybb.ne.jp",
        "ymail.com",
        "zoho.com",
        "example.com",
        "example.org",
        "example.net",
    ]
)
"""Domains that many companies share: they say nothing about whose customer somebody is."""

SHORT_FORMS = {
    "信金": "信用金庫",
    "信組": "信用組合",
    "労金": "労働金庫",
    "農協": "農業協同組合",
    "漁協": "漁業協同組合",
    "生協": "生活協同組合",
    "商議所": "商工会議所",
    "高校": "高等学校",
    "医大": "医科大学",
}
"""Kinds of organisation as they are shortened inside Japanese names."""
_HEAD, _HEAD_LATIN = 3, 6

_SCHEME = re.compile(r"^[a-z][a-z0-9+.-]*://", re.IGNORECASE)
_HOST = re.compile(
    r"^(?=.{4,253}$)([a-z0-9_\u0080-\uffff]([a-z0-9_\u0080-\uffff-]*[a-z0-9_\u0080-\uffff])?\.)+[a-z\u0080-\uffff]{2,63}$"
)


def domain_of(text: str) -> str | None:
    """The bare domain of a mail address, web address or domain: lower case, no ``www.``; None if there is none."""
    host = _SCHEME.sub("", text.strip().lower())
    host = re.split(r"[/?#]", host, maxsplit=1)[0].rsplit("@", 1)[-1]
    host = host.split(":", 1)[0].removeprefix("www.").rstrip(".")
    return host if _HOST.match(host) else None


def company_domain(text: str) -> str | None:
    """:func:`domain_of`, but None for free-mail and provider domains that many companies share."""
    domain = domain_of(text)
    return None if domain is None or domain in FREE_MAIL else domain


def clearly_different(one: str, other: str, likeness: float) -> bool:
    """Whether two name keys under one id cannot be spellings of the same name (neither holds the other, unlike)."""
    return likeness < FUZZY_FROM and one not in other and other not in one


def long_form(key: str) -> str:
    """A name key with its short forms written out: みなと信金 → みなと信用金庫."""
    if key.isascii():
        return key
    for short, whole in SHORT_FORMS.items():
        key = key.replace(short, whole)
    return key


def head(key: str) -> str:
    """What a name key and a shortened form of it begin with alike: three characters, six where they are Latin letters,
    which say less each. "" for a name that is shorter than that.
    """
    length = _HEAD_LATIN if key[:_HEAD].isascii() else _HEAD
    return key[:length] if len(key) >= length else ""


def shortens(one: str, other: str) -> bool:
    """Whether one of two name keys in long form may be the other, shortened: both begin alike, and one holds the
    letters of the other in order.
    """
    if one == other:
        return True
    short, long = sorted((one, other), key=len)
    if not head(short) or head(short) != head(long):
        return False
    rest = iter(long)
    return all(letter in rest for letter in short)
