"""A server that writes instead of this computer: only where the merchant switched it on, and told where text goes."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from desktop_app.settings import Settings

if TYPE_CHECKING:
    from desktop_app.engine import Engine
    from desktop_app.engine.server import ServerEngine
    from desktop_app.records import Weights

# httpx2 and keyring are imported where they are used: a window that writes here never needs them.


@dataclass(frozen=True, slots=True)
class Tried:
    """What came of trying a server: the models it offers and how long it took to say so."""

    address: str
    models: tuple[str, ...]
    seconds: float
    open_wire: bool  # not encrypted, and on another computer


def is_on(settings: Settings) -> bool:
    """Say whether a server writes."""
    return settings.server_on and bool(settings.server)


def goes_to(settings: Settings) -> str:
    """Return the host that text is sent to, or nothing while everything stays here."""
    if not is_on(settings):
        return ""
    host = urlsplit(settings.server if "://" in settings.server else f"//{settings.server}").hostname or settings.server
    return "" if host in {"localhost", "127.0.0.1", "::1"} else host


def as_weights(settings: Settings) -> Weights:
    """Return a record for what writes there, made of the settings alone: nothing is asked."""
    from desktop_app.engine.server import named

    return named(settings.server_model or goes_to(settings) or settings.server)


def engine(settings: Settings, meaning: Engine | None) -> ServerEngine:
    """Return the engine that asks the server; it asks nothing yet."""
    from desktop_app.engine import server_key
    from desktop_app.engine.server import ServerEngine
    from desktop_app.engine.server_wire import settled

    address = settled(settings.server)
    return ServerEngine(address, model=settings.server_model, key=server_key.get(address), meaning=meaning)


def try_out(address: str, key: str = "") -> Tried:
    """Ask a server which models it has; the merchant pressed a button for this. `UserError` says what is wrong."""
    from desktop_app.engine import server_key
    from desktop_app.engine.server import ServerEngine
    from desktop_app.engine.server_wire import is_here, settled

    where = settled(address)
    asked = ServerEngine(where, key=key or server_key.get(where))
    began = time.monotonic()
    try:
        models = asked.models()
    finally:
        asked.close()
    open_wire = where.startswith("http://") and not is_here(where)
    return Tried(where, tuple(models), time.monotonic() - began, open_wire)


def keep_key(address: str, key: str) -> bool:
    """Keep the key of a server. True: in the system's keyring; False: in a file that only its owner reads."""
    from desktop_app.engine import server_key
    from desktop_app.engine.server_wire import settled

    return server_key.put(settled(address), key)


def has_key(address: str) -> bool:
    """Say whether a key is kept for a server."""
    from desktop_app.engine import server_key
    from desktop_app.engine.server_wire import settled

    return bool(address) and bool(server_key.get(settled(address)))
