"""Words for people, in their language: a thin door to gettext that every room may use."""

from __future__ import annotations

import gettext
import locale
import os
from functools import cache
from pathlib import Path

from desktop_app import paths

LANGUAGES = {"en": "English", "zh": "简体中文"}

_current: gettext.NullTranslations = gettext.NullTranslations()
_language = "en"


def use(language: str) -> None:
    """Speak ``language`` ("en" or "zh") from now on; an unknown one falls back to English."""
    global _current, _language
    _language = language if language in LANGUAGES else "en"
    catalogue = paths.assets() / "locale" / _language / "zhanggui.mo"
    if _language == "en" or not catalogue.exists():
        _current = gettext.NullTranslations()
        return
    with catalogue.open("rb") as file:
        _current = gettext.GNUTranslations(file)


def language() -> str:
    """Return the language in use, "en" or "zh"."""
    return _language


def system_language() -> str:
    """Return the language this machine speaks, "zh" or "en"."""
    named = os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG") or ""
    if not named:
        named = locale.getlocale()[0] or ""
    return "zh" if named.lower().startswith(("zh", "chinese")) else "en"


def _(message: str, /, **params: object) -> str:
    """Translate ``message`` and fill its ``{names}``; an empty message stays empty."""
    text = _current.gettext(message) if message else ""
    return text.format(**params) if params else text


def several(one: str, many: str, count: int, /, **params: object) -> str:
    """Translate the singular or plural form for ``count``, which fills ``{count}``."""
    return _current.ngettext(one, many, count).format(count=count, **params)


def every(message: str, /) -> tuple[str, ...]:
    """Return ``message`` in every language the program speaks, English first, so that a search finds it by any name."""
    found = [message]
    for spoken in LANGUAGES:
        catalogue = paths.assets() / "locale" / spoken / "zhanggui.mo"
        if spoken != "en" and catalogue.exists():
            found.append(_loaded(str(catalogue)).gettext(message))
    return tuple(found)


def retold(said: str, /, **params: object) -> str:
    """Return a sentence that was kept in another language in the one in use; one that nobody knows, as it stands."""
    template = said
    for name, value in params.items():
        if str(value):
            template = template.replace(str(value), f"{{{name}}}")
    message = _backwards().get(template, template)
    return _(message, **params) if message != template or _current.gettext(message) != message else said


@cache
def _backwards() -> dict[str, str]:
    """Every sentence of every language, by its wording: the English template it is a translation of."""
    found: dict[str, str] = {}
    for spoken in LANGUAGES:
        catalogue = paths.assets() / "locale" / spoken / "zhanggui.mo"
        if catalogue.exists():
            known: dict[object, str] = getattr(_loaded(str(catalogue)), "_catalog", {})
            found |= {shown: message for message, shown in known.items() if isinstance(message, str) and message}
    return found


@cache
def _loaded(catalogue: str) -> gettext.GNUTranslations:
    with Path(catalogue).open("rb") as file:
        return gettext.GNUTranslations(file)
