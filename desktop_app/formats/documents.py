"""Documents as blocks: Markdown, plain text, HTML, DOCX and PDF, without what decorates them."""

from __future__ import annotations

import io
import logging
import re
from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from pathlib import Path
from zipfile import BadZipFile

from desktop_app.errors import UserError
from desktop_app.formats import encodings
from desktop_app.formats.blocks import Block

_SETEXT = re.compile(r"(?m)^(?!\s*[-*>|])(.+)\n(=+|-{3,})\s*$")
_HEADING = re.compile(r"^(#{1,6})\s+(.*?)\s*#*$")
_NUMBERED = re.compile(
    r"^(?:第[一二三四五六七八九十\d]+[章节条]|[一二三四五六七八九十]{1,3}、|\d{1,2}(?:\.\d{1,2})*[.、)]\s)\s*\S"
)
_ORNAMENT = re.compile(r"(\*\*|__|`|~~)(.+?)\1|!\[[^\]]*\]\([^)]*\)|\[([^\]]+)\]\(([^)\s]+)[^)]*\)")
_SILENT = frozenset({"script", "style", "head", "template", "noscript", "iframe", "svg", "nav", "form", "button"})
_BREAKS = frozenset(
    {
        *("p", "div", "section", "article", "header", "footer", "aside", "blockquote", "ul", "ol", "dl", "table", "tr"),
        *("pre", "li", "dt", "dd", "summary", "details", "main", "hr", "br", "td", "th"),
        *(f"h{n}" for n in range(1, 7)),
    }
)


def markdown(data: bytes) -> Iterator[Block]:
    """Yield the blocks of a Markdown text."""
    text = re.sub(r"(?s)\A---\n.*?\n---\n", "", _text(data))
    text = _SETEXT.sub(lambda m: f"{'#' if m[2][0] == '=' else '##'} {m[1]}", text)
    for part in re.split(r"\n\s*\n|\n(?=#{1,6}\s)|(?<=\n)(?=#{1,6}\s)", text):
        lines = part.strip("\n").split("\n")
        if lines and (found := _HEADING.match(lines[0].strip())):
            yield Block(_plain(found[2]), len(found[1]))
            lines = lines[1:]
        words = "\n".join(_plain(line) for line in lines if not re.fullmatch(r"\s*\|?[\s:|-]+\|?\s*|```.*", line))
        if words.strip():
            yield _as_heading(words) or Block(words)


def plain_text(data: bytes) -> Iterator[Block]:
    """Yield the paragraphs of a plain text; a short line without an end that stands alone is a heading."""
    for part in re.split(r"\n\s*\n", _text(data)):
        lines = [line.strip() for line in part.strip().split("\n") if line.strip()]
        if len(lines) > 1 and _is_title(lines[0]) and len(lines[0]) < 40 and len(lines[1]) > len(lines[0]):
            yield Block(lines[0], 2)
            lines = lines[1:]
        if len(lines) == 1 and _is_title(lines[0]):
            yield Block(lines[0], 2)
        elif lines:
            yield Block("\n".join(lines))


def html(data: bytes) -> Iterator[Block]:
    """Yield the blocks of a page; menus, forms and scripts are left out, `dt` and `summary` are questions."""
    reader = _Page()
    reader.feed(_text(data))
    reader.close()
    reader.finish()
    yield from reader.blocks


def docx(data: bytes) -> Iterator[Block]:
    """Yield the paragraphs, headings and table rows of a Word document, in its order."""
    from docx import Document
    from docx.opc.exceptions import OpcError
    from docx.table import Table

    try:
        document = Document(io.BytesIO(data))
        for part in document.iter_inner_content():
            if isinstance(part, Table):
                for row in part.rows:
                    cells = list(dict.fromkeys(cell.text.strip() for cell in row.cells if cell.text.strip()))
                    if len(cells) == 2 and cells[0].endswith(("?", "？")):
                        yield Block(cells[0], kind="question")
                        yield Block(cells[1], kind="answer")
                    elif cells:
                        yield Block(" | ".join(cells))
                continue
            style = (part.style.name or "") if part.style is not None else ""
            level = re.match(r"(?:Heading|标题)\s*(\d)|(Title)", style)
            bold = bool(part.text.strip()) and all(run.bold for run in part.runs if run.text.strip())
            if level:
                yield Block(part.text, int(level[1] or 1))
            elif bold and _is_title(part.text.strip()):
                yield Block(part.text, 3)
            else:
                yield _as_heading(part.text) or Block(part.text)
    except (OpcError, BadZipFile, KeyError, ValueError, OSError, SyntaxError) as error:
        raise UserError("The Word document is damaged and cannot be read. ({why})", why=error) from error


