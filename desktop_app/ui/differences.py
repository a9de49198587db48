"""Two texts side by side in words: what went and what came."""

from __future__ import annotations

import difflib
import html
import re

from desktop_app.ui.theme import theme

_WORD = re.compile(r"[\u3400-\u9fff]|[^\W\u3400-\u9fff]+|\s+|[^\w\s]", re.UNICODE)


def words(text: str) -> list[str]:
    """Cut a text into words, spaces and marks; every Han character is a word of its own."""
    return _WORD.findall(text)


def marked(before: str, after: str) -> tuple[str, str]:
    """Return both texts as HTML: struck through what is only in the first, underlined what is only in the second."""
    old, new = words(before), words(after)
    left, right = [], []
    for tag, a, b, c, d in difflib.SequenceMatcher(a=old, b=new, autojunk=False).get_opcodes():
        gone, came = _safe(old[a:b]), _safe(new[c:d])
        same = tag == "equal"
        left.append(gone if same or not gone else f'<s style="color:{theme.roles.bad}">{gone}</s>')
        right.append(came if same or not came else f'<u style="color:{theme.roles.good}">{came}</u>')
    return "".join(left), "".join(right)


def _safe(parts: list[str]) -> str:
    return html.escape("".join(parts)).replace("\n", "<br>")
