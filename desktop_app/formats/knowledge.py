"""Files of knowledge → passages: FAQ tables and documents, each passage with its place."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from desktop_app.errors import UserError
from desktop_app.formats import encodings
from desktop_app.formats.blocks import passages_of
from desktop_app.formats.documents import reader_of
from desktop_app.formats.faq import read_faq
from desktop_app.formats.reading import load
from desktop_app.knowledge_records import Passage

TABLES = {".csv", ".tsv", ".xlsx", ".xls", ".ods", ".xlsm"}


@dataclass(frozen=True, slots=True)
class KnowledgeFile:
    """What was read in a file of knowledge."""

    format: str
    kind: Literal["faq", "document"]
    encoding: str
    passages: tuple[Passage, ...]
    problems: tuple[tuple[int, str, str], ...] = ()
    mapping: tuple[tuple[str, str], ...] = ()


def read_knowledge(path: Path, mapping: Mapping[str, str] | None = None, data: bytes | None = None) -> KnowledgeFile:
    """Read a file of knowledge; UserError for one that is damaged, locked, empty or of a kind not known."""
    data = load(path) if data is None else data
    if (found := reader_of(path)) is not None:
        name, reader = found
        encoding = encodings.detect(data).encoding if name in {"markdown", "text", "html"} else ""
        return KnowledgeFile(name, "document", encoding, tuple(passages_of(reader(data))))
    if path.suffix.lower() in TABLES:
        table = read_faq(path, data, mapping)
        return KnowledgeFile("faq", "faq", table.encoding, table.passages, table.problems, table.mapping)
    raise UserError(
        "{name} is no file of knowledge that can be read: CSV, XLSX, Markdown, text, HTML, DOCX or PDF.", name=path.name
    )
