"""Better weights from a hub: what is recommended, what it would be here, and fetching it when the merchant asks."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from desktop_app import weights
from desktop_app.engine.devices import Device
from desktop_app.errors import UserError
from desktop_app.records import Loading, Progress, Weights
from desktop_app.settings import Settings
from desktop_app.tasks.weights_on_hand import Memory, Outlook, memory, outlook
from desktop_app.weights import Arrived, Offer, Recommended, Way, catalogue


@dataclass(frozen=True, slots=True)
class Choice:
    """Recommended weights as they would be on this machine."""

    weights: Recommended
    outlook: Outlook
    arrived: Arrived | None  # of an earlier try

    @property
    def offer(self) -> Offer:
        """What is fetched."""
        one = self.weights
        return Offer(one.repository, one.file, one.name, one.licence, one.languages, one.purpose)


@dataclass(frozen=True, slots=True)
class Choices:
    """All recommendations that are not here yet, and the day the list is of."""

    date: str
    choices: tuple[Choice, ...]


def choices(room: Memory | None = None, with_cards: Sequence[Device] = ()) -> Choices:
    """Return what is recommended and not here. Nothing is asked of any hub: the list came with the program."""
    listed, room = catalogue.load(), room or memory()
    here = {(one.name, one.licence) for one in weights.installed()}
    found = (
        Choice(one, outlook(as_weights(one), room, with_cards), weights.arrived(Offer(one.repository, one.file)))
        for one in listed.weights
        if (one.name, one.licence) not in here
    )
    return Choices(listed.date.isoformat(), tuple(found))


def as_weights(one: Recommended) -> Weights:
    """Return what the list says of recommended weights in the form of weights that are here; the path is empty."""
    return Weights(
        name=one.name, path="", size=one.size, languages=one.languages, licence=one.licence, purpose=one.purpose,
        parameters=one.parameters, template=True, quantisation=Path(one.file).stem.rpartition("-")[2].upper(),
    )  # fmt: skip


def offer_named(name: str) -> Offer:
    """Return what the list calls ``name``, or ``OWNER/REPOSITORY/FILE.gguf`` on the hub; `UserError` for neither."""
    if (one := catalogue.load().find(name)) is not None:
        return Offer(one.repository, one.file, one.name, one.licence, one.languages, one.purpose)
    parts = name.split("/", 2)
    if len(parts) == 3 and all(parts) and name.lower().endswith(".gguf"):
        return Offer("/".join(parts[:2]), parts[2])
    raise UserError(
        "There are no weights called {name} in the list. Take a name from `weights list --recommended`, or write "
        "OWNER/REPOSITORY/FILE.gguf.",
        name=name,
    )


def fetch(settings: Settings, offer: Offer, stop: threading.Event) -> Iterator[Loading | Progress | Weights]:
    """Fetch an offer by the way in the settings. Only this opens connections, and only when the merchant asks."""
    return weights.get(offer, Way(settings.hub or weights.HUB, settings.proxy), stop=stop)
