"""An update that somebody brought as a file: is it ours, for this system, whole, and newer than what runs here?"""

from __future__ import annotations

import hashlib
import re
import sys
from dataclasses import dataclass
from pathlib import Path

import desktop_app
from desktop_app.errors import UserError

_SYSTEMS = {".deb": "linux", ".exe": "win32", ".dmg": "darwin"}
_NAME = re.compile(r"zhanggui[-_](\d+(?:\.\d+){1,3})[-_.].*(\.deb|\.exe|\.dmg)$", re.IGNORECASE)
_SUMS = "SHA256SUMS"


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
        lines = (path.parent / _SUMS).read_text("utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        return ""
    sums = {name.strip().lstrip("*"): digest for digest, _blank, name in (line.partition(" ") for line in lines)}
    return sums.get(path.name, "").lower()


def _sum(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise UserError("{name} cannot be read. Nothing was changed.", name=path.name) from error
