"""FAQ files: a table of questions and answers, its columns known by name or by what stands in them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import islice
from pathlib import Path

from desktop_app.errors import UserError
from desktop_app.formats import headers, workbooks
from desktop_app.formats.lasting import last_day
from desktop_app.formats.moments import day_first, moment
from desktop_app.formats.reading import numbered
from desktop_app.formats.recognise import look_at
from desktop_app.formats.records_of_text import Broken, Record
from desktop_app.knowledge_records import Passage
from desktop_app.words import _

FIELDS = ("question", "similar", "answer", "heading", "language", "valid_from", "valid_to", "ignore")
_ASKS = ("?", "？", "吗", "呢", "么")
_BEGINS = (
    "how", "what", "when", "where", "can", "do", "does", "is", "are", "why", "who", "which", "will", "my", "怎么",
    "如何", "什么", "为什么", "多久", "多少", "能不能", "可以", "有没有", "是否", "哪",
)  # fmt: skip
_SAMPLE = 200


@dataclass(frozen=True, slots=True)
class Table:
    """The passages of a table, what could not be read, and how it was read."""

    passages: tuple[Passage, ...]
    problems: tuple[tuple[int, str, str], ...]
    encoding: str
    mapping: tuple[tuple[str, str], ...]


def read_faq(path: Path, data: bytes, mapping: Mapping[str, str] | None = None) -> Table:
    """Read every sheet of an FAQ file; ``mapping`` (column → field) overrules what was guessed.

    UserError where no column can be taken for the answers.
    """
    passages, problems, told = list[Passage](), list[tuple[int, str, str]](), list[tuple[str, str]]()
    encoding, refused = "", None
    for rows in _sheets(path, data):
        try:
            found, wrong, roles = _sheet(path.name, rows, mapping or {})
        except UserError as error:  # an empty sheet, or one of something else beside the one that counts
            refused = refused or error
            continue
        passages += found
        problems += wrong
        told += roles
    if not workbooks.is_workbook(data):
        encoding = look_at(data, path.name).encoding
    if not passages and refused:
        raise refused
    return Table(tuple(passages), tuple(problems), encoding, tuple(told))


Rows = list[tuple[int, Record]]


def _sheets(path: Path, data: bytes) -> Iterator[Rows]:
    """Yield the rows of each sheet, numbered as a spreadsheet does; a text file has one."""
    if workbooks.is_workbook(data):
        for sheet in workbooks.sheet_names(data):
            yield list(enumerate(workbooks.rows(data, sheet), 1))
    else:
        yield list(numbered(data, look_at(data, path.name)))


def _sheet(
    name: str, found: Rows, mapping: Mapping[str, str]
) -> tuple[list[Passage], list[tuple[int, str, str]], list[tuple[str, str]]]:
    lines = [(n, [c.strip().lstrip("\ufeff") for c in row]) for n, row in found if isinstance(row, list)]
    problems = [(n, "", _("A quote that opens here is never closed.")) for n, row in found if isinstance(row, Broken)]
    lines = [(n, row) for n, row in lines if any(row)]
    width = max((len(row) for _n, row in lines), default=0)
    head = next((k for k, (_n, row) in enumerate(lines[:5]) if _names(row, mapping)), None)
    names = lines[head][1] if head is not None else [headers.letters(k) for k in range(width)]
    rows = lines[head + 1 :] if head is not None else lines
    roles = _roles(names, [row for _n, row in islice(rows, _SAMPLE)], mapping, named=head is not None)
    if head is None and len(rows) > 1 and _is_header(rows[0][1], rows[1][1], roles):
        rows = rows[1:]
    if "answer" not in roles:
        raise UserError(
            "No column of {name} could be taken for answers. Say which it is with --map COLUMN=answer; it has: "
            "{columns}.",
            name=name, columns=", ".join(names[:12]),
        )  # fmt: skip
    dates = [row[k] for k, role in enumerate(roles) if role.startswith("valid") for _n, row in rows if k < len(row)]
    first = day_first(dates)
    passages = list[Passage]()
    for number, row in rows:
        cells: dict[str, list[str]] = {}
        for role, cell in zip(roles, row, strict=False):
            if cell:
                cells.setdefault(role, []).append(cell)
        made = _passage(cells, number, first)
        if isinstance(made, str):
            problems.append((number, "", made))
        else:
            passages.append(made)
    return passages, problems, list(zip(names, roles, strict=True))


def _passage(cells: dict[str, list[str]], number: int, first: bool | None) -> Passage | str:
    answer = "\n".join(cells.get("answer", ()))
    if not answer:
        return _("There is no answer in this row.")
    since, until = (moment(cells[role][0], first)[:10] if role in cells else "" for role in ("valid_from", "valid_to"))
    for role, day in (("valid_from", since), ("valid_to", until)):
        if role in cells and not day:
            return _("“{day}” is no day that can be read.", day=cells[role][0])
    question = "\n".join([*cells.get("question", ()), *cells.get("similar", ())])
    return Passage(
        answer, question, language="".join(cells.get("language", ())[:1])[:2].casefold(),
        heading=" › ".join(cells.get("heading", ())), row=number, valid_from=since, valid_to=until or last_day(answer),
    )  # fmt: skip


def _names(row: Sequence[str], mapping: Mapping[str, str]) -> bool:
    """Tell whether a row holds the names of columns."""
    known = [role for cell in row if (role := mapping.get(cell) or _aliases().get(headers.fold(cell), ""))]
    return ("answer" in known and ("question" in known or len(row) == 1)) or len(known) > 2 or (
        bool(mapping) and set(mapping) <= set(row)
    )  # fmt: skip


def _is_header(first: Sequence[str], second: Sequence[str], roles: Sequence[str]) -> bool:
    """Tell whether the first row of a table names columns by names nobody knows: short, and it asks nothing."""
    asked = list(roles).index("question") if "question" in roles else -1
    short = all(len(cell) <= 12 for cell in first)
    return short and asked >= 0 and not _asks(first[asked]) and _asks((*second, *[""] * len(first))[asked])


def _roles(
    names: Sequence[str], sample: Sequence[Sequence[str]], mapping: Mapping[str, str], *, named: bool
) -> list[str]:
    roles: list[str] = []
    for name in names if named else [""] * len(names):
        role = _aliases().get(headers.fold(name), "ignore")
        roles.append(
            "ignore" if role in {"question", "answer", "language", "valid_from", "valid_to"} and role in roles else role
        )
    for column, field in mapping.items():
        if field not in FIELDS:
            raise UserError("{field} is none of: {fields}.", field=field, fields=", ".join(FIELDS))
        if column not in names:
            raise UserError(
                "There is no column {column}; there are: {columns}.", column=column, columns=", ".join(names[:12])
            )
        roles = ["ignore" if r == field and field != "similar" else r for r in roles]
        roles[list(names).index(column)] = field
    if "answer" not in roles or "question" not in roles:
        _by_content(roles, sample)
    return roles


def _by_content(roles: list[str], sample: Sequence[Sequence[str]]) -> None:
    """Take the column that asks for the questions and, of the others, the one with most words for the answers."""
    free = [k for k, role in enumerate(roles) if role == "ignore"]
    columns = {k: [row[k] for row in sample if k < len(row) and row[k]] for k in free}
    asking = {k: sum(map(_asks, cells)) / max(len(cells), 1) for k, cells in columns.items()}
    if "question" not in roles and free and max(asking.values()) >= 0.4:
        roles[max(free, key=lambda k: asking[k])] = "question"
    free = [k for k in free if roles[k] == "ignore"]
    length = {k: sum(map(len, columns[k])) / max(len(sample), 1) for k in free}
    if "answer" not in roles and free and max(length.values()) >= 4:
        roles[max(free, key=lambda k: length[k])] = "answer"


def _asks(cell: str) -> bool:
    folded = cell.casefold()
    return (
        folded.rstrip("。.!！ ").endswith(_ASKS)
        or folded.startswith(_BEGINS)
        or any(w in folded for w in ("怎么", "如何", "多久"))
    )


@cache
def _aliases() -> dict[str, str]:
    columns = headers.table("knowledge")["columns"]
    return {headers.fold(word): role for role, words in reversed(columns.items()) for word in words}
