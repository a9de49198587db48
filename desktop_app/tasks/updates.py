"""An update: is the file somebody brought ours, whole and newer, and what version is published where one may look?"""

from __future__ import annotations

import hashlib
import re
import sys
from dataclasses import dataclass
from pathlib import Path

import desktop_app
from desktop_app.errors import UserError
from desktop_app.settings import Settings
from desktop_app.weights import published

_SYSTEMS = {".deb": "linux", ".exe": "win32", ".dmg": "darwin"}
_NAME = re.compile(r"zhanggui[-_](\d+(?:\.\d+){1,3})[-_.].*(\.deb|\.exe|\.dmg)$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Update:
    """A file that installs another version; ``proven`` if a list of checksums beside it has its own."""

    path: Path
    version: str
    proven: bool

    @property
    def newer(self) -> bool:
        """Tell whether it is newer than what runs here."""
        return number(self.version) > number(desktop_app.__version__)


def number(version: str) -> tuple[int, ...]:
    """Return a version as numbers that can be compared: "0.10.2" is after "0.9"."""
    parts = [int(part) for part in re.findall(r"\d+", version)]
    while parts and not parts[-1]:
        parts.pop()
    return tuple(parts)


@dataclass(frozen=True, slots=True)
class Compared:
    """The newest version published for this system, and whether it is newer than what runs here."""

    version: str
    newer: bool


def compare(settings: Settings) -> Compared:
    """Fetch the list published at the address in the settings, nothing else; for when the merchant pressed a button.

    Raises `UserError` where there is no address, no answer, or no version for this system.
    """
    if not settings.updates:
        raise UserError("Give the address first: the one your copy of the program came from.")
    found = [match[1] for _sum, name in published.sums(settings.updates, settings.proxy)
             if (match := _NAME.match(name)) and _SYSTEMS[match[2].lower()] == sys.platform]  # fmt: skip
    if not found:
        raise UserError("{address} offers no version for this system.", address=settings.updates)
    newest = max(found, key=number)
    return Compared(newest, number(newest) > number(desktop_app.__version__))


def look(path: Path) -> Update:
    """Look at a file before anything runs it; UserError if it is not ours, for another system, or not whole."""
    found = _NAME.match(path.name)
    if found is None or not path.is_file():
        raise UserError("{name} is not an installer of this program. Nothing was changed.", name=path.name)
    if _SYSTEMS[found[2].lower()] != sys.platform:
        raise UserError("{name} is for another system. Nothing was changed.", name=path.name)
    said = _said(path)
    if said and said != _sum(path):
        raise UserError(
            "{name} is not the file its checksum was made for: it is damaged or was changed. Get it again; nothing was "
            "installed.",
            name=path.name,
        )
    return Update(path, found[1], bool(said))


def _said(path: Path) -> str:
    try:
        lines = published.read_sums((path.parent / published.SUMS).read_text("utf-8"))
    except (OSError, UnicodeDecodeError):
        return ""
    return next((digest for digest, name in lines if name == path.name), "")


def _sum(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise UserError("{name} cannot be read. Nothing was changed.", name=path.name) from error
