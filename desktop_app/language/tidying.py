"""Titles as shop systems hold them, made fit to be spoken of: no markup, no emoji, no shouting, no praise for its own sake."""

from __future__ import annotations

import html
import re

from desktop_app.language import markup

# Pictures among letters, with what joins and colours them; ©, ® and ™ are letters of a name.
_EMOJI = re.compile(
    "[\U0001f000-\U0001faff\u2600-\u27bf\u2b00-\u2bff\u231a-\u23ff\u25a0-\u25ff\ufe0f\u200d\U000e0020-\U000e007f]+"
)
_TAG = re.compile(r"</?[A-Za-z][^<>]*>")
# What a title calls out to be seen, and no shopkeeper says of the thing.
_CALLS = re.compile(
    r"(?i)^(?:(?:brand|all)?[- ]?new(?: arrivals?)?(?: in)?|hot(?: sale| item)?|(?:on |big |flash )?sale|(?:best|great|perfect|lovely)? ?gift"
    r"s?|best ?seller|free (?:shipping|delivery|p&p)|limited(?: time| offer| edition)?|special offer|clearance|wow|look|must have"
    r"|in stock|fast (?:shipping|delivery)|top quality|20\d\d|now only|only today)$"
)
_CALLS_ZH = re.compile(
    r"(?:20\d\d年?)?(?:爆款|新款|网红款?|热卖|热销|包邮|正品|特价|清仓|秒杀|促销|亏本|厂家直销|直播专享|抖音同款|限时|现货)"
)
_PARTS = re.compile(r"\s*(?:[!！*~★☆|｜]+|\s[–—-]\s)\s*")


def title(text: str) -> str:
    """Return a title without markup, emoji and what it only calls out; in the capitals of a title, not of a shout."""
    plain = without_pictures(unmarked(text))
    plain = re.sub(r"\s+", " ", plain).strip()
    parts = [part.strip() for part in _PARTS.split(plain) if part.strip()]
    kept = [part for part in parts if not _CALLS.match(part)]
    if kept and len(kept) < len(parts):
        plain = " – ".join(kept)
    elif kept:
        plain = re.sub(r"[!！*★☆]+$|^[*★☆]+", "", plain).strip()
    if bare := _CALLS_ZH.sub("", plain).strip():
        plain = bare
    return _calmed(plain)


def unmarked(text: str) -> str:
    """Return a text without tags and entities."""
    return markup.to_text(text).strip() if _TAG.search(text) else html.unescape(text)


def without_pictures(text: str) -> str:
    """Return a text without emoji."""
    if not _EMOJI.search(text):
        return text
    text = re.sub(rf"(?<=[\u4e00-\u9fff])\s*{_EMOJI.pattern}\s*|\s*{_EMOJI.pattern}\s*(?=[\u4e00-\u9fff])", "", text)
    return re.sub(r" {2,}", " ", _EMOJI.sub(" ", text)).strip()


def _calmed(text: str) -> str:
    """Return a title that is all capitals in the capitals of a title; a short one may be a name: IKEA, WD-40."""
    words = re.findall(r"[A-Za-z]{4,}", text)
    if len(words) < 2 or not all(word.isupper() for word in words) or re.search(r"[a-z]", text):
        return text
    return re.sub(r"[A-Za-z][A-Za-z'’]*", lambda w: w[0] if len(w[0]) < 3 else w[0].capitalize(), text)
