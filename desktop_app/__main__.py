"""Start 掌柜 Zhanggui: the window without a command, the terminal with one."""

from __future__ import annotations

import multiprocessing
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import argparse


def main(arguments: list[str] | None = None) -> int:
    """Run the program and return its exit status. This is the one place that knows every room."""
    multiprocessing.freeze_support()  # a frozen program starts its engine by running itself again
    words = sys.argv[1:] if arguments is None else arguments
    if not words or (len(words) == 1 and words[0].endswith(".zhanggui")):
        # Double-clicked, the program or a shop file: the window does not wait for the words of the terminal to be read.
        return window(Path(words[0]) if words else None)
    from desktop_app import cli

    wishes = cli.parse(words)
    if wishes.self_check:
        return self_check(wishes)
    if wishes.command is not None:
        return cli.run(wishes)
    return window(wishes.shop)


def window(shop: Path | None) -> int:
    """Open the window; without a display say so and what to do instead."""
    from desktop_app import settings, ui

    return ui.run(settings.load(), shop)


def self_check(wishes: argparse.Namespace) -> int:
    """Say part by part whether the program is whole; needs no display. 0: all is well."""
    from desktop_app.cli import self_check as checking
    from desktop_app.ui import glyphs

    return checking.run(wishes, glyphs.draw)


if __name__ == "__main__":
    sys.exit(main())