def pdf(data: bytes) -> Iterator[Block]:
    """Yield the paragraphs of a PDF page by page; UserError where it is locked, damaged or holds only pictures."""
    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    logging.getLogger("pypdf").setLevel(logging.ERROR)
    words = 0
    try:
        reader = PdfReader(io.BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            raise UserError("The PDF is locked with a password. Save it without one and try again.")
        for number, page in enumerate(reader.pages, 1):
            for part in _paragraphs(page.extract_text()):
                words += len(part)
                yield (_as_heading(part, number) or Block(part, 0, number))
    except (PyPdfError, KeyError, ValueError, TypeError, RecursionError, OSError) as error:
        raise UserError("The PDF is damaged and cannot be read. ({why})", why=error) from error
    if not words:
        raise UserError("The PDF holds pictures of text, no text. Nothing was changed.")


READERS: dict[str, tuple[str, Callable[[bytes], Iterator[Block]]]] = {
    ".md": ("markdown", markdown), ".markdown": ("markdown", markdown), ".txt": ("text", plain_text),
    ".html": ("html", html), ".htm": ("html", html), ".docx": ("docx", docx), ".pdf": ("pdf", pdf),
}  # fmt: skip


class _Page(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.blocks: list[Block] = []
        self._words: list[str] = []
        self._silent = 0
        self._level = 0
        self._kind = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _SILENT:
            self._silent += 1
        elif tag in _BREAKS and (tag not in {"td", "th", "br"} or self._words):
            if tag in {"td", "th"}:
                if "".join(self._words).rstrip().endswith(("?", "？")):  # a table with its questions on the left
                    self._kind = "question"
                    self.finish()
                    self._kind = ""
                self._words.append(" ")
                return
            self.finish()
            self._level = int(tag[1]) if re.fullmatch("h[1-6]", tag) else 0
            self._kind = "question" if tag in {"dt", "summary"} else self._kind if tag == "br" else ""

    def handle_endtag(self, tag: str) -> None:
        if tag in _SILENT:
            self._silent = max(0, self._silent - 1)
        elif tag in _BREAKS and tag not in {"td", "th", "br", "hr"}:
            self.finish()
            self._level, self._kind = 0, ""

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self._words.append(data)

    def finish(self) -> None:
        text = " ".join("".join(self._words).split())
        self._words = []
        if text:
            made = Block(text, self._level, 0, "question" if self._kind else "")
            self.blocks.append(made if self._level or self._kind else _as_heading(text) or made)


def _as_heading(text: str, page: int = 0) -> Block | None:
    """Return a line as a heading where it can hardly be anything else: a question, or "三、退换货"."""
    line = text.strip()
    if "\n" in line or not line:
        return None
    if line.endswith(("?", "？")) and len(line) < 120:
        return Block(line, 0, page, "question")
    return Block(line, 3, page) if _NUMBERED.match(line) and _is_title(line) else None


def _is_title(line: str) -> bool:
    return 1 < len(line) <= 60 and line[-1] not in ".。!！;；,，:：、" and not re.match(r"[-•*]\s", line)


def _paragraphs(text: str) -> Iterator[str]:
    """Yield paragraphs of a page: lines are joined where the one before fills the width and does not end."""
    lines = [line.rstrip() for line in text.split("\n")]
    width = max((len(line) for line in lines), default=0)
    now, last = "", ""
    for line in lines:
        if not line.strip():
            if now:
                yield now
            now = ""
            continue
        goes_on = now and len(last) > width * 0.7 and last[-1] not in ".。!！?？:：;；"
        if now and not goes_on:
            yield now
            now = ""
        glue = "" if now and (now[-1] >= "\u3400" or now.endswith("-")) else " "
        now = f"{now}{glue}{line.strip()}" if now else line.strip()
        last = line
    if now:
        yield now


def _plain(line: str) -> str:
    """Return a line of Markdown without its signs; a link keeps its address, which an answer may need."""
    line = _ORNAMENT.sub(lambda m: m[2] or (f"{m[3]} ({m[4]})" if m[3] and m[4] not in m[3] else m[3] or ""), line)
    line = re.sub(r"^\s*>\s?", "", line)
    return re.sub(r"^\s*[*+]\s+", "- ", line.replace("|", " ").strip() if "|" in line else line)


def _text(data: bytes) -> str:
    found = encodings.detect(data)
    text = data.decode(found.encoding, "replace").lstrip("\ufeff")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def reader_of(path: Path) -> tuple[str, Callable[[bytes], Iterator[Block]]] | None:
    """Return what a document is called and how it is read; None where it is a table."""
    return READERS.get(path.suffix.lower())
