"""What a shop knows: sources and their passages, the meaning of each, questions without an answer, offered pairs."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from typing import cast

import numpy as np
import numpy.typing as npt

from desktop_app.errors import UserError
from desktop_app.knowledge_records import Gap, Pair, Passage, PassageChange, PassageRow, Source
from desktop_app.shop import parts, words
from desktop_app.shop.connect import File, Row

Vectors = npt.NDArray[np.float32]
_THESE = "(SELECT value FROM json_each(?))"
_SOURCE = "name, kind, path, sha256, language, read"
_PASSAGE = 'source, text, question, language, heading, page, "row", start, valid_from, valid_to'
_CHANGE = "source, passage, question, text, valid_from, valid_to, news"
_GAP = "question, language, times, asked, state, passage"
_PAIR = "question, answer, language, times, others, state"


def digest_of(passage: Passage) -> bytes:
    """Return what a passage's words are known by; the same words mean the same wherever they stand."""
    return hashlib.sha256(f"{passage.question}\x1f{passage.text}".encode("utf-8", "replace")).digest()[:16]


class Knowledge:
    """The part of a shop that holds its knowledge."""

    _file: File

    # --- sources and passages ---------------------------------------------------------------------------------------

    def add_knowledge_source(self, source: Source) -> int:
        """Keep a source and return its id."""
        self._file.require_action()
        row = (source.name, source.kind, source.path, source.sha256, source.language, source.read or parts.now())
        return self._file.run(f"INSERT INTO knowledge_sources ({_SOURCE}) VALUES (?, ?, ?, ?, ?, ?)", row)

    def replace_knowledge_source(self, source: Source) -> None:
        """Bring a source to what ``source`` says."""
        self._file.require_action()
        row = (source.name, source.kind, source.path, source.sha256, source.language, source.read or parts.now())
        listed = ", ".join(f"{name.strip()} = ?" for name in _SOURCE.split(","))
        self._file.run(f"UPDATE knowledge_sources SET {listed} WHERE id = ?", (*row, source.id))

    def knowledge_sources(self) -> list[Source]:
        """Return the sources, oldest first, each with how many passages it has."""
        rows = self._file.all(
            f"SELECT {_SOURCE}, (SELECT count(*) FROM passages p WHERE p.source = s.id), id FROM knowledge_sources s"
            " ORDER BY id"
        )
        return [Source(*row) for row in rows]

    def remove_knowledge_source(self, id: int) -> None:
        """Take a source and its passages out."""
        self._file.require_action()
        self._file.run("DELETE FROM passage_changes WHERE source = ?", (id,))
        self._file.run("DELETE FROM passages WHERE source = ?", (id,))
        self._file.run("DELETE FROM knowledge_sources WHERE id = ?", (id,))

    def add_passages(self, passages: Iterable[Passage]) -> list[int]:
        """Add passages and return their ids, in order."""
        self._file.require_action()
        marks = ", ".join("?" * 12)
        into = f"INSERT INTO passages ({_PASSAGE}, digest, words) VALUES ({marks})"
        return [self._file.run(into, _row(passage)) for passage in passages]

    def replace_passage(self, passage: Passage) -> None:
        """Bring a stored passage to what ``passage`` says."""
        self._file.require_action()
        listed = ", ".join(f"{name.strip()} = ?" for name in f"{_PASSAGE}, digest, words".split(","))
        self._file.run(f"UPDATE passages SET {listed} WHERE id = ?", (*_row(passage), passage.id))

    def remove_passages(self, ids: Iterable[int]) -> None:
        """Take passages out; unknown ids are left out."""
        self._file.require_action()
        self._file.run(f"DELETE FROM passages WHERE id IN {_THESE}", (json.dumps(list(ids)),))

    def passages(self, *, source: int | None = None, on: str = "") -> list[Passage]:
        """Return passages, oldest first: of one source, or of all; ``on`` leaves out those not valid on that day."""
        tests = (["p.source = ?"] if source is not None else []) + (
            ["(p.valid_from = '' OR p.valid_from <= ?)", "(p.valid_to = '' OR p.valid_to >= ?)"] if on else []
        )
        values = ([source] if source is not None else []) + ([on, on] if on else [])
        return self._passages(f"WHERE {' AND '.join(tests)}" if tests else "", values)

    def passage(self, id: int) -> Passage:
        """Return one passage; UserError if there is none with this id."""
        found = self._passages("WHERE p.id = ?", [id])
        if not found:
            raise UserError("There is no passage with the number {id} in this shop's knowledge.", id=id)
        return found[0]

    def find_passages(
        self, query: str = "", *, source: int | None = None, language: str = "", state: str = "", on: str = ""
    ) -> list[int]:
        """Return the ids of passages that hold every word of ``query``, best first; of all, for none.

        ``state``: "ended" or "current" on the day ``on``, "changed" by the merchant, "asks" where its source did too.
        """
        tests, values = _narrowed(source, language, state, on)
        narrowed = " AND ".join(tests) or "1"
        match = words.match(query) if query.strip() else None
        if match is not None:
            sql = (
                "SELECT p.id FROM search_passages s JOIN passages p ON p.id = s.rowid WHERE search_passages MATCH ?"
                f" AND {narrowed} ORDER BY s.rank, p.id"
            )
            return [id for (id,) in self._file.all(sql, [match, *values])]
        if query.strip():
            narrowed, values = f"{narrowed} AND instr(p.text, ?)", [*values, query.strip()]
        return [id for (id,) in self._file.all(f"SELECT p.id FROM passages p WHERE {narrowed} ORDER BY p.id", values)]

    def passage_rows(self, ids: Sequence[int]) -> list[PassageRow]:
        """Return these passages as a list shows them; unknown ids are left out."""
        rows = self._file.all(
            'SELECT p.id, p.question, substr(p.text, 1, 240), p.language, p.page, p."row", p.heading, s.name,'
            " p.valid_from, p.valid_to, (SELECT CASE WHEN c.news = '' THEN 'changed' ELSE 'asks' END"
            " FROM passage_changes c WHERE c.passage = p.id LIMIT 1)"
            f" FROM passages p JOIN knowledge_sources s ON s.id = p.source WHERE p.id IN {_THESE}",
            (json.dumps(list(ids)),),
        )
        return [
            PassageRow(id, question, text, tongue, Passage("", heading=heading, page=page, row=line).place, source,
                       since, until, state or "")
            for id, question, text, tongue, page, line, heading, source, since, until, state in rows
        ]  # fmt: skip

    def passage_languages(self) -> list[tuple[str, int]]:
        """Return the languages of passages and how many each has, most first."""
        rows = self._file.all("SELECT language, count(*) FROM passages GROUP BY language ORDER BY count(*) DESC")
        return [(str(language), int(count)) for language, count in rows]

    # --- what the merchant changed ------------------------------------------------------------------------------------

    def keep_passage_change(self, change: PassageChange) -> None:
        """Keep what a source says of a passage that was changed or taken out, in place of what was kept of it."""
        self._file.require_action()
        news = "" if not (change.news or change.gone) else json.dumps(
            None if change.news is None else [change.news.question, change.news.text, change.news.valid_from,
                                              change.news.valid_to], ensure_ascii=False)  # fmt: skip
        row = (change.source, change.passage, change.question, change.text, change.valid_from, change.valid_to, news)
        if change.id is None:
            self._file.run(f"INSERT INTO passage_changes ({_CHANGE}) VALUES (?, ?, ?, ?, ?, ?, ?)", row)
        else:
            listed = ", ".join(f"{name.strip()} = ?" for name in _CHANGE.split(","))
            self._file.run(f"UPDATE passage_changes SET {listed} WHERE id = ?", (*row, change.id))

    def drop_passage_change(self, passage: int) -> None:
        """Forget that a passage was changed."""
        self._file.require_action()
        self._file.run("DELETE FROM passage_changes WHERE passage = ? AND passage > 0", (passage,))

    def passage_changes(self, *, source: int | None = None, passage: int | None = None) -> list[PassageChange]:
        """Return what was changed or taken out of a source, or of one passage."""
        column, value = ("passage", passage) if passage is not None else ("source", source)
        rows = self._file.all(f"SELECT {_CHANGE}, id FROM passage_changes WHERE {column} = ? ORDER BY id", (value,))
        return [_change(row) for row in rows]

    def knowledge_mark(self) -> int:
        """Return a number that changes with every change of a passage."""
        return int(self._file.value("SELECT n FROM knowledge_mark") or 0)

    def _passages(self, where: str, values: Sequence[object]) -> list[Passage]:
        listed = ", ".join(f"p.{name.strip()}" for name in _PASSAGE.split(","))
        rows = self._file.all(
            f"SELECT {listed}, s.name, p.id FROM passages p JOIN knowledge_sources s ON s.id = p.source {where}"
            " ORDER BY p.id",
            values,
        )
        return [_passage(row) for row in rows]

    # --- meanings ---------------------------------------------------------------------------------------------------

    def keep_meanings(self, weights: str, digests: Sequence[bytes], told: Vectors, asked: Vectors) -> None:
        """Keep what words mean to these weights (their checksum), as passages and as questions, shape (n, d) each."""
        rows = [
            (digest, weights, np.asarray(a, np.float16).tobytes(), np.asarray(b, np.float16).tobytes())
            for digest, a, b in zip(digests, told, asked, strict=True)
        ]
        with self._file.transaction():
            self._file.many("INSERT OR IGNORE INTO meanings (digest, weights, told, asked) VALUES (?, ?, ?, ?)", rows)

    def meanings(self, weights: str) -> dict[bytes, tuple[Vectors, Vectors]]:
        """Return the meanings kept of the passages that are here: digest → (as a passage, as a question)."""
        rows = self._file.all(
            "SELECT m.digest, m.told, m.asked FROM meanings m WHERE m.weights = ?"
            " AND m.digest IN (SELECT digest FROM passages)",
            (weights,),
        )
        return {digest: (_vector(told), _vector(asked)) for digest, told, asked in rows}

    def drop_unused_meanings(self) -> None:
        """Let go of meanings of words that are no longer here and of weights that are no longer used."""
        with self._file.transaction():
            self._file.run("DELETE FROM meanings WHERE digest NOT IN (SELECT digest FROM passages)")

    # --- gaps -------------------------------------------------------------------------------------------------------

    def add_gap(self, question: str, language: str = "") -> int:
        """Note a question without an answer, or count it once more; return its id."""
        self._file.require_action()
        known = self._file.value("SELECT id FROM gaps WHERE question = ? AND state <> 'answered'", (question,))
        if known:
            self._file.run("UPDATE gaps SET times = times + 1, asked = ? WHERE id = ?", (parts.now(), known))
            return int(known)
        row = (question, language, 1, parts.now(), "open", None)
        return self._file.run(f"INSERT INTO gaps ({_GAP}) VALUES (?, ?, ?, ?, ?, ?)", row)

    def set_gap(self, id: int, state: str, passage: int | None = None) -> None:
        """Say that a gap was answered (by which passage) or is to be left."""
        self._file.require_action()
        self._file.run("UPDATE gaps SET state = ?, passage = ? WHERE id = ?", (state, passage, id))

    def gaps(self, state: str = "open") -> list[Gap]:
        """Return the questions without an answer, those asked most first."""
        rows = self._file.all(f"SELECT {_GAP}, id FROM gaps WHERE state = ? ORDER BY times DESC, id DESC", (state,))
        return [Gap(*row) for row in rows]

    # --- pairs ------------------------------------------------------------------------------------------------------

    def add_pair(self, pair: Pair) -> int:
        """Keep a pair that is offered and return its id."""
        self._file.require_action()
        return self._file.run(f"INSERT INTO pairs ({_PAIR}) VALUES (?, ?, ?, ?, ?, ?)", _pair_row(pair))

    def replace_pair(self, pair: Pair) -> None:
        """Bring a stored pair to what ``pair`` says."""
        self._file.require_action()
        listed = ", ".join(f"{name.strip()} = ?" for name in _PAIR.split(","))
        self._file.run(f"UPDATE pairs SET {listed} WHERE id = ?", (*_pair_row(pair), pair.id))

    def pairs(self, state: str = "offered") -> list[Pair]:
        """Return pairs in a state, those said most often first."""
        rows = self._file.all(f"SELECT {_PAIR}, id FROM pairs WHERE state = ? ORDER BY times DESC, id", (state,))
        return [Pair(q, a, tongue, n, tuple(json.loads(others)), now, id) for q, a, tongue, n, others, now, id in rows]


