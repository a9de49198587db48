"""A decoder whose next token follows from what its memory holds, so that any slip of the books shows in the text."""

from __future__ import annotations

import random
import zlib
from collections.abc import Sequence

from desktop_app.engine.decoder import Aborted, NoRoom
from desktop_app.engine.seam import Sampling

WORDS = [
    " red",
    " blue",
    " board",
    " is",
    " of",
    " bad",
    " soft",
    " bamboo",
    ".",
    ".",
    "\n",
    " 好",
    "。",
    " a.b",
    ".\n c",
]
END = 0
FIRST = 100  # tokens of texts given from outside


class FakeChain:
    """Knows its seed and all it has seen."""

    def __init__(self, seed: int, temperature: float) -> None:
        self.seed, self.temperature, self.seen = seed, temperature, [0]

    def accept(self, token: int) -> None:
        self.seen.append(token)


class FakeDecoder:
    """Sequences of (position, token) in cells that are shared when lent; it refuses what llama.cpp would refuse."""

    def __init__(
        self, *, sequences: int = 14, cells: int = 400, batch: int = 24, rollback: bool = True, seed: int | None = None
    ) -> None:
        self.sequences, self.cells, self.context, self.batch = sequences, cells, cells, batch
        self.forks = self.rollback = rollback
        self.rows: list[list[tuple[int, int]]] = [[] for _ in range(sequences)]  # (token, cell)
        self._cell = 0
        self._last: list[tuple[int, ...] | None] = []
        self._dice = random.Random(seed) if seed is not None else None  # whether decodes are cut short or find no room
        self.decodes = 0
        self.read = 0

    @property
    def used(self) -> int:
        return len({cell for row in self.rows for _, cell in row})

    def piece(self, token: int) -> bytes:
        return WORDS[token - 1].encode() if 0 < token <= len(WORDS) else bytes([token - FIRST])

    def ends(self, token: int) -> bool:
        return token == END

    def tokens(self, text: str) -> list[int]:
        return [FIRST + byte for byte in text.encode()]

    def chain(self, sampling: Sampling, seed: int, grammar: str | None) -> FakeChain:
        return FakeChain(seed, sampling.temperature)

    def decode(
        self, tokens: Sequence[int], positions: Sequence[int], sequences: Sequence[int], wanted: Sequence[bool]
    ) -> None:
        assert 0 < len(tokens) <= self.batch
        if self._dice is not None and self._dice.random() < 0.02:
            raise NoRoom
        ends = self._dice.randrange(len(tokens)) if self._dice is not None and self._dice.random() < 0.06 else None
        self._last = []
        for i, (token, position, row, want) in enumerate(zip(tokens, positions, sequences, wanted, strict=True)):
            if i == ends:
                raise Aborted  # what was read so far stays, as with llama.cpp
            assert position == len(self.rows[row]), "a token was given at a place that is not the end"
            self.rows[row].append((token, self._cell))
            self._cell += 1
            self._last.append(tuple(t for t, _ in self.rows[row]) if want else None)
        self.decodes += 1
        self.read += len(tokens)
        assert self.used <= self.cells, "more cells are used than there are"

    def sample(self, chain: FakeChain, index: int) -> int:
        held = self._last[index]
        assert held is not None, "nobody wanted to know what follows this token"
        mixed = zlib.crc32(repr((held, chain.seed, chain.seen)).encode())
        token = mixed % (len(WORDS) + 1)
        if token == END and mixed % 5:
            token = 1
        chain.accept(token)
        return token

    def chance(self, index: int, token: int) -> float:
        held = self._last[index]
        assert held is not None
        return -1.0 - (zlib.crc32(repr((held, token)).encode()) % 100) / 50

    def fork(self, source: int, target: int, length: int) -> None:
        assert self.forks
        assert not self.rows[target], "a sequence was lent a beginning while it held something"
        assert length <= len(self.rows[source])
        self.rows[target] = self.rows[source][:length]

    def cut(self, sequence: int, length: int) -> None:
        assert length == 0 or self.rollback or length == len(self.rows[sequence])
        del self.rows[sequence][length:]
