"""Headers that were damaged on purpose: each is a record or a plain sentence, in little memory, and nothing hangs."""

from __future__ import annotations

import random
import resource
import struct
import sys
from pathlib import Path

import pytest

from desktop_app.errors import UserError
from desktop_app.records import Weights
from desktop_app.weights import read_header

MOST_MEMORY = 64 << 20  # bytes more than before, over all of them
WIDE = (0, 1, 0x7F, 0x80, 0xFF, 0xFFFF, 0x7FFFFFFF, 0xFFFFFFFF, 1 << 40, (1 << 63) - 1, (1 << 64) - 1)


def text(words: str) -> bytes:
    return struct.pack("<Q", len(words.encode())) + words.encode()


def whole(chance: random.Random) -> bytes:
    """Return a GGUF that is right: settings of every kind, lists, tensors, data."""
    settings = [
        text("general.architecture") + struct.pack("<I", 8) + text("llama"),
        text("general.name") + struct.pack("<I", 8) + text("Füllwort 小"),
        text("general.alignment") + struct.pack("<II", 4, 32),
        text("llama.context_length") + struct.pack("<II", 4, 2048),
        text("llama.rope.freq_base") + struct.pack("<If", 6, 1e4),
        text("general.languages") + struct.pack("<IIQ", 9, 8, 2) + text("en") + text("zh"),
        text("tokenizer.ggml.scores") + struct.pack("<IIQ", 9, 6, 300) + bytes(1200),
        text("tokenizer.ggml.tokens") + struct.pack("<IIQ", 9, 8, 300) + b"".join(text(f"t{n}") for n in range(300)),
        text("tokenizer.chat_template") + struct.pack("<I", 8) + text("{{ messages }}" * 9),
    ]
    tensors = [
        text(f"blk.{n}.w") + struct.pack("<IQQIQ", 2, 32, 2, chance.choice((0, 1, 2, 8)), n * 256) for n in range(12)
    ]
    head = b"GGUF" + struct.pack("<IQQ", 3, len(tensors), len(settings)) + b"".join(settings) + b"".join(tensors)
    return head + bytes(13 * 256)


def mutated(data: bytes, chance: random.Random) -> bytes:
    """Damage some places: bits, bytes, whole numbers, pieces cut out, doubled or swapped, an early end."""
    made = bytearray(data)
    for _ in range(chance.choice((1, 1, 1, 2, 4, 16))):
        at = chance.randrange(max(1, min(len(made), chance.choice((64, 1024, 8000)))))
        how = chance.randrange(7)
        if how == 0:
            made[at] ^= 1 << chance.randrange(8)
        elif how == 1:
            made[at] = chance.randrange(256)
        elif how == 2:
            made[at : at + 4] = struct.pack("<I", chance.choice(WIDE) & 0xFFFFFFFF)
        elif how == 3:
            made[at : at + 8] = struct.pack("<Q", chance.choice(WIDE))
        elif how == 4:
            del made[at : at + chance.randrange(1, 40)]
        elif how == 5:
            made[at:at] = made[at : at + chance.randrange(1, 40)]
        else:
            del made[chance.randrange(1, len(made) + 1) :]
        if not made:
            return b""
    return bytes(made)


def answer(path: Path) -> Weights | str:
    try:
        return read_header(path)
    except UserError as error:
        return str(error)


def hold(path: Path, count: int, seed: int) -> tuple[int, int]:
    """Read ``count`` damaged headers; return how many were taken and how many refused."""
    chance = random.Random(seed)
    data, taken = whole(chance), 0
    for _ in range(count):
        path.write_bytes(mutated(data, chance))
        found = answer(path)
        taken += isinstance(found, Weights)
        assert found.parameters >= 0 if isinstance(found, Weights) else 10 < len(found) < 600
    return taken, count - taken


def peak() -> int:
    used = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return used if sys.platform == "darwin" else used * 1024


def test_the_header_that_is_damaged_here_is_right_before(tmp_path: Path) -> None:
    path = tmp_path / "right.gguf"
    path.write_bytes(whole(random.Random(0)))
    found = read_header(path)
    assert (found.name, found.languages, found.context, found.template) == ("Füllwort 小", ("en", "zh"), 2048, True)


@pytest.mark.timeout(1800)
@pytest.mark.parametrize("count", [2_000, pytest.param(100_000, marks=pytest.mark.long)])
def test_damaged_headers_are_taken_or_refused_in_a_sentence(tmp_path: Path, count: int) -> None:
    hold(tmp_path / "warm.gguf", 100, 1)
    before = peak()
    taken, refused = hold(tmp_path / "broken.gguf", count, 2)
    assert refused > count * 0.3
    assert taken > 0
    assert peak() - before < MOST_MEMORY
