"""What each sequence holds, and how many cells that takes when beginnings are shared."""

from __future__ import annotations

from collections.abc import Sequence

from desktop_app.engine.decoder import Decoder


class Memory:
    """Keeps the books of the decoder's memory: tokens by sequence, cells counted once however many share them."""

    def __init__(self, decoder: Decoder) -> None:
        self._decoder = decoder
        self.held: list[list[int]] = [[] for _ in range(decoder.sequences)]
        self._cells: list[list[int]] = [[] for _ in range(decoder.sequences)]
        self._owners: dict[int, int] = {}
        self._next = 0

    @property
    def used(self) -> int:
        """How many cells hold a token."""
        return len(self._owners)

    def note(self, sequence: int, tokens: Sequence[int]) -> None:
        """Note tokens that were just decoded at the end of a sequence."""
        first, self._next = self._next, self._next + len(tokens)
        self.held[sequence].extend(tokens)
        self._cells[sequence].extend(range(first, self._next))
        self._owners.update(dict.fromkeys(range(first, self._next), 1))

    def fork(self, source: int, target: int, length: int) -> None:
        """Let an empty sequence begin with the first ``length`` tokens of another."""
        self._decoder.fork(source, target, length)
        self.held[target] = self.held[source][:length]
        self._cells[target] = self._cells[source][:length]
        for cell in self._cells[target]:
            self._owners[cell] += 1

    def cut(self, sequence: int, length: int) -> int:
        """Take back the end of a sequence and return what is left: ``length``, or 0 where that cannot be done."""
        if length and not self._decoder.rollback and length < len(self.held[sequence]):
            length = 0
        self._decoder.cut(sequence, length)
        for cell in self._cells[sequence][length:]:
            if self._owners[cell] == 1:
                del self._owners[cell]
            else:
                self._owners[cell] -= 1
        del self.held[sequence][length:], self._cells[sequence][length:]
        return length

    def own_cells(self, sequence: int) -> int:
        """Return how many cells would be free if this sequence went."""
        return sum(self._owners[cell] == 1 for cell in self._cells[sequence])


def common(a: Sequence[int], b: Sequence[int]) -> int:
    """Return how many tokens two sequences begin with in common."""
    low, high = 0, min(len(a), len(b))
    if a[:high] == b[:high]:
        return high
    while high - low > 1:
        middle = (low + high) // 2
        if a[low:middle] == b[low:middle]:
            low = middle
        else:
            high = middle
    return low
