"""How many layers of weights go on a graphics card: reckoned from the file itself, never guessed."""

from __future__ import annotations

from collections.abc import Sequence

from desktop_app.engine.devices import Device
from desktop_app.weights import Layout

CELLS = 8_192  # tokens held at a time over all texts; see the engine's own limit
BATCH = 512  # tokens read at a time
LEFT_FREE = 0.08  # of a card's memory, for the screen and whoever else draws
LEAST_FREE = 256 << 20
WORTH_IT = 4  # with less than a quarter of the layers there, the way to the card costs more than it gains


def needed(layout: Layout, layers: int, cells: int = CELLS) -> int:
    """Return how many bytes ``layers`` layers take on a card: weights, cells, and the buffers sums are made in.

    llama.cpp counts from the end: the first layer on a card is the one that makes words, then the last blocks.
    """
    if layers <= 0:
        return 0
    blocks = layout.blocks[len(layout.blocks) - min(layers - 1, len(layout.blocks)) :]
    # The largest buffer holds what is thought of every word of the vocabulary for each token of a batch.
    buffers = layout.vocabulary * BATCH * 4 + (64 << 20)
    return layout.output + sum(blocks) + len(blocks) * layout.cell * cells + buffers


def fitting(layout: Layout, free: int, cells: int = CELLS) -> int:
    """Return the most layers that fit in ``free`` bytes, something left for others; 0 if it is not worth it."""
    room = free - max(int(free * LEFT_FREE), LEAST_FREE)
    every = len(layout.blocks) + 1
    most = next((n for n in range(every, 0, -1) if needed(layout, n, cells) <= room), 0)
    return most if most * WORTH_IT >= every else 0


def ladder(layout: Layout, cards: Sequence[Device]) -> tuple[int, ...]:
    """Return the numbers of layers to try, the most that fit first, and 0, the processor alone, at the end."""
    every = len(layout.blocks) + 1
    most = fitting(layout, sum(card.free for card in cards)) if cards else 0
    steps = [most, most * 3 // 4, most // 2]
    return (*dict.fromkeys(n for n in steps if n * WORTH_IT >= every and n > 0), 0)
