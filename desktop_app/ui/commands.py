"""Every action by name: one list feeds the menus, the shortcuts and the command palette."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal

from desktop_app.words import every

Menu = Literal["shop", "edit", "go", "view", "work", ""]


def _always() -> bool:
    return True


@dataclass(frozen=True)
class Command:
    """One thing the merchant can ask for. ``name`` is the English name; it is translated where it is shown."""

    key: str
    name: str
    run: Callable[[], object]
    shortcut: str = ""
    menu: Menu = ""
    can: Callable[[], bool] = _always

    def matches(self, typed: str) -> bool:
        """Tell whether every typed word is in the name, in any language the program speaks."""
        names = " ".join(every(self.name)).casefold()
        return all(word in names for word in typed.casefold().split())


class Commands:
    """The list, in the order it was made; a page adds its own and takes them back by their prefix."""

    def __init__(self) -> None:
        self._all: dict[str, Command] = {}

    def add(self, *commands: Command) -> None:
        """Put ``commands`` on the list; one with a known key takes the old one's place."""
        self._all.update({c.key: c for c in commands})

    def drop(self, prefix: str) -> None:
        """Take off every command whose key starts with ``prefix``."""
        self._all = {k: c for k, c in self._all.items() if not k.startswith(prefix)}

    def run(self, key: str) -> None:
        """Do the command ``key`` if it can be done now."""
        command = self._all.get(key)
        if command is not None and command.can():
            command.run()

    def find(self, typed: str = "") -> list[Command]:
        """Return what ``typed`` may mean, names that begin with it first."""
        start = typed.casefold().strip()
        hits = [c for c in self if c.can() and c.matches(typed)]
        return sorted(hits, key=lambda c: not any(n.casefold().startswith(start) for n in every(c.name)))

    def __iter__(self) -> Iterator[Command]:
        return iter(tuple(self._all.values()))

    def __getitem__(self, key: str) -> Command:
        return self._all[key]
