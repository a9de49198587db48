"""A program that is killed in the middle of writing leaves a whole shop, and what it had committed can be undone."""

from __future__ import annotations

import random
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from desktop_app.shop import Shop

ROOT = Path(__file__).resolve().parents[2]
WRITER = """
import itertools, sys
from dataclasses import replace
from pathlib import Path
from desktop_app.records import Draft, Fact, Product, Variant
from desktop_app.shop import Shop
with Shop.open(Path(sys.argv[1])) as shop:
    job = shop.begin("Import {name}", name="a.csv")
    for n in itertools.count():
        with shop.step(job):
            fact = Fact("a", str(n))
            ids = shop.add(Product(f"竹 {n} {k}", facts=(fact,), variants=(Variant(f"S{n}-{k}"),)) for k in range(50))
            shop.replace(replace(shop.product(ids[0]), title="changed", facts=()))
            shop.add_draft(Draft(ids[1], "description", "en", "text", "approved"))
            shop.set_status(ids[2:5], "archived")
        print(len(ids) * (n + 1), flush=True)
"""


def killed_after(path: Path, steps: int) -> int:
    """Let a program write, kill it in the middle of a step; return how many products it had reported as saved."""
    with subprocess.Popen(
        [sys.executable, "-c", WRITER, str(path)], cwd=ROOT, stdout=subprocess.PIPE, text=True
    ) as writer:
        assert writer.stdout is not None
        saved = 0
        for line in writer.stdout:
            saved = int(line)
            if saved >= steps * 50:
                writer.kill()
                break
        # What it still said before it died was saved too; a line it did not finish says nothing.
        return max([saved, *(int(line) for line in writer.stdout if line.endswith("\n"))])


def kill_and_look(path: Path, dump: Callable[[Path], Any], times: int) -> None:
    with Shop.create(path):
        pass
    first = dump(path)
    held = 0
    dice = random.Random(times)
    for _time in range(times):
        saved = killed_after(path, dice.randint(1, 12))
        with Shop.open(path) as shop:
            present = len(shop.search(status="all"))
            assert held + saved <= present <= held + saved + 50
            held = present
            assert shop._file.value("SELECT count(*) FROM actions WHERE owner <> ''") == 0
    last = dump(path)
    with Shop.open(path) as shop:
        count = len(shop.actions(limit=None))
        assert count == times
        assert len(shop.undo(count)) == count
        assert dump(path) == first
        shop.redo(count)
    assert dump(path) == last


def test_three_kills_lose_nothing_that_was_reported_as_saved(path: Path, dump: Callable[[Path], Any]) -> None:
    kill_and_look(path, dump, 3)


@pytest.mark.long
def test_thirty_kills_lose_nothing_that_was_reported_as_saved(path: Path, dump: Callable[[Path], Any]) -> None:
    kill_and_look(path, dump, 30)
