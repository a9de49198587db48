"""What the import page asks of the shop, on another thread: plain functions, no widgets."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from desktop_app.errors import Cancelled, UserError
from desktop_app.records import Matching, Preview, Problem, Progress
from desktop_app.words import _

if TYPE_CHECKING:
    from desktop_app.formats import Reading
    from desktop_app.shop import Shop


@dataclass(frozen=True)
class Looked:
    """A file that was recognised, and what this shop knows about files like it."""

    reading: Reading
    remembered: bool = False  # the columns are as the merchant set them before
    unclear: bool = False  # the columns could not be guessed
    matching: Matching | None = None  # what a second import means, if that was ever decided
    overruled: dict[str, Any] = field(default_factory=dict)

    def read_as(self, reading: Reading) -> Looked:
        """Return the same with the columns as they were chosen."""
        return replace(self, reading=reading)


@dataclass(frozen=True)
class Refused:
    """A file that holds no products, or nothing that can be read at all."""

    path: Path
    why: str
    readable: bool  # it is a table: the merchant may say what the columns hold
    what: str = ""  # what it seems to hold, in words for people

    def goes_to(self) -> tuple[str, str]:
        """Return the page that takes such a file, and what the button to there says; both empty where none does."""
        places = {
            _("orders"): ("orders", _("Bring it in as orders")),
            _("customer reviews"): ("reviews-import", _("Bring it in as reviews")),
        }
        return places.get(self.what, ("", ""))


@dataclass(frozen=True)
class Ahead:
    """What an import would do, and how the file was read for it."""

    preview: Preview
    reading: Reading


def look(shop: Shop, path: Path, overruled: dict[str, Any]) -> Looked | Refused:
    """Recognise a file; one whose columns nobody can guess is opened for the merchant to say."""
    from desktop_app.tasks import import_products as task

    decided = task.matching_for(shop)
    try:
        reading = task.look(shop, path, **overruled)
    except UserError as error:
        if "mapping" in overruled:
            return Refused(path, str(error), readable=False)
        return _second_look(shop, path, overruled, error, decided)
    remembered = reading.format == "table" and shop.mapping(reading.signature) == reading.mapping
    unclear = "mapping" in overruled
    return Looked(reading, remembered, unclear, decided, {k: v for k, v in overruled.items() if k != "mapping"})


def _second_look(
    shop: Shop, path: Path, overruled: dict[str, Any], error: UserError, decided: Matching | None
) -> Looked | Refused:
    from desktop_app.tasks import import_products as task

    try:
        reading = task.look(shop, path, **overruled, mapping=())
    except UserError:
        return Refused(path, str(error), readable=False)
    if "what" in error.params:  # recognised as something else: the merchant decides whether to go on
        return Refused(path, str(error), readable=True, what=str(error.params["what"]))
    return Looked(reading, False, True, decided, overruled)


def with_mapping(shop: Shop, reading: Reading, mapping: Sequence[tuple[str, str]]) -> Reading:
    """Read the file again with the columns the merchant chose."""
    from desktop_app.tasks import import_products as task

    return task.look(
        shop, reading.path, format=reading.format, encoding=reading.encoding or None, sheet=reading.sheet or None,
        mapping=tuple(mapping),
    )  # fmt: skip


def ahead(shop: Shop, stop: threading.Event, reading: Reading, matching: Matching) -> Iterator[Progress | Ahead]:
    """Preview an import; a stopped one has no result."""
    from desktop_app.tasks import import_products as task

    for event in task.preview(shop, stop, reading=reading, matching=matching):
        if stop.is_set():
            raise Cancelled
        yield Ahead(event, reading) if isinstance(event, Preview) else event


def take_back(shop: Shop, action: int) -> bool:
    """Undo an import if it is still the last thing done; tell whether it was."""
    from desktop_app.tasks import history

    last = shop.actions(limit=1, include_undone=False)
    if not last or last[0].id != action:
        return False
    history.undo(shop)
    return True


def is_undone(shop: Shop, action: int) -> bool:
    """Tell whether an action is taken back at this moment."""
    return any(known.id == action and known.undone for known in shop.actions(limit=200))


def save_problems(problems: Sequence[Problem], reading: Reading, path: Path) -> None:
    """Write the rows that could not be read into a file to mend."""
    from desktop_app import formats

    formats.write_problems(problems, reading, path)
