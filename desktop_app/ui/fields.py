"""What the kinds of texts, languages and channels are called on screen."""

from __future__ import annotations

from typing import Any

from desktop_app.records import FIELDS, Field
from desktop_app.words import _

_FIELDS: dict[Field, str] = {
    "description": "Description",
    "title": "Title",
    "bullets": "Bullet points",
    "points": "Selling points",
    "seo": "Search engine text",
    "keywords": "Search words",
    "alt": "Picture description",
    "reviews": "What customers say",
}
_LANGUAGES = {
    "en": "English", "zh": "Chinese", "de": "German", "fr": "French", "es": "Spanish", "it": "Italian",
    "pt": "Portuguese", "nl": "Dutch", "ja": "Japanese", "ko": "Korean", "ru": "Russian", "pl": "Polish",
    "sv": "Swedish", "tr": "Turkish",
}  # fmt: skip


def field(name: str) -> str:
    """Return what texts of this kind are called."""
    if name.startswith("reply:"):
        return _("Answer to a review")
    return _(_FIELDS.get(name, name))  # type: ignore[call-overload]


def fields() -> list[tuple[str, str]]:
    """Return every kind of text with what it is called."""
    return [(name, field(name)) for name in FIELDS]


def language(code: str) -> str:
    """Return what a language is called."""
    return _(_LANGUAGES[code]) if code in _LANGUAGES else code


def channels(packs: Any = None) -> list[tuple[str, str]]:
    """Return the channels whose limits hold in a shop with these rule packs, and first of all none."""
    from desktop_app.language import limits
    from desktop_app.language.packs import SHIPPED

    return [("", _("No channel"))] + [(channel.id, channel.label) for channel in limits.channels(packs or SHIPPED)]


def channel(name: str, packs: Any = None) -> str:
    """Return what a channel is called; one whose limits do not hold goes by its short name."""
    return dict(channels(packs)).get(name, name) if name else ""


def words() -> tuple[str, ...]:
    """Name the words above, so that they are translated."""
    return (
        _("Description"), _("Title"), _("Bullet points"), _("Selling points"), _("Search engine text"),
        _("Search words"), _("Picture description"), _("What customers say"), _("English"), _("Chinese"),
        _("German"), _("French"), _("Spanish"), _("Italian"), _("Portuguese"), _("Dutch"), _("Japanese"), _("Korean"),
        _("Russian"), _("Polish"), _("Swedish"), _("Turkish"),
    )  # fmt: skip
