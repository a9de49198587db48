"""Named actions: what a merchant did, one after another, and how each is taken back and done again."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Callable, Iterator
from itertools import groupby

from desktop_app.errors import UserError
from desktop_app.records import Action
from desktop_app.shop import ledger, links, parts, shelf, takings
from desktop_app.shop.connect import File, Row
from desktop_app.shop.schema import VALUES
from desktop_app.words import _

# The journal forgets the oldest actions beyond this many entries (one a changed row, one a block of added rows) …
ENTRIES = 1_000_000
ACTIONS = 2_000
KEPT = 20  # … but never these newest ones.
CHUNK = 5_000
_COLUMNS = "id, template, params, at, undone, changes"


class History:
    """The part of a shop that does, undoes and redoes. A stretch is a part of an action that nothing else cut into."""

    _file: File
    _token: str
    _alive: Callable[[], set[str]]

    def __init__(self) -> None:
        self._stretches: dict[int, int] = {}  # action as begun -> the stretch of it that is being written

    @contextlib.contextmanager
    def act(self, message: str, /, **params: object) -> Iterator[Action]:
        """Do one named action in one transaction: whole, or on an exception not at all.

        ``message`` is an English template, translated when it is read. An action that changed nothing leaves no trace.
        """
        with self._file.transaction():
            action = self._named(message, _packed(params))
            with self._recorded(action.id):
                yield action
            takings.freshen(self._file)
            self._drop_empty(action.id)
            self._forget()

    def begin(self, message: str, /, **params: object) -> Action:
        """Begin a named action of many transactions; what its steps committed stays, whatever happens later."""
        with self._file.transaction():
            action = self._named(message, _packed(params), self._token)
        self._stretches[action.id] = action.id
        return action

    def begin_again(self, id: int | None, message: str, /, **params: object) -> Action:
        """Go on with an action of many transactions that a program left; begin it where nothing of it is left.

        What it adds belongs to the same action while nothing came after it and it was not undone.
        """
        last = self._file.one("SELECT id FROM actions WHERE root = ? ORDER BY id DESC LIMIT 1", (id,))
        if id is None or last is None:
            return self.begin(message, **params)
        with self._file.transaction():
            self._file.run("UPDATE actions SET owner = ? WHERE id = ? AND undone = 0", (self._token, last[0]))
        self._stretches[id] = last[0]
        return _action((id, message, _packed(params), parts.now(), 0, 0))

    @contextlib.contextmanager
    def step(self, action: Action) -> Iterator[None]:
        """Do one transaction of an action that was begun.

        Where somebody else acted in between, the action goes on as a second one of the same name: undo takes
        changes back in the order they were made, and never out of it.
        """
        with self._file.transaction():
            stretch = self._stretch(action)
            with self._recorded(stretch):
                yield
        self._stretches[action.id] = stretch

    def end(self, action: Action) -> Action | None:
        """End an action that was begun; return it, or None if it changed nothing and so left no trace."""
        with self._file.transaction():
            self._file.run("UPDATE actions SET owner = '' WHERE root = ?", (action.id,))
            self._file.run("DELETE FROM actions WHERE root = ? AND entries = 0", (action.id,))
            takings.freshen(self._file)
            rows = self._file.all(f"SELECT {_COLUMNS} FROM actions WHERE root = ? ORDER BY id", (action.id,))
            self._forget()
        self._stretches.pop(action.id, None)
        if not rows:
            return None
        return _action((*rows[0][:5], sum(row[5] for row in rows)))

    def actions(self, limit: int | None = 50, include_undone: bool = True) -> list[Action]:
        """Return what was done, newest first."""
        where = "" if include_undone else " AND undone = 0"
        rows = self._file.all(
            f"SELECT {_COLUMNS} FROM actions WHERE entries > 0{where} ORDER BY id DESC LIMIT ?",
            (-1 if limit is None else limit,),
        )
        return [_action(row) for row in rows]

    def would_undo(self, action_id: int) -> list[Action]:
        """Return what ``undo_to`` would take back, newest first; nothing if the action is unknown or undone."""
        rows = self._file.all(
            f"SELECT {_COLUMNS} FROM actions WHERE entries > 0 AND undone = 0 AND id >= ? ORDER BY id DESC",
            (action_id,),
        )
        return [_action(row) for row in rows] if rows and rows[-1][0] == action_id else []

    def undo(self, steps: int = 1) -> list[Action]:
        """Take the last ``steps`` actions back, all or none; return them, newest first."""
        with self._file.transaction():
            return self._replayed([action.id for action in self.actions(max(steps, 0), include_undone=False)])

    def undo_to(self, action_id: int) -> list[Action]:
        """Take an action back and all after it; return them, newest first, or nothing if it is unknown or undone."""
        with self._file.transaction():
            return self._replayed([action.id for action in self.would_undo(action_id)])

    def redo(self, steps: int = 1) -> list[Action]:
        """Do again what was undone last, ``steps`` actions of it, all or none; return them in the order done."""
        with self._file.transaction():
            rows = self._file.all("SELECT id FROM actions WHERE undone = 1 ORDER BY id LIMIT ?", (max(steps, 0),))
            return self._replayed([row[0] for row in rows])

    def end_interrupted(self, alive: set[str]) -> None:
        """End the actions of programs that are gone; what they had committed stays and can be undone."""
        owners = {row[0] for row in self._file.all("SELECT DISTINCT owner FROM actions WHERE owner <> ''")}
        gone = json.dumps(sorted(owners - alive))
        if owners - alive:
            with self._file.transaction():
                these = "owner IN (SELECT value FROM json_each(?))"
                self._file.run(f"DELETE FROM actions WHERE entries = 0 AND {these}", (gone,))
                self._file.run(f"UPDATE actions SET owner = '' WHERE {these}", (gone,))

    def _named(self, template: str, params: str, owner: str = "", root: int = 0) -> Action:
        at = parts.now()
        id = self._file.run(
            "INSERT INTO actions (template, params, at, owner) VALUES (?, ?, ?, ?)", (template, params, at, owner)
        )
        self._file.run("UPDATE actions SET root = ? WHERE id = ?", (root or id, id))
        return _action((id, template, params, at, 0, 0))

    def _stretch(self, action: Action) -> int:
        """Return the id to write under: the last stretch while nothing came after it, else a new one."""
        last = self._stretches.get(action.id, action.id)
        known = self._file.one("SELECT undone, owner, entries, template, params FROM actions WHERE id = ?", (last,))
        newest = self._file.value("SELECT max(id) FROM actions WHERE entries > 0 OR id = ?", (last,))
        if known and not known[0] and known[1] and newest == last:
            return last
        if known and not known[2]:
            self._file.run("DELETE FROM actions WHERE id = ?", (last,))
        template, params = known[3:] if known else (action.name, "{}")
        return self._named(template, params, self._token, action.id).id

    @contextlib.contextmanager
    def _recorded(self, action: int) -> Iterator[None]:
        """Let the triggers write what happens inside as this action's, then bring lists and index up to date."""
        since = self._file.value("SELECT ifnull(max(id), 0) FROM journal")
        self._file.run("UPDATE doing SET action = ?", (action,))
        yield
        links.settle(self._file, since)
        self._file.run("UPDATE doing SET action = NULL")
        shelf.refresh(self._file, since)
        takings.mark(self._file, since)
        # A row of the ledger is no change of its own: it says why another one was made.
        rows = "CASE WHEN tbl = 'moves' THEN 0 WHEN op = 'insert' THEN ifnull(detail, row) - row + 1 ELSE 1 END"
        entries, changed = self._file.all(f"SELECT count(*), total({rows}) FROM journal WHERE id > ?", (since,))[0]
        if entries:
            self._clear_redo()
            self._file.run(
                "UPDATE actions SET entries = entries + ?, changes = changes + ? WHERE id = ?",
                (entries, int(changed), action),
            )

    def _clear_redo(self) -> None:
        if self._file.value("SELECT 1 FROM actions WHERE undone = 1 LIMIT 1"):
            self._file.run("DELETE FROM journal WHERE action IN (SELECT id FROM actions WHERE undone = 1)")
            self._file.run("DELETE FROM actions WHERE undone = 1")

    def _drop_empty(self, action: int) -> None:
        self._file.run("DELETE FROM actions WHERE id = ? AND entries = 0", (action,))

    def _replayed(self, ids: list[int]) -> list[Action]:
        running = self._file.all("SELECT id, owner, template, params FROM actions WHERE owner <> ''")
        for id, owner, template, params in running:
            if id in ids and (owner == self._token or owner in self._alive()):
                raise UserError("“{name}” is still running. Stop it first, then undo.", name=_name(template, params))
        takings.fasten(self._file)
        for id in ids:
            self._replay(id)
        sql = f"SELECT {_COLUMNS} FROM actions WHERE id IN (SELECT value FROM json_each(?))"
        rows = {row[0]: row for row in self._file.all(sql, (json.dumps(ids),))}
        return [_action(rows[id]) for id in ids]

    def _replay(self, action: int) -> None:
        """Do the opposite of every entry, last first, while the triggers write down the opposite of that."""
        last = self._file.value("SELECT ifnull(max(id), 0) FROM journal")
        self._file.run("PRAGMA defer_foreign_keys=ON")
        self._file.run("UPDATE doing SET action = ?, quiet = 1", (action,))
        before = last + 1
        while rows := self._file.all(
            "SELECT * FROM journal WHERE action = ? AND id < ? ORDER BY id DESC LIMIT ?", (action, before, CHUNK)
        ):
            before = rows[-1][0]
            for (table, op, detail), same in groupby(
                rows, key=lambda row: (row[2], row[3], row[5] if row[3] == "update" else 0)
            ):
                self._reverse(table, op, detail, list(same))
        ledger.settle(self._file, last)
        self._file.run("UPDATE doing SET action = NULL, quiet = 0")
        self._file.run("DELETE FROM journal WHERE action = ? AND id <= ?", (action, last))
        shelf.refresh(self._file, last)
        takings.mark(self._file, last)
        takings.freshen(self._file)
        entries = self._file.value("SELECT count(*) FROM journal WHERE action = ?", (action,))
        self._file.run("UPDATE actions SET undone = 1 - undone, entries = ? WHERE id = ?", (entries, action))

    def _reverse(self, table: str, op: str, mask: int, rows: list[Row]) -> None:
        names = self._file.columns(table)
        if op == "insert":
            sql = f"DELETE FROM {table} WHERE id BETWEEN ? AND ?"
            self._file.many(sql, [(row[4], row[4] if row[5] is None else row[5]) for row in rows])
        elif op == "delete":
            if table == "settings":  # one may have been written since, outside any action
                self._file.many("DELETE FROM settings WHERE id = ?", [(row[4],) for row in rows])
            listed = ", ".join(f'"{name}"' for name in names)
            sql = f"INSERT INTO {table} (id, {listed}) VALUES ({', '.join('?' * (len(names) + 1))})"
            self._file.many(sql, [(row[4], *row[6 : 6 + len(names)]) for row in rows])
        else:
            chosen = [n for n in range(min(len(names), VALUES)) if mask >> n & 1]
            listed = ", ".join(f'"{names[n]}" = ?' for n in chosen)
            sql = f"UPDATE {table} SET {listed} WHERE id = ?"
            self._file.many(sql, [(*(row[6 + n] for n in chosen), row[4]) for row in rows])

    def _forget(self) -> None:
        """Forget the oldest actions where the journal has grown beyond its limits."""
        entries, count = self._file.all("SELECT total(entries), count(*) FROM actions")[0]
        if entries <= ENTRIES and count <= ACTIONS:
            return
        rows = self._file.all("SELECT id, entries FROM actions WHERE owner = '' ORDER BY id DESC")
        kept, gone = 0.0, []
        for n, (id, size) in enumerate(rows):
            kept += size
            if n >= KEPT and (kept > ENTRIES or n >= ACTIONS):
                gone.append((id,))
        self._file.many("DELETE FROM journal WHERE action = ?", gone)
        self._file.many("DELETE FROM actions WHERE id = ?", gone)


def _packed(params: dict[str, object]) -> str:
    return json.dumps(params, ensure_ascii=False, default=str)


def _name(template: str, params: str) -> str:
    return _(template, **json.loads(params))


def _action(row: Row) -> Action:
    id, template, params, at, undone, changes = row
    return Action(id, _name(template, params), at, bool(undone), changes)
