"""The terminal without a process of its own: what stands on both outputs, and the exit status."""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from desktop_app import cli, settings
from desktop_app.words import use


@dataclass(frozen=True)
class Said:
    """What a command said and how it ended."""

    out: str
    err: str
    status: int


@pytest.fixture
def terminal(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Iterator[Callable[..., Said]]:
    """Run commands on one shop file, in English unless ``language`` says otherwise."""
    before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}

    def run(*words: object, language: str = "en") -> Said:
        settings.save(replace(settings.load(), language=language))
        status = cli.run(cli.parse(["--shop", str(tmp_path / "shop.zhanggui"), *map(str, words)]))
        said = capsys.readouterr()
        return Said(said.out, said.err, status)

    yield run
    for number, handler in before.items():
        signal.signal(number, handler)
    use("en")
