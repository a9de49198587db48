"""The seam below the scheduler: what it needs of weights that are loaded, and nothing of how they do it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from desktop_app.engine.seam import Sampling


class Aborted(Exception):
    """A decode was cut short because somebody asked for it; its tokens must be given again."""


class NoRoom(Exception):
    """The memory had no place for a batch; it holds what it held before."""


class Chain(Protocol):
    """Draws tokens: sampler settings, a seed, perhaps a grammar, and what it has seen so far."""

    def accept(self, token: int) -> None:
        """Take note of a token that was not drawn here."""
        ...


class Decoder(Protocol):
    """Weights that read tokens into numbered sequences and say what may come next."""

    sequences: int  # how many numbered sequences there are
    cells: int  # how many tokens the memory holds over all sequences; a token shared by several counts once
    context: int  # how many tokens one sequence may have
    batch: int  # how many tokens one decode may have
    forks: bool  # the beginning of a sequence can be lent to another
    rollback: bool  # the end of a sequence can be taken back

    def piece(self, token: int) -> bytes:
        """Return the bytes a token stands for; control tokens stand for none."""
        ...

    def ends(self, token: int) -> bool:
        """Say whether a token means that the text is over."""
        ...

    def tokens(self, text: str) -> list[int]:
        """Return the tokens of plain text, as a continuation."""
        ...

    def chain(self, sampling: Sampling, seed: int, grammar: str | None) -> Chain:
        """Return a new chain; `UserError` if the grammar cannot be read."""
        ...

    def decode(
        self, tokens: Sequence[int], positions: Sequence[int], sequences: Sequence[int], wanted: Sequence[bool]
    ) -> None:
        """Read one token each into its sequence, at most ``batch``. Raises `Aborted` or `NoRoom`."""
        ...

    def sample(self, chain: Chain, index: int) -> int:
        """Draw what follows the token at ``index`` of the last batch."""
        ...

    def chance(self, index: int, token: int) -> float:
        """Return the log of the probability that ``token`` follows the token at ``index`` of the last batch."""
        ...

    def fork(self, source: int, target: int, length: int) -> None:
        """Lend the first ``length`` tokens of one sequence to an empty one."""
        ...

    def cut(self, sequence: int, length: int) -> None:
        """Forget what a sequence holds beyond its first ``length`` tokens; without rollback only 0 is asked for."""
        ...
