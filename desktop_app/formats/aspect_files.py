"""Labelled aspects: MAMS and SemEval XML, tables with a column an aspect, tables with "battery[-2], size[+1]"."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from desktop_app.errors import UserError
from desktop_app.formats.labelled import labelled
from desktop_app.formats.reading import load

ASPECT_FORMATS = ("mams-acsa", "mams-atsa", "semeval", "asap", "columns")
_TERM = re.compile(r"([^,\[\]]+?)((?:\[[^\]]*\])+)")
_NUMBERS = {"1": "positive", "0": "neutral", "-1": "negative"}
_KNOWN = {"positive", "negative", "neutral"}


@dataclass(frozen=True, slots=True)
class Target:
    """An aspect somebody marked: its name, where its words stand (start = end: nowhere), and what is said of it."""

    name: str
    polarity: str  # positive, negative, neutral
    start: int = 0
    end: int = 0


def aspect_rows(path: Path, format: str, text: str = "") -> Iterator[tuple[str, list[Target]]]:
    """Yield every text of a labelled file with its aspects; ``text`` names the column of a table.

    UserError for a format or a column there is not; conflicts ("conflict" in SemEval) are left out.
    """
    if format not in ASPECT_FORMATS:
        raise UserError("There is no format {format} for aspects. Known: {known}.", format=format,
                        known=", ".join(ASPECT_FORMATS))  # fmt: skip
    if format in {"mams-acsa", "mams-atsa", "semeval"}:
        yield from _xml(path)
        return
    for row in labelled(path, (text,) if text else ()):
        column = text or next((c for c in ("text", "reviewbody", "review", "sentence", "content") if c in row), "")
        if not column:
            raise UserError("{name} has no column {missing}; it has: {columns}.", name=path.name, missing="text",
                            columns=", ".join(list(row)[:12]))  # fmt: skip
        body = row[column]
        if "aspects" in row:
            yield body, list(_terms(row["aspects"], body))
        else:
            own = {k: v.strip() for k, v in row.items() if k not in {column, "star", "index", "id", "label"}}
            yield body, [Target(k, _NUMBERS[v]) for k, v in own.items() if v in _NUMBERS]


def _xml(path: Path) -> Iterator[tuple[str, list[Target]]]:
    try:
        root = ET.fromstring(load(path))
    except ET.ParseError as error:
        raise UserError("{name} is no XML that can be read: {why}.", name=path.name, why=error) from error
    for sentence in root.iter("sentence"):
        text = sentence.findtext("text") or ""
        found = []
        for item in [*sentence.iter("aspectTerm"), *sentence.iter("aspectCategory"), *sentence.iter("Opinion")]:
            name = item.get("term") or item.get("category") or item.get("target") or ""
            polarity = item.get("polarity", "")
            if polarity in _KNOWN:
                found.append(Target(name, polarity, int(item.get("from") or 0), int(item.get("to") or 0)))
        if any(sentence.iter("aspectTerm")):
            found = [t for t in found if t.end > t.start]
        yield text, found


def _terms(cell: str, text: str) -> Iterator[Target]:
    for name, marks in _TERM.findall(cell):
        strength = re.search(r"\[([+-])\d\]", marks)
        if strength:
            at = text.casefold().find(name.strip().casefold())
            polarity = "positive" if strength[1] == "+" else "negative"
            yield Target(name.strip(), polarity, max(at, 0), at + len(name.strip()) if at >= 0 else 0)