def _row(passage: Passage) -> Row:
    p = passage
    return (
        p.source, p.text, p.question, p.language, p.heading, p.page, p.row, p.start, p.valid_from, p.valid_to,
        digest_of(p), words.spaced(f"{p.heading}\n{p.whole}" if p.heading not in p.question else p.whole),
    )  # fmt: skip


def _passage(row: Row) -> Passage:
    source, text, question, language, heading, page, line, start, since, until, name, id = row
    return Passage(text, question, language, heading, page, line, start, since, until, source, name, id)


def _narrowed(source: int | None, language: str, state: str, on: str) -> tuple[list[str], list[object]]:
    """Return the tests that passages of a list pass, and their values."""
    tests, values = list[str](), list[object]()
    if source is not None:
        tests, values = [*tests, "p.source = ?"], [*values, source]
    if language:
        tests, values = [*tests, "p.language = ?"], [*values, language]
    if state == "ended":
        tests, values = [*tests, "p.valid_to <> '' AND p.valid_to < ?"], [*values, on]
    elif state == "current":
        tests += ["(p.valid_from = '' OR p.valid_from <= ?)", "(p.valid_to = '' OR p.valid_to >= ?)"]
        values += [on, on]
    elif state in {"changed", "asks"}:
        asked = " AND news <> ''" if state == "asks" else ""
        tests.append(f"p.id IN (SELECT passage FROM passage_changes WHERE passage > 0{asked})")
    return tests, values


def _change(row: Row) -> PassageChange:
    source, passage, question, text, since, until, news, id = row
    told = json.loads(news) if news else None
    fresh = None if told is None else Passage(told[1], told[0], valid_from=told[2], valid_to=told[3])
    return PassageChange(source, passage, question, text, since, until, fresh, bool(news) and told is None, id)


def _pair_row(pair: Pair) -> Row:
    others = json.dumps(pair.others, ensure_ascii=False)
    return (pair.question, pair.answer, pair.language, pair.times, others, pair.state)


def _vector(blob: bytes) -> Vectors:
    return cast(Vectors, np.frombuffer(blob, np.float16).astype(np.float32))
