"""HTML to plain text and back, safe with broken HTML."""

from __future__ import annotations

import html
import re
from html.parser import HTMLParser

from desktop_app.language import lexicon

_BLOCKS = lexicon.words(
    "p div section article header footer aside blockquote h1 h2 h3 h4 h5 h6 ul ol dl dt dd table tr pre "
    "form figure main hr"
)
_PARAGRAPHS = lexicon.words("p div section article blockquote h1 h2 h3 h4 h5 h6 ul ol dl table pre figure hr")
_SILENT = frozenset({"script", "style", "head", "template", "noscript", "iframe", "svg", "object"})
_BULLETS = "•·‣◦▪●○*-–—"
_LOOKS_LIKE = re.compile(r"</?[a-zA-Z][^<>]*>|&(?:[a-zA-Z]{2,8}|#\d{1,7}|#x[0-9a-fA-F]{1,6});|<!--")
BULLET = "- "


def to_text(markup: str) -> str:
    """Return the words of ``markup``: paragraphs parted by an empty line, list items as lines that begin with ``- ``.

    Unclosed, crossed or cut-off tags lose no words; scripts and styles are left out. Text without markup stays as it
    is, but for the spaces at its ends.
    """
    if not looks_like_html(markup):
        return _tidy(markup)
    reader = _Reader()
    reader.feed(markup)
    reader.close()
    return re.sub(r"(?m)^[•·‣◦▪●○]\s*", BULLET, _tidy("".join(reader.parts)))


def to_html(text: str) -> str:
    """Return ``text`` as simple HTML: a ``<p>`` a paragraph, a ``<ul>`` for lines that begin with a bullet."""
    out: list[str] = []
    for paragraph in re.split(r"\n\s*\n", text.strip()):
        lines = [line for line in paragraph.split("\n") if line.strip()]
        plain: list[str] = []
        items: list[str] = []
        for line in lines:
            if item := _item(line):
                if plain:
                    out.append(f"<p>{'<br>'.join(plain)}</p>")
                    plain = []
                items.append(f"<li>{html.escape(item, quote=False)}</li>")
                continue
            if items:
                out.append(f"<ul>{''.join(items)}</ul>")
                items = []
            plain.append(html.escape(line.strip(), quote=False))
        if items:
            out.append(f"<ul>{''.join(items)}</ul>")
        if plain:
            out.append(f"<p>{'<br>'.join(plain)}</p>")
    return "\n".join(out)


def looks_like_html(text: str) -> bool:
    """Tell whether ``text`` holds a tag or an entity; ``a < b`` and ``Tom & Co`` are none."""
    return bool(_LOOKS_LIKE.search(text))


def _item(line: str) -> str:
    found = re.match(rf"\s*[{re.escape(_BULLETS)}]\s+(.*\S)", line)
    return found[1] if found else ""


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _SILENT:
            self._silent += 1
        elif tag == "br":
            self.parts.append("\n")
        elif tag == "li":
            self.parts.append("\n" + BULLET)
        elif tag in {"td", "th"}:
            self.parts.append(" ")
        elif tag in _BLOCKS:
            self.parts.append("\n\n" if tag in _PARAGRAPHS else "\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in _SILENT:
            self._silent = max(0, self._silent - 1)
        elif tag in _BLOCKS:
            self.parts.append("\n\n" if tag in _PARAGRAPHS else "\n")

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.parts.append(re.sub(r"\s+", " ", data))

    def unknown_decl(self, data: str) -> None:
        """Leave out what Word pastes in, such as ``<![if !supportLists]>``."""


def _tidy(text: str) -> str:
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\u00a0", " ")
    lines = [re.sub(r"[ \t]+", " ", line).strip() for line in text.split("\n")]
    lines = ["" if line in {"-", "•"} else line for line in lines]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()
