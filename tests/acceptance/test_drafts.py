"""What the program writes for a whole catalogue holds no claim that the facts do not carry, by either counter."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

BENCHMARKS = Path(__file__).resolve().parent.parent.parent / "benchmarks"


def load(name: str) -> ModuleType:
    """Return a benchmark as a module; the figures a person reads and those a test holds are one code."""
    spec = importlib.util.spec_from_file_location(f"benchmark_{name}", BENCHMARKS / f"{name}.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def hold(shared: Path, *, alone: bool, share: float) -> None:
    """Write and count a share of the exports and the Chinese sample."""
    tallies, _rows, _left = load("acceptance").run(shared / "data" / "catalog", alone=alone, share=share)
    for language, tally in tallies.items():
        assert tally.hard == [], language
        assert tally.second == [], language
        assert tally.covered >= 0.9 * tally.planned, language


def test_the_plain_writer_states_nothing_without_a_fact(shared: Path) -> None:
    hold(shared, alone=True, share=0.1)


@pytest.mark.long
@pytest.mark.timeout(1800)
def test_the_whole_catalogue_with_the_starter_weights_states_nothing_without_a_fact(
    shared: Path, starter: Path
) -> None:
    assert starter.exists()
    hold(shared, alone=False, share=1.0)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_opened_labelled_sentences_are_told_apart(language: str) -> None:
    claims = load("claims")
    products, caught, hard, alarms, true = claims.products(language), 0, 0, 0, 0
    for row in claims.sentences(language):
        if row["part"] == "fresh":
            continue
        wrong = bool(claims.check.check(row["text"], products[str(row["product"])], language=language).findings)
        hard, caught = hard + row["hard"], caught + (row["hard"] and wrong)
        true, alarms = true + (row["label"] == "true"), alarms + (row["label"] == "true" and wrong)
    assert caught / hard >= 0.97
    assert alarms / true <= 0.05
