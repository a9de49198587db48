"""The record of the texts as a PDF, printed by Qt: a page for people and for a file kept for an authority."""

from __future__ import annotations

import html
from collections.abc import Sequence
from pathlib import Path

from desktop_app.ui import printing

_STYLE = (
    "body { font-size: 9pt; } h1 { font-size: 16pt; } h2 { font-size: 11pt; margin-top: 14px; }"
    " td { padding: 1px 8px 1px 0; vertical-align: top; } .name { color: #555; } .text { margin: 6px 0; }"
)
_TEXT, _TITLE = 6, 0  # places of the text and of the product's name in a row


def write(headings: Sequence[str], rows: Sequence[Sequence[str]], title: str, path: Path) -> int:
    """Print the rows, each as a short block, to ``path``; return how many. UserError if it cannot be written."""
    body = f"<h1>{html.escape(title)}</h1>" + "".join(_block(headings, row) for row in rows)
    printing.write(body, title, path, _STYLE, numbered=True)
    return len(rows)


def _block(headings: Sequence[str], row: Sequence[str]) -> str:
    lines = "".join(
        f'<tr><td class="name">{html.escape(name)}</td><td>{html.escape(value)}</td></tr>'
        for n, (name, value) in enumerate(zip(headings, row, strict=True))
        if value and n not in (_TEXT, _TITLE)
    )
    said = html.escape(row[_TEXT]).replace("\n", "<br>")
    return f'<h2>{html.escape(row[_TITLE])}</h2><p class="text">{said}</p><table>{lines}</table>'
