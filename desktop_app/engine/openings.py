"""Which beginnings of prompts are fetched from the shelf before they are read, and which are laid there."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from desktop_app.engine.llama_decoder import LlamaDecoder
from desktop_app.engine.memory import common
from desktop_app.engine.scheduler import WORTH_SHARING, Scheduler
from desktop_app.engine.shelf import LEAST_TOKENS, Shelf


class Openings:
    """Brings beginnings from the last start into the scheduler's memory, and keeps this one's for the next.

    Only what stands before a request's last message is ever laid on the shelf, and only once two requests began with
    it: that is instructions and examples, not what a product or a customer says.
    """

    def __init__(self, scheduler: Scheduler, decoder: LlamaDecoder, shelf: Shelf, weights: Callable[[], str]) -> None:
        """``weights`` names the weights with their adapters as they are now."""
        self._scheduler, self._decoder, self._shelf, self._weights = scheduler, decoder, shelf, weights

    def fetch(self, tokens: Sequence[int]) -> None:
        """Let the memory hold the beginning of ``tokens`` that lies on the shelf, if it holds less and has room."""
        scheduler, weights = self._scheduler, self._weights()
        held = max((common(row, tokens) for row in scheduler.memory.held), default=0)
        length = self._shelf.longest(weights, tokens, held + WORTH_SHARING)
        if not length or not scheduler.spare(length):
            return
        beginning = list(tokens[:length])
        state = self._shelf.get(weights, beginning)
        if state is None:
            return
        seat = scheduler.borrow(length)
        if self._decoder.restore(seat, state):
            scheduler.memory.note(seat, beginning)
            scheduler.give_back(seat, keep=True, used=True)
        else:
            scheduler.give_back(seat)
            self._shelf.forget(weights, beginning)

    def put_by(self) -> bool:
        """Lay one beginning on the shelf if one is worth it, and say whether that was done."""
        scheduler = self._scheduler
        for seat, kept in scheduler.kept.items():
            beginning = scheduler.memory.held[seat][: kept.opening]
            if len(beginning) < LEAST_TOKENS or not (kept.used or kept.shared):
                continue
            weights = self._weights()
            if not self._shelf.has(weights, beginning) and scheduler.spare(0):
                self._lay_down(weights, seat, beginning)
                return True
        return False

    def _lay_down(self, weights: str, seat: int, beginning: list[int]) -> None:
        scheduler = self._scheduler
        row = scheduler.borrow(0)
        try:
            scheduler.memory.fork(seat, row, len(beginning))
            if (state := self._decoder.state(row)) is not None:
                self._shelf.put(weights, beginning, state)
            else:
                self._shelf.forget(weights, beginning)
        finally:
            scheduler.give_back(row)
