"""The words of the terminal itself: help in the language of the program, and flags that may stand anywhere."""

from __future__ import annotations

import argparse
from collections.abc import Sequence

from desktop_app.words import _

FLAGS = ("--json", "--quiet")
VALUED = ("--shop", "--weights")


def in_front(words: Sequence[str]) -> list[str]:
    """Return the words with those that are for every command in front, wherever they stood before a ``--``."""
    end = words.index("--") if "--" in words else len(words)
    front: list[str] = []
    rest: list[str] = []
    place = 0
    while place < end:
        word = words[place]
        if word in FLAGS or word.startswith(tuple(f"{name}=" for name in VALUED)):
            front.append(word)
        elif word in VALUED and place + 1 < end:
            front += words[place : place + 2]
            place += 1
        else:
            rest.append(word)
        place += 1
    return [*front, *rest, *words[end:]]


def translate(parser: argparse.ArgumentParser) -> None:
    """Put the help of a parser, and of all its commands, into the language in use."""
    parser.description = _(parser.description) if parser.description else None
    for group, title in ((parser._positionals, _("Words")), (parser._optionals, _("Options"))):
        group.title = title
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            for listed in action._choices_actions:
                listed.help = _(listed.help) if listed.help else None
            for command in dict.fromkeys(action.choices.values()):
                translate(command)
        elif action.help and action.help is not argparse.SUPPRESS:
            action.help = _(action.help)


class Formatter(argparse.HelpFormatter):
    """Says "usage" in the language in use."""

    def add_usage(  # type: ignore[no-untyped-def]
        self, usage, actions, groups, prefix=None
    ) -> None:
        """Add the line of usage."""
        super().add_usage(usage, actions, groups, f"{_('usage')}: " if prefix is None else prefix)
