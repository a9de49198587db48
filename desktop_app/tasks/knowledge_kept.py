"""A source read again beside what the merchant changed of it: their words stay, and what differs is asked."""

from __future__ import annotations

import threading
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from desktop_app.formats.lasting import days_of
from desktop_app.knowledge_records import Passage, PassageChange
from desktop_app.language.tongue import language_of
from desktop_app.records import Action, Progress
from desktop_app.shop import Shop
from desktop_app.tasks.products import now

BATCH = 500  # passages in one transaction


@dataclass(slots=True)
class Count:
    """What became of the passages of a source."""

    added: int = 0
    changed: int = 0
    skipped: int = 0
    removed: int = 0
    kept: int = 0
    asks: int = 0


@dataclass(slots=True)
class Bringing:
    """One source being brought to the passages it holds now, within an action that was begun."""

    shop: Shop
    action: Action
    source: int
    count: Count = field(default_factory=Count)
    before: list[Passage] = field(default_factory=list)
    changes: dict[int, PassageChange] = field(default_factory=dict)  # by passage
    out: list[PassageChange] = field(default_factory=list)  # taken out by the merchant
    met: set[int] = field(default_factory=set)
    on: str = ""

    def bring(self, stop: threading.Event, passages: Sequence[Passage]) -> Iterator[Progress]:
        """Bring each passage in: the same words again, the same question with another answer, or a new one."""
        self._look()
        same: dict[tuple[str, str], list[Passage]] = defaultdict(list)
        for passage in reversed(self.before):
            same[self._asked(passage), self._told(passage)].append(passage)
        out: dict[tuple[str, str], list[PassageChange]] = defaultdict(list)
        for change in self.out:
            out[change.question, change.text].append(change)
        fresh = list[Passage]()
        for start in range(0, len(passages), BATCH):
            if stop.is_set():
                return
            with self.shop.step(self.action):
                for passage in passages[start : start + BATCH]:
                    tongue = passage.language or language_of(passage.text)
                    passage = replace(passage, source=self.source, language=tongue)
                    key = passage.question, passage.text
                    if same[key]:
                        self._again(passage, same[key].pop())
                    elif out[key]:
                        self.out.remove(out[key].pop())
                        self.count.kept += 1
                    else:
                        fresh.append(passage)
            yield Progress(min(start + BATCH, len(passages)), len(passages), "passages")
        with self.shop.step(self.action):
            self._fresh(fresh)
            self._left()

    def _look(self) -> None:
        self.on = now()[:10]
        self.before = self.shop.passages(source=self.source)
        for change in self.shop.passage_changes(source=self.source):
            if change.passage:
                self.changes[change.passage] = change
            else:
                self.out.append(change)

    def _asked(self, passage: Passage) -> str:
        """Return the question of a passage as the source had it."""
        change = self.changes.get(passage.id or 0)
        return change.question if change else passage.question

    def _told(self, passage: Passage) -> str:
        change = self.changes.get(passage.id or 0)
        return change.text if change else passage.text

    def _again(self, passage: Passage, known: Passage) -> None:
        """The source says what it said: what stands here stays, the merchant's words too."""
        self.met.add(known.id or 0)
        change = self.changes.get(known.id or 0)
        if change is None:
            if not passage.valid_to and self._dated(passage).valid_to:
                passage = replace(passage, valid_to=known.valid_to)  # its day has no year: it means the one it meant
            again = replace(passage, id=known.id, source_name=known.source_name)
            same_days = (again.valid_from, again.valid_to) == (known.valid_from, known.valid_to)
            self.count.changed += not same_days
            self.count.skipped += same_days
        else:
            self.count.kept += 1
            since = passage.valid_from if known.valid_from == change.valid_from else known.valid_from
            until = passage.valid_to if known.valid_to == change.valid_to and passage.valid_to else known.valid_to
            again = replace(
                known, heading=passage.heading, page=passage.page, row=passage.row, start=passage.start,
                valid_from=since, valid_to=until,
            )  # fmt: skip
            says = replace(change, valid_from=passage.valid_from, valid_to=passage.valid_to or change.valid_to,
                           news=None, gone=False)  # fmt: skip
            if says != change:
                self.shop.keep_passage_change(says)
        if again != known:
            self.shop.replace_passage(again)

    def _fresh(self, fresh: Sequence[Passage]) -> None:
        """Keep what is new; what asks the question of a passage that is gone takes its place, or asks the merchant."""
        gone = {self._asked(p): p for p in self.before if p.id not in self.met and self._asked(p)}
        out = {change.question: change for change in self.out if change.question}
        for passage in map(self._dated, fresh):
            old, taken = gone.pop(passage.question, None), out.pop(passage.question, None)
            if old is not None and old.id in self.changes:
                self.met.add(old.id)
                self._differs(passage, old, self.changes[old.id])
            elif old is not None:
                self.met.add(old.id or 0)
                self.shop.replace_passage(replace(passage, id=old.id))
                self.count.changed += 1
            elif taken is not None:
                self.shop.keep_passage_change(replace(taken, text=passage.text))
                self.count.kept += 1
            else:
                self.shop.add_passages([passage])
                self.count.added += 1

    def _differs(self, passage: Passage, mine: Passage, change: PassageChange) -> None:
        if (passage.question, passage.text) == (mine.question, mine.text):  # the file says what the merchant says
            self.shop.drop_passage_change(change.passage)
            self.shop.replace_passage(replace(passage, id=mine.id))
            self.count.skipped += 1
            return
        self.count.kept += 1
        self.count.asks += 1
        self.shop.keep_passage_change(replace(change, news=passage, gone=False))

    def _left(self) -> None:
        """Let go of what the source no longer holds; of what the merchant changed the merchant decides."""
        left = [p.id or 0 for p in self.before if p.id not in self.met]
        for id in left:
            if change := self.changes.get(id):
                self.shop.keep_passage_change(replace(change, news=None, gone=True))
                self.count.kept += 1
                self.count.asks += 1
        gone = [id for id in left if id not in self.changes]
        self.shop.remove_passages(gone)
        self.count.removed = len(gone)

    def _dated(self, passage: Passage) -> Passage:
        """Return an offer with the day on which it ends, where its words name one without a year."""
        if passage.valid_to:
            return passage
        return replace(passage, valid_to=days_of(passage.text, self.on, offers=True)[1])
