"""The weights worth recommending: a dated file that ships with the program and can be replaced by a newer one."""

from __future__ import annotations

import contextlib
import datetime
import os
import re
import tempfile
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from desktop_app import paths
from desktop_app.errors import UserError

NAME = "catalogue.toml"
_REPOSITORY = re.compile(r"[\w.-]+/[\w.-]+")
_FILE = re.compile(r"(?!.*\.\.)[\w][\w./ -]*\.gguf", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Recommended:
    """Weights on the hub that somebody has looked at; ``size`` in bytes as seen then."""

    name: str
    repository: str
    file: str
    size: int
    parameters: int
    licence: str
    languages: tuple[str, ...]
    good_at: tuple[tuple[str, str], ...]  # (language, sentence)

    @property
    def purpose(self) -> str:
        """What they are good at, in English."""
        return self.said("en")

    def said(self, language: str) -> str:
        """What they are good at, in ``language`` where the file says it, else in the first there is."""
        sentences = dict(self.good_at)
        return sentences.get(language, next(iter(sentences.values()), ""))


@dataclass(frozen=True, slots=True)
class Catalogue:
    """All recommendations and the day they were last looked at."""

    date: datetime.date
    weights: tuple[Recommended, ...]

    def find(self, name: str) -> Recommended | None:
        """Return what is called ``name``: by name, file, stem or repository, upper and lower case alike."""
        asked = name.casefold()
        for one in self.weights:
            if asked in {one.name.casefold(), one.file.casefold(), Path(one.file).stem.casefold(),
                         one.repository.casefold(), f"{one.repository}/{one.file}".casefold()}:  # fmt: skip
                return one
        return None


def load() -> Catalogue:
    """Return the newer of the shipped catalogue and the one the merchant took from a file."""
    shipped = read(paths.assets() / "weights" / NAME)
    own = paths.config() / NAME
    if own.is_file():
        with contextlib.suppress(UserError):  # a torn file of one's own is as good as none: the shipped one is there
            if (taken := read(own)).date > shipped.date:
                return taken
    return shipped


def read(path: Path) -> Catalogue:
    """Read a catalogue file; `UserError` where it is none, with the first thing that is wrong."""
    try:
        raw = tomllib.loads(path.read_text("utf-8-sig"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise _unusable(path, str(error)) from error
    date, entries = raw.get("date"), raw.get("weights")
    if not isinstance(date, datetime.date) or isinstance(date, datetime.datetime):
        raise _unusable(path, "date")
    if not isinstance(entries, list) or not entries:
        raise _unusable(path, "weights")
    return Catalogue(date, tuple(_entry(path, entry) for entry in entries))


def take(path: Path) -> Catalogue:
    """Keep a newer catalogue from a file; `UserError` where it is none or not newer. Nothing is fetched."""
    new, now = read(path), load()
    if new.date <= now.date:
        raise UserError(
            "{name} is of {date}; the list here is of {now} and stays.",
            name=path.name, date=new.date.isoformat(), now=now.date.isoformat(),
        )  # fmt: skip
    target = paths.config() / NAME
    try:
        handle, name = tempfile.mkstemp(dir=target.parent, prefix=".catalogue")
        with os.fdopen(handle, "wb") as file:
            file.write(path.read_bytes())
        Path(name).replace(target)
    except OSError as error:
        raise UserError("{folder} cannot be written: {reason}.",
                        folder=str(target.parent), reason=error.strerror or str(error)) from error  # fmt: skip
    return new


def _entry(path: Path, entry: Any) -> Recommended:
    if not isinstance(entry, dict):
        raise _unusable(path, "weights")
    texts = {key: entry.get(key) for key in ("name", "repository", "file", "licence")}
    for key, value in texts.items():
        if not isinstance(value, str) or not value.strip():
            raise _unusable(path, key)
    if not _REPOSITORY.fullmatch(str(texts["repository"])):
        raise _unusable(path, f"repository = {texts['repository']}")
    if not _FILE.fullmatch(str(texts["file"])):
        raise _unusable(path, f"file = {texts['file']}")
    size, parameters, good_at = entry.get("size", 0), entry.get("parameters", 0), entry.get("good_at", {})
    if type(size) is not int or size < 0 or not isinstance(parameters, (int, float)) or not isinstance(good_at, dict):
        raise _unusable(path, "size")
    return Recommended(
        name=str(texts["name"]), repository=str(texts["repository"]), file=str(texts["file"]), size=size,
        parameters=int(parameters * 1e9), licence=str(texts["licence"]),
        languages=tuple(str(one) for one in entry.get("languages", ())),
        good_at=tuple((str(key), str(value)) for key, value in good_at.items()),
    )  # fmt: skip


def _unusable(path: Path, why: str) -> UserError:
    return UserError(
        "{name} is no list of weights that can be used: {why}. The list here stays.", name=path.name, why=why
    )
