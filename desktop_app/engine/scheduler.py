"""Many texts at once: decides which tokens go into the next decode, so that every writing moves on."""

from __future__ import annotations

import time
from collections import OrderedDict, deque
from collections.abc import Callable, Mapping
from typing import NamedTuple

from desktop_app.engine.decoder import Aborted, Decoder, NoRoom
from desktop_app.engine.memory import Memory, common
from desktop_app.engine.seam import Began, Broken, EngineEvent, Request
from desktop_app.engine.writing import Prompt, Writing
from desktop_app.errors import UserError

WORTH_SHARING = 8  # tokens; a shorter common beginning is read again
WORTH_KEEPING = 32  # tokens; a shorter prompt is not kept when its text is done
BULK_TURN = 8  # while somebody watches, bulk texts move on in every so many decodes
STEP_SECONDS = 0.25  # how long a decode should take at most, so that overtaking feels immediate
FEWEST, FIRST = 16, 64  # tokens of prompt in a decode: however slow the weights are; before their speed is known

Happened = tuple[int, EngineEvent]  # (job, event)


class Shape(NamedTuple):
    """How many writings sit side by side: bulk ones, and those somebody watches."""

    bulk: int = 24
    interactive: int = 4
    kept: int = 12  # prompts kept for the next request that begins the same way

    @property
    def sequences(self) -> int:
        """How many sequences that takes, two to spare for questions."""
        return self.bulk + self.interactive + self.kept + 2


class Kept(NamedTuple):
    """A done prompt that is kept for those to come."""

    used: bool = False  # whether it was lent since
    opening: int = 0  # how many tokens of it stand before what its request was about
    shared: bool = False  # whether another writing began with it before it was kept


class Beginning(NamedTuple):
    """The longest beginning of a writing that is there already, or that another one is about to read."""

    length: int = 0
    seat: int = -1
    coming: int = 0
    leader: Writing | None = None


