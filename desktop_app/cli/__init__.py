"""`zhanggui …`: the tasks of the window from a terminal, one JSON object a line with --json."""

from __future__ import annotations

import signal
import sys
import threading
from argparse import Namespace
from collections.abc import Sequence
from types import FrameType

from desktop_app import settings, words
from desktop_app.cli import grammar
from desktop_app.cli.show import Show
from desktop_app.errors import Cancelled, UserError

__all__ = ["parse", "run"]

STOPPED = 130


def parse(asked: Sequence[str]) -> Namespace:
    """Read the command line in the language of the program (see `grammar.parse`)."""
    _speak()
    return grammar.parse(asked)


def run(wishes: Namespace) -> int:
    """Carry out one command; return 0 done, 1 failed with a plain sentence, 130 stopped, or what the command says."""
    from desktop_app.cli import commands

    kept = _speak()
    stop = threading.Event()
    show = Show(json=wishes.json, quiet=wishes.quiet)
    _listen(stop)
    try:
        status = commands.COMMANDS[wishes.command](commands.Call(wishes, kept, stop, show))
    except UserError as error:
        show.problem(str(error))
        return 1
    except (Cancelled, KeyboardInterrupt):
        return STOPPED
    except BrokenPipeError:  # `zhanggui products | head`: the reader left, which is no error
        sys.stderr.close()
        return 0
    return STOPPED if stop.is_set() else status or 0


def _speak() -> settings.Settings:
    """Speak the language of the settings, and return these."""
    kept = settings.load()
    words.use(words.system_language() if kept.language == "system" else kept.language)
    return kept


def _listen(stop: threading.Event) -> None:
    """Let the first Ctrl+C stop the work in an orderly way and the second one end it at once."""

    def asked(_number: int, _frame: FrameType | None) -> None:
        if stop.is_set():
            raise KeyboardInterrupt
        stop.set()

    signal.signal(signal.SIGINT, asked)
    if hasattr(signal, "SIGTERM"):
        signal.signal(signal.SIGTERM, asked)
