"""Score this installation on labelled files: what a text says against what its product's attributes carry."""

from __future__ import annotations

import json
import statistics
import threading
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from desktop_app import formats
from desktop_app.errors import UserError
from desktop_app.language import check, markup, sentences, telling
from desktop_app.records import Product

PLANNED = 8  # facts a text is asked to carry at most


@dataclass(frozen=True, slots=True)
class Row:
    """What was found for one input row."""

    n: int
    predicted: tuple[str, ...]  # the findings, as "kind: words"
    supported: int  # sentences without a finding …
    sentences: int  # … of so many
    covered: int  # facts the text carries …
    facts: int  # … of so many usable ones


@dataclass(frozen=True, slots=True)
class Score:
    """The figures of a whole file."""

    task: str
    n: int
    metrics: Mapping[str, float] = field(default_factory=dict)
    seconds: float = 0.0


def evaluate_facts(
    stop: threading.Event, *, path: Path, attributes: str, text: str, language: str = ""
) -> Iterator[Row | Score]:
    """Hold each row's text against its attributes (a JSON object); yield a `Row` each, then the `Score`.

    ``supported_share`` is the share of sentences in which nothing is without a fact, ``coverage`` the share of usable
    facts (eight a product at most) that the text carries.
    """
    started, rows = time.monotonic(), list[Row]()
    for number, cells in enumerate(formats.labelled(path, (attributes, text)), 1):
        if stop.is_set():
            break
        row = held(number, product_of_cell(cells[attributes], number), cells[text], language)
        rows.append(row)
        yield row
    metrics = {
        "supported_share": _share(sum(r.supported for r in rows), sum(r.sentences for r in rows)),
        "coverage": _share(sum(r.covered for r in rows), sum(r.facts for r in rows)),
        "texts_without_finding": _share(sum(not r.predicted for r in rows), len(rows)),
        "findings_a_text": round(statistics.fmean([len(r.predicted) for r in rows] or [0]), 3),
    }
    yield Score("facts", len(rows), metrics, round(time.monotonic() - started, 3))


def product_of_cell(cell: str, number: int) -> Product:
    """Return the product that a cell with a JSON object of attributes tells of; UserError names the row."""
    try:
        attributes = json.loads(cell)
    except ValueError as error:
        raise UserError("Row {n}: the attributes are not a JSON object.", n=number) from error
    product = formats.product_of(attributes) if isinstance(attributes, dict) else None
    return product or Product("")


def held(number: int, product: Product, text: str, language: str) -> Row:
    """Hold one text against its product, as row ``number`` of a file."""
    plain = markup.to_text(text)
    tongue = language or ("zh" if any("\u4e00" <= c <= "\u9fff" for c in plain) else "en")
    spans = sentences.split(plain, tongue)
    checked = check.check(plain, product, language=tongue)
    clean = sum(not any(f.start < end and start < f.end for f in checked.findings) for start, end in spans)
    names = {f.name for f in telling.usable(product)[:PLANNED]}
    told = {name for span in checked.evidence for name in span.facts}
    found = tuple(f"{f.kind}: {f.text}" for f in checked.findings)
    return Row(number, found, clean, len(spans), len(names & told), len(names))


def _share(part: int, whole: int) -> float:
    return round(part / whole, 4) if whole else 0.0