class Scheduler:
    """Runs the writings of several jobs through one decoder, a batch at a time. Not for several threads.

    Whoever shares a beginning with a writing that is being read waits for it and is lent it; prompts of finished texts
    are kept for those to come, the least recently used is dropped first. Interactive writings sit down at once, if need
    be in the place of the newest bulk one, which later goes on where it was. Jobs get equally many seats.
    """

    def __init__(self, decoder: Decoder, shape: Shape | None = None, now: Callable[[], float] = time.monotonic) -> None:
        """Take hold of the decoder; every sequence of it is the scheduler's from here on."""
        self.decoder, self.shape, self._now = decoder, shape or Shape(), now
        self.memory = Memory(decoder)
        self.active: list[Writing] = []  # in the order they sat down
        self.waiting: dict[tuple[int, bool], deque[Writing]] = {}  # by job and whether somebody watches
        self._begun: set[tuple[int, str]] = set()
        self._free = list(range(decoder.sequences - 1, -1, -1))
        self.kept: OrderedDict[int, Kept] = OrderedDict()  # by seat; oldest use first
        self._leaders: dict[int, tuple[Writing, int]] = {}  # seat -> who reads its beginning, and how much of it
        self._tight: Writing | None = None  # who was alone when there was no room
        self._tick = 0
        self._rate = 0.0  # tokens a second while prompts are read

    @property
    def busy(self) -> bool:
        """Whether there is anything to decode."""
        return bool(self.active or self.waiting)

    def submit(self, job: int, request: Request, prompts: Mapping[int, tuple[Prompt, str]]) -> None:
        """Take a request: for each candidate to be written its prompt, and the end of it that is text already written.

        Raises `UserError` if it can never fit or its grammar cannot be read; then nothing of it is taken.
        """
        for prompt, _ in prompts.values():
            self._must_fit(request, prompt)
            if prompt.grammar is not None:
                self.decoder.chain(request.sampling, 0, prompt.grammar)  # a bad one is told now, not in mid-batch
        line = self.waiting.setdefault((job, request.priority == "interactive"), deque())
        for candidate, (prompt, resumed) in prompts.items():
            line.append(Writing(self.decoder, job, request, candidate, prompt, resumed))

    def cancel(self, job: int) -> list[Happened]:
        """End everything of a job, seated or waiting, as stopped."""
        mine = [w for w in self.active if w.job == job]
        for watched in (True, False):
            mine += self.waiting.pop((job, watched), ())
        return [happened for writing in mine for happened in self._after(writing, writing.stop())]

    def _must_fit(self, request: Request, prompt: Prompt) -> None:
        needed, room = len(prompt.tokens) + request.max_tokens, min(self.decoder.context, self.decoder.cells)
        if needed > room:
            raise UserError(
                "This text needs {needed} tokens ({read} to read, {write} to write), but these weights hold {room} at "
                "a time. Ask for a shorter text or give fewer facts.",
                needed=needed, read=len(prompt.tokens), write=request.max_tokens, room=room,
            )  # fmt: skip

    def step(self) -> list[Happened]:
        """Seat who can be seated, decode once, and return what happened."""
        events = self._admit()
        plan = self._plan()
        if not plan:
            return events
        tokens: list[int] = []
        positions: list[int] = []
        seats: list[int] = []
        wanted: list[bool] = []
        for writing, count in plan:
            tokens += writing.sequence[writing.done : writing.done + count]
            positions += range(writing.done, writing.done + count)
            seats += [writing.seat] * count
            wanted += [False] * (count - 1) + [writing.done + count == len(writing.sequence)]
        began = self._now()
        try:
            self.decoder.decode(tokens, positions, seats, wanted)
        except Aborted:
            for writing, _ in plan:  # some of it may have been read; what cannot be cut back is read again
                writing.done = self.memory.cut(writing.seat, writing.done if self.decoder.rollback else 0)
            return events
        except NoRoom:
            return [*events, *self._squeeze(plan)]
        self._measure(len(tokens), len(plan), self._now() - began)
        return [*events, *self._advance(plan)]

    def _advance(self, plan: list[tuple[Writing, int]]) -> list[Happened]:
        """Note what was read, draw where a writing is read up to its end, and settle what came of it."""
        events: list[Happened] = []
        index = -1
        for writing, count in plan:
            index += count
            self.memory.note(writing.seat, writing.sequence[writing.done : writing.done + count])
            writing.done += count
            if writing.done < len(writing.sequence):
                continue
            token = self.decoder.sample(writing.chain, index)
            chance = self.decoder.chance(index, token) if writing.weighs else None
            last = self.decoder.ends(token)
            happened = writing.take(token, chance, b"" if last else self.decoder.piece(token), last=last)
            if happened or writing.ended is not None:
                events += self._after(writing, happened)
            if writing.ended is None and writing.done < len(self.memory.held[writing.seat]):
                writing.done = self.memory.cut(writing.seat, writing.done)
        return events

    def _after(self, writing: Writing, events: list[EngineEvent]) -> list[Happened]:
        if writing.ended is not None:
            if writing.seat >= 0:
                self._leave(writing)
            key = (writing.job, writing.request.id)
            if not any(key == (w.job, w.request.id) for w in self._everyone()):
                self._begun.discard(key)
        return [(writing.job, event) for event in events]

    def _everyone(self) -> list[Writing]:
        return [*self.active, *(w for line in self.waiting.values() for w in line)]

    def _measure(self, tokens: int, writings: int, seconds: float) -> None:
        if tokens - writings >= FEWEST and seconds > 0:
            rate = tokens / seconds
            self._rate = rate if not self._rate else 0.7 * self._rate + 0.3 * rate

    def _plan(self) -> list[tuple[Writing, int]]:
        """Return who takes part in the next decode, with how many tokens each."""
        self._tick += 1
        watched = any(w.interactive for w in self.active)
        players = [w for w in self.active if w.interactive or not watched or self._tick % BULK_TURN == 0]
        players = [w for w in players if self._ready(w)] or [w for w in self.active if self._ready(w)]
        plan = [(w, 1) for w in players if len(w.sequence) - w.done == 1][: self.decoder.batch]
        room = min(self.decoder.batch - len(plan), self._chunk())
        reading = [w for w in players if len(w.sequence) - w.done > 1]
        for writing in sorted(reading, key=lambda w: not w.interactive):
            count = min(len(writing.sequence) - writing.done, room)
            if count > 0:
                plan.append((writing, count))
                room -= count
        return plan

    def _chunk(self) -> int:
        """Return how many tokens of prompts to read in one decode."""
        if not self._rate:
            return FIRST
        return max(FEWEST, min(int(self._rate * STEP_SECONDS), self.decoder.batch))

    def _ready(self, writing: Writing) -> bool:
        """Say whether a writing can read on; one that waits for its beginning is lent it when it is there."""
        if writing.seat not in self._leaders:
            return True
        leader, coming = self._leaders[writing.seat]
        if leader.ended is None and leader.seat >= 0 and leader.done < coming:
            return False
        del self._leaders[writing.seat]
        self._begin(writing, self._beginning(writing))
        return writing.seat not in self._leaders

    def _admit(self) -> list[Happened]:
        """Give seats to those who wait, as far as seats and memory reach."""
        events: list[Happened] = []
        while (line := self._next_line()) is not None:
            writing = self.waiting[line][0]
            beginning = self._beginning(writing)
            if not self._make_room(writing, beginning):
                break
            self.waiting[line].popleft()
            if not self.waiting[line]:
                del self.waiting[line]
            writing.seat = self._free.pop()
            self.active.append(writing)
            self._begin(writing, self._beginning(writing))
            key = (writing.job, writing.request.id)
            if key not in self._begun:
                self._begun.add(key)
                events.append((writing.job, Began(writing.request.id)))
        return events

    def _next_line(self) -> tuple[int, bool] | None:
        """Return the line whose first should sit down next: a watched one, else of the job with the fewest seats."""
        for watched, seats in ((True, self.shape.interactive), (False, self.shape.bulk)):
            sitting = [w.job for w in self.active if w.interactive == watched]
            lines = [line for line in self.waiting if line[1] == watched]
            if lines and len(sitting) < seats:
                return min(lines, key=lambda line: sitting.count(line[0]))
        return None

    def _beginning(self, writing: Writing) -> Beginning:
        """Look for the longest beginning of a writing among those who sit and what was kept."""
        if not self.decoder.forks:
            return Beginning()
        most = len(writing.sequence) - 1  # the last token is always read, for what follows it
        best = Beginning()
        for seat in reversed(self.kept):
            length = min(common(self.memory.held[seat], writing.sequence), most)
            if length > best.length:
                best = best._replace(length=length, seat=seat)
        for other in self.active:
            if other is writing:
                break  # those who sat down later may be waiting for this one
            length = min(common(other.sequence, writing.sequence), most)
            if min(length, other.done) > best.length:
                best = best._replace(length=min(length, other.done), seat=other.seat)
            if length > max(best.coming, other.done) and (other.interactive or not writing.interactive):
                best = best._replace(coming=length, leader=other)
        return best

    def _begin(self, writing: Writing, beginning: Beginning) -> None:
        """Lend a seated writing its beginning, or let it wait for the one who is reading more of it."""
        self._leaders.pop(writing.seat, None)
        if beginning.leader is not None and beginning.coming >= beginning.length + WORTH_SHARING:
            self._leaders[writing.seat] = (beginning.leader, beginning.coming)
        elif beginning.length >= WORTH_SHARING:
            self.memory.fork(beginning.seat, writing.seat, beginning.length)
            writing.done = writing.lent = beginning.length
            for other in self.active:
                if other.seat == beginning.seat:
                    other.lent = max(other.lent, beginning.length)
            if beginning.seat in self.kept:
                self.kept[beginning.seat] = self.kept[beginning.seat]._replace(used=True)
                self.kept.move_to_end(beginning.seat)

    def _make_room(self, writing: Writing, beginning: Beginning) -> bool:
        """Free a seat and enough cells for a writing, if that can be done; kept prompts go first."""
        shared = max(beginning.length, beginning.coming)
        while not self._free or self._lacks(writing.most - shared):
            others = [seat for seat in self.kept if seat != beginning.seat] or list(self.kept)
            if others:
                shared = shared if others[0] != beginning.seat else beginning.coming
                self._drop(others)
                continue
            bulk = [w for w in self.active if not w.interactive]
            if not (writing.interactive and bulk):
                return False
            self._unseat(bulk[-1])
            beginning = self._beginning(writing)
            shared = max(beginning.length, beginning.coming)
        return True

    def _lacks(self, cells: int) -> bool:
        """Say whether so many cells are more than what those who sit leave, counting what they will still use."""
        coming = {seat: upto for seat, (_, upto) in self._leaders.items()}
        promised = sum(w.most - max(w.done, coming.get(w.seat, 0)) for w in self.active)
        return self.memory.used + promised + cells > self.decoder.cells

    def _drop(self, seats: list[int]) -> None:
        """Forget one kept prompt: one that was never of use, else the one whose use is longest ago."""
        seat = next((s for s in seats if not self.kept[s].used), seats[0])
        del self.kept[seat]
        self.memory.cut(seat, 0)
        self._free.append(seat)

    def _unseat(self, writing: Writing) -> None:
        """Take a writing's seat away; it waits at the head of its line and later reads its own text again."""
        self._rise(writing)
        writing.done = 0
        self.waiting.setdefault((writing.job, writing.interactive), deque()).appendleft(writing)

    def _leave(self, writing: Writing) -> None:
        """Let a finished writing go, but keep what may be of use again.

        That is its whole prompt, or of bulk work only what others were seen to begin with too: every cell that is held
        costs a little at each decode.
        """
        length = min(len(writing.prompt), writing.done)
        if writing.lent and not writing.interactive:
            length = min(length, writing.lent)
        useful = self.decoder.forks and self.decoder.rollback and length >= WORTH_KEEPING
        self._rise(writing, keep=length if useful and not self._known(writing.prompt[:length]) else 0)

    def _rise(self, writing: Writing, *, keep: int = 0) -> None:
        self.active.remove(writing)
        self._leaders.pop(writing.seat, None)
        seat, writing.seat = writing.seat, -1
        self.memory.cut(seat, keep)
        if keep:
            self._keep(seat, Kept(opening=min(writing.common, keep), shared=writing.lent > 0))
        else:
            self._free.append(seat)
        for follower in [w for w in self.active if self._leaders.get(w.seat, (None, 0))[0] is writing]:
            self._begin(follower, self._beginning(follower))

    def _known(self, prompt: list[int]) -> bool:
        """Say whether a kept prompt begins with this one, and count that as a use of it."""
        for seat in self.kept:
            if self.memory.held[seat][: len(prompt)] == prompt:
                self.kept.move_to_end(seat)
                return True
        return False

    def borrow(self, cells: int) -> int:
        """Return an empty sequence with room for so many tokens; kept prompts and bulk writings make way."""
        while not self._free or self._lacks(cells):
            self.make_way()
        return self._free.pop()

    def make_way(self) -> None:
        """Free some memory: a kept prompt, else the seat of a writing, which waits. `UserError` if there is neither."""
        if self.kept:
            self._drop(list(self.kept))
        elif self.active:
            self._unseat(next((w for w in reversed(self.active) if not w.interactive), self.active[-1]))
        else:
            raise UserError("There is not enough memory for this text. Close other programs or choose smaller weights.")

    def spare(self, cells: int) -> bool:
        """Say whether `borrow` would find a sequence and so many cells without anybody making way."""
        return bool(self._free) and not self._lacks(cells)

    def give_back(self, seat: int, *, keep: bool = False, used: bool = False) -> None:
        """Take a borrowed sequence back; ``keep`` keeps what it holds for the next who begins the same way."""
        held = self.memory.held[seat]
        if keep and self.decoder.rollback and len(held) >= WORTH_KEEPING and not self._known(held):
            self._keep(seat, Kept(used=used, opening=len(held) if used else 0))
        else:
            self.memory.cut(seat, 0)
            self._free.append(seat)

    def _keep(self, seat: int, kept: Kept) -> None:
        if len(self.kept) >= self.shape.kept:
            self._drop(list(self.kept))
        self.kept[seat] = kept

    def _squeeze(self, plan: list[tuple[Writing, int]]) -> list[Happened]:
        """Make room when the decoder found none although the books say there is: fewer writings, then none."""
        while self.kept:
            self._drop(list(self.kept))
        if len(self.active) > 1:
            self._unseat(next((w for w in reversed(self.active) if not w.interactive), self.active[-1]))
            return []
        writing = plan[0][0]
        if self._tight is not writing:  # its own leftovers may be in the way: once more from the start
            self._tight, writing.done = writing, self.memory.cut(writing.seat, 0)
            return []
        error = UserError("There is not enough memory for this text. Close other programs or choose smaller weights.")
        return self.break_off(writing.job, writing.request.id, error)

    def break_off(self, job: int, request: str, error: UserError) -> list[Happened]:
        """Give a request up, all its candidates; `Broken` is all that comes of it."""
        for writing in list(self.active):
            if (writing.job, writing.request.id) == (job, request):
                self._rise(writing)
        for line, waiting in list(self.waiting.items()):
            left = deque(w for w in waiting if (w.job, w.request.id) != (job, request))
            if left:
                self.waiting[line] = left
            else:
                del self.waiting[line]
        self._begun.discard((job, request))
        return [(job, Broken(request, error))]
