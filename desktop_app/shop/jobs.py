"""Jobs: long work kept in the shop file, each product ticked off in the very transaction that saves its draft.

Jobs are bookkeeping: no action changes them and undo leaves them alone. So a draft that was taken back stays ticked,
and a job that goes on does not write it again.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, fields
from typing import Any

import numpy as np
import numpy.typing as npt

from desktop_app.errors import UserError
from desktop_app.records import Action, Draft, Job, JobChoice, Wishes
from desktop_app.shop import parts
from desktop_app.shop.connect import File, Row

KEPT = 50  # ended jobs that are remembered
ENDED = ("done", "stopped")
_COLUMNS = """id, what, choice, wishes, state, owner, total,
 done + (SELECT count(*) FROM ticks WHERE job = jobs.id AND why = ''),
 (SELECT count(*) FROM ticks WHERE job = jobs.id AND why <> ''), made, ended, action,
 hours"""
_WISHES = {f.name for f in fields(Wishes)}


class Jobs:
    """The part of a shop that holds jobs. One program at a time works at a job; of a dead one it is free again."""

    _file: File
    _token: str
    _alive: Callable[[], set[str]]
    begin_again: Callable[..., Action]

    def __init__(self) -> None:
        self._at_work: set[int] = set()  # jobs taken and not left; a leaving that failed must not hold one for ever

    def add_job(self, products: Iterable[int], wishes: Wishes, choice: JobChoice = "", hours: str = "") -> int:
        """Keep a new job for these products, each once, in this order, and return its number."""
        ids = list(dict.fromkeys(products))
        sql = (
            "INSERT INTO jobs (what, choice, wishes, products, total, state, made, hours)"
            " VALUES ('describe', ?, ?, ?, ?, 'waiting', ?, ?)"
        )
        with self._file.transaction():
            id = self._file.run(sql, (choice, _packed(wishes), _blob(ids), len(ids), parts.now(), hours))
            self._forget_jobs()
        return id

    def job(self, id: int) -> Job:
        """Return one job; UserError if there is none with this number."""
        return self._jobs(self._file.all(f"SELECT {_COLUMNS} FROM jobs WHERE id = ?", (self._known(id),)))[0]

    def jobs(self) -> list[Job]:
        """Return the jobs, newest first: all that are not ended, and the ended ones still remembered."""
        return self._jobs(self._file.all(f"SELECT {_COLUMNS} FROM jobs ORDER BY id DESC"))

    def job_products(self, id: int) -> list[int]:
        """Return the products of a job, in order."""
        return list(_ids(self._blob_of(id)).tolist())

    def left_of_job(self, id: int) -> list[int]:
        """Return the products of a job that are neither done nor failed, in order."""
        ids = _ids(self._blob_of(id))
        ticked = [product for (product,) in self._file.all("SELECT product FROM ticks WHERE job = ?", (id,))]
        return list(ids[np.isin(ids, np.array(ticked, dtype=np.int64), invert=True)].tolist())

    def failures_of_job(self, id: int) -> list[tuple[int, str]]:
        """Return the products that a job could not do, and why."""
        return [
            (p, why) for p, why in self._file.all("SELECT product, why FROM ticks WHERE job = ? AND why <> ''", (id,))
        ]

    def taken_back_of_job(self, id: int) -> int:
        """Count the drafts of a job under way that are no longer there: undone since."""
        gone = "NOT EXISTS (SELECT 1 FROM drafts d WHERE d.id = ticks.draft AND d.product = ticks.product)"
        return int(self._file.value(f"SELECT count(*) FROM ticks WHERE job = ? AND why = '' AND {gone}", (id,)))

    def extend_job(self, id: int, products: Iterable[int]) -> None:
        """Add products to a job, after its own; those it has already are left out."""
        ids = list(dict.fromkeys([*self.job_products(id), *products]))
        with self._file.transaction():
            self._file.run("UPDATE jobs SET products = ?, total = ? WHERE id = ?", (_blob(ids), len(ids), id))

    def set_job_hours(self, id: int, hours: str) -> None:
        """Say in which hours of the day a job runs by itself ("22:00-07:00"); empty: when somebody asks it to."""
        with self._file.transaction():
            self._file.run("UPDATE jobs SET hours = ? WHERE id = ?", (hours, self._known(id)))

    def take_job(self, id: int) -> None:
        """Begin or go on to work at a job; UserError if it is ended or somebody else works at it."""
        with self._file.transaction():
            state, owner = self._state(id)
            if state == "done":
                raise UserError("Job {id} is done already; nothing of it is left to write.", id=id)
            if state == "stopped":
                raise UserError("Job {id} was cancelled. What it wrote is kept; start a new one for the rest.", id=id)
            if self._works(id, owner):
                raise UserError(
                    "Job {id} is running in another window or terminal. Let it finish there, or stop it there first.",
                    id=id,
                )
            self._file.run("UPDATE jobs SET state = 'running', owner = ? WHERE id = ?", (self._token, id))
        self._at_work.add(id)

    def begin_job(self, id: int, message: str, /, **params: object) -> Action:
        """Begin the action of a job that was taken, or go on with it; end it as any other action."""
        self._require_mine(id)
        action = self.begin_again(self._file.value("SELECT action FROM jobs WHERE id = ?", (id,)), message, **params)
        with self._file.transaction():
            self._file.run("UPDATE jobs SET action = ? WHERE id = ?", (action.id, id))
        return action

    def tick(self, id: int, draft: Draft) -> None:
        """Mark a draft's product as done, within the step that saves the draft; half a text is not done yet."""
        self._file.require_action()
        self._require_mine(id)
        if not draft.stopped:
            self._file.run("INSERT INTO ticks VALUES (?, ?, ?, '')", (id, draft.product, draft.id))

    def fail_in_job(self, id: int, products: Sequence[int], why: str) -> None:
        """Mark products as failed, and why; the job goes on without them."""
        with self._file.transaction():
            self._require_mine(id)
            self._file.many("INSERT INTO ticks VALUES (?, ?, NULL, ?)", [(id, product, why) for product in products])

    def unknown_in_job(self, id: int) -> list[int]:
        """Return the products left in a job that the shop no longer holds."""
        left = json.dumps(self.left_of_job(id))
        sql = "SELECT value FROM json_each(?) WHERE value NOT IN (SELECT id FROM products)"
        return [product for (product,) in self._file.all(sql, (left,))]

    def cancel_job(self, id: int) -> None:
        """Give a job up for good; whoever works at it stops after the product at hand. UserError if it is ended."""
        with self._file.transaction():
            state, owner = self._state(id)
            if state in ENDED:
                raise UserError("Job {id} is ended already. Nothing was changed.", id=id)
            self._file.run("UPDATE jobs SET state = 'stopped', ended = ? WHERE id = ?", (parts.now(), id))
            if not self._works(id, owner):
                self._settle(id)

    def job_cancelled(self, id: int) -> bool:
        """Tell whether somebody gave this job up."""
        return bool(self._state(id)[0] == "stopped")

    def leave_job(self, id: int, *, paused: bool, machine: str, weights: str, seconds: float, texts: int) -> None:
        """Let go of a job: it is done if nothing is left, else it waits. Nothing happens if it is not ours.

        ``texts`` were written in ``seconds`` on this ``machine`` with these ``weights``, for the next guess.
        """
        self._at_work.discard(id)
        with self._file.transaction():
            state, owner = self._state(id)
            if owner != self._token:
                return
            left = self.left_of_job(id)
            new = "stopped" if state == "stopped" else "paused" if paused else "waiting"
            self._file.run(
                "UPDATE jobs SET state = ?1, ended = CASE WHEN ?1 = 'done' THEN ?2 ELSE ended END WHERE id = ?3",
                (new if left else "done", parts.now(), id),
            )
            if texts:
                sql = "UPDATE jobs SET machine = ?, weights = ?, seconds = ?, texts = ? WHERE id = ?"
                self._file.run(sql, (machine, weights, seconds, texts, id))
            self._settle(id)

    def let_go_of_jobs(self) -> None:
        """Free the jobs of programs that are gone, also one that had this program's number before it."""
        if self._file.value("SELECT 1 FROM jobs WHERE owner <> '' LIMIT 1"):
            with self._file.transaction():
                rows = self._file.all("SELECT id, owner FROM jobs WHERE owner <> ''")
                alive = self._alive()
                for id, owner in rows:
                    if owner not in alive:
                        self._file.run("UPDATE jobs SET state = 'waiting' WHERE id = ? AND state = 'running'", (id,))
                        self._settle(id)

    def seconds_a_text(self, wishes: Wishes, machine: str, weights: str) -> float | None:
        """Return how long a text like this took in the last jobs on a machine with these weights; None if unknown."""
        alike = " AND ".join(
            f"json_extract(wishes, '$.{name}') = ?" for name in ("field", "language", "length", "writer")
        )
        rows = self._file.all(
            f"SELECT seconds, texts FROM jobs WHERE texts > 0 AND machine = ? AND weights = ? AND {alike}"
            " ORDER BY id DESC LIMIT 5",
            (machine, weights, wishes.field, wishes.language, wishes.length, wishes.writer),
        )
        return sum(row[0] for row in rows) / sum(row[1] for row in rows) if rows else None

    def _known(self, id: int) -> int:
        if not 0 < id <= parts.LARGEST or not self._file.value("SELECT 1 FROM jobs WHERE id = ?", (id,)):
            raise UserError("There is no job {id} in this shop; `zhanggui jobs` lists them.", id=id)
        return id

    def _state(self, id: int) -> Row:
        return self._file.all("SELECT state, owner FROM jobs WHERE id = ?", (self._known(id),))[0]

    def _blob_of(self, id: int) -> bytes:
        return bytes(self._file.value("SELECT products FROM jobs WHERE id = ?", (self._known(id),)))

    def _works(self, id: int, owner: str) -> bool:
        return id in self._at_work if owner == self._token else bool(owner) and owner in self._alive()

    def _require_mine(self, id: int) -> None:
        if self._state(id)[1] != self._token:
            raise UserError(
                "Job {id} goes on in another window or terminal. What was saved is kept and nothing is written twice.",
                id=id,
            )

    def _settle(self, id: int) -> None:
        """Free a job; of an ended one keep only how many were done, and what failed."""
        self._file.run("UPDATE jobs SET owner = '' WHERE id = ?", (id,))
        if self._state(id)[0] in ENDED:
            done = "(SELECT count(*) FROM ticks WHERE job = jobs.id AND why = '')"
            self._file.run(f"UPDATE jobs SET done = done + {done} WHERE id = ?", (id,))
            self._file.run("DELETE FROM ticks WHERE job = ? AND why = ''", (id,))

    def _forget_jobs(self) -> None:
        old = "SELECT id FROM jobs WHERE ended <> '' AND owner = '' ORDER BY id DESC LIMIT -1 OFFSET ?"
        self._file.run(f"DELETE FROM ticks WHERE job IN ({old})", (KEPT,))
        self._file.run(f"DELETE FROM jobs WHERE id IN ({old})", (KEPT,))

    def _jobs(self, rows: list[Row]) -> list[Job]:
        alive = self._alive() if any(row[4] == "running" for row in rows) else set[str]()
        return [_job(row, alive | {self._token} if row[0] in self._at_work else alive) for row in rows]


def _job(row: Row, alive: set[str]) -> Job:
    id, what, choice, wishes, state, owner, total, done, failed, made, ended, action, hours = row
    if state == "running" and owner not in alive:
        state = "waiting"
    known: dict[str, Any] = {name: value for name, value in json.loads(wishes).items() if name in _WISHES}
    return Job(id, Wishes(**known), state, done, failed, total, made, ended, what, choice, action, hours)


def _packed(wishes: Wishes) -> str:
    return json.dumps(asdict(wishes), ensure_ascii=False)


def _blob(ids: Sequence[int]) -> bytes:
    return zlib.compress(np.array(ids, dtype="<i8").tobytes(), 1)


def _ids(blob: bytes) -> npt.NDArray[np.int64]:
    return np.frombuffer(zlib.decompress(blob), dtype="<i8").astype(np.int64)
