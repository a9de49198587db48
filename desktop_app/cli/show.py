"""What the terminal shows: text for people, or one JSON object a line; progress goes to standard error."""

from __future__ import annotations

import dataclasses
import json as jsonlib
import sys
import time
from decimal import Decimal
from typing import Any


class Show:
    """The one door to standard output and standard error."""

    def __init__(self, *, json: bool, quiet: bool) -> None:
        self.json = json
        self.quiet = quiet
        self._line_open = False
        self._shown = 0.0

    def event(self, event: str, text: str, /, **values: Any) -> None:
        """Print one result: ``values`` as JSON, or ``text`` for people."""
        self._close_line()
        if self.json:
            print(jsonlib.dumps({"event": event, **values}, ensure_ascii=False, default=_plain), flush=True)
        elif text:
            print(text, flush=True)

    def progress(self, text: str, *, last: bool = False) -> None:
        """Show how far the work is: one line that writes over itself, or nothing where nobody looks."""
        if self.quiet or self.json or not sys.stderr.isatty():
            return
        if last or time.monotonic() - self._shown > 0.1:
            self._shown = time.monotonic()
            sys.stderr.write(f"\r\x1b[K{text}")
            sys.stderr.flush()
            self._line_open = True

    def piece(self, text: str) -> None:
        """Show text as it is written."""
        if not self.quiet and not self.json:
            sys.stdout.write(text)
            sys.stdout.flush()

    def note(self, text: str) -> None:
        """Say something on standard error that stops nothing."""
        if not self.quiet:
            self._close_line()
            print(text, file=sys.stderr, flush=True)

    def problem(self, text: str) -> None:
        """Say on standard error what failed; never silenced."""
        self._close_line()
        print(text, file=sys.stderr, flush=True)

    def _close_line(self) -> None:
        if self._line_open:
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()
            self._line_open = False


def _plain(value: object) -> object:
    if isinstance(value, Decimal):
        return str(value)
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {f.name: getattr(value, f.name) for f in dataclasses.fields(value)}
    return str(value)
