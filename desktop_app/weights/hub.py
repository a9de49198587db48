"""Weights from a hub: fetched piece by piece so that a cut, a kill or a restart costs almost nothing.

huggingface_hub says where a file is, how large it is and what its SHA-256 must be. The bytes are streamed here, since
its own download starts anew after a kill (it writes to a file of the process and removes it). What has arrived lies in
a part file beside the weights, named after the checksum it must come to; only a file whose checksum is right gets a
name of its own.
"""

from __future__ import annotations

import contextlib
import errno
import hashlib
import os
import re
import shutil
import threading
from collections.abc import Generator, Iterator
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from filelock import FileLock, Timeout

from desktop_app import paths
from desktop_app.errors import Cancelled, UserError
from desktop_app.records import Loading, Progress, Weights
from desktop_app.weights import apart, manifest
from desktop_app.weights.gguf import read_header
from desktop_app.weights.shelf import CHUNK, SPARE, free_name
from desktop_app.words import _

if TYPE_CHECKING:
    import httpx2

HUB = "https://huggingface.co"
MIRRORS = (HUB, "https://hf-mirror.com")
STEP = 1 << 20  # bytes between two words about how far it is
TRIES = 6  # in a row without a single byte, then the merchant is asked
SILENCE = 10.0  # seconds without a byte before a connection counts as lost
LONGEST_WAIT = 30.0  # seconds between two tries
_LATER = frozenset({408, 425, 429, 500, 502, 503, 504})
_SHA256 = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Way:
    """How to the hub: its address (a mirror, perhaps) and a proxy ("" for what the system says)."""

    hub: str = HUB
    proxy: str = ""


@dataclass(frozen=True, slots=True)
class Offer:
    """A file on the hub, and what is to be written down about it once it is here."""

    repository: str
    file: str
    name: str = ""
    licence: str = ""
    languages: tuple[str, ...] = ()
    purpose: str = ""


@dataclass(frozen=True, slots=True)
class Arrived:
    """How much of an offer lies here already, in bytes."""

    done: int
    total: int


def get(offer: Offer, way: Way, *, stop: threading.Event) -> Iterator[Loading | Progress | Weights]:
    """Fetch an offer: `Progress` in bytes, then the `Weights` as they are listed from now on.

    What arrived before a cut, a kill or a stop is kept and gone on from, as long as the hub still has the same file.
    Raises `UserError` where the hub does not answer or does not have it, where the disk is full, and where what
    arrived is not what the hub says it should be (only then is it thrown away); `Cancelled` when ``stop`` is set.
    """
    folder = paths.weights().resolve()
    yield Loading(_("Asking {hub} for {name}", hub=way.hub.partition("://")[2], name=offer.name or offer.file))
    size, sha256 = apart.one(partial(_told, offer, way, stop), stop)
    known = next((w for w in manifest.load(folder) if w.sha256 == sha256 and Path(w.path).is_file()), None)
    if known is not None:
        yield known
        return
    try:
        parts().mkdir(exist_ok=True)
        part = parts() / f"{sha256}.part"
        lock = FileLock(part.with_suffix(".lock"))
        with lock.acquire(timeout=0):
            yield from _fetched(offer, way, part, size, stop)
            yield from _proven(part, sha256, offer, stop)
            yield _shelved(offer, part, sha256, folder)
    except Timeout:
        raise UserError("{name} is being fetched by another window.", name=offer.name or offer.file) from None
    except OSError as error:
        raise _cannot_write(error, offer) from error
    with contextlib.suppress(OSError):
        Path(lock.lock_file).unlink()


def arrived(offer: Offer) -> Arrived | None:
    """Say how much of an offer lies here from an earlier try, or None."""
    for note in parts().glob("*.from"):
        with contextlib.suppress(OSError, ValueError):
            repository, file, size = note.read_text("utf-8").splitlines()
            part = note.with_suffix(".part")
            if (repository, file) == (offer.repository, offer.file) and part.is_file():
                return Arrived(part.stat().st_size, int(size))
    return None


def forget(offer: Offer) -> None:
    """Throw away what arrived of an offer so far."""
    for note in parts().glob("*.from"):
        with contextlib.suppress(OSError):
            if note.read_text("utf-8").splitlines()[:2] == [offer.repository, offer.file]:
                note.with_suffix(".part").unlink(missing_ok=True)
                note.unlink()


def parts() -> Path:
    """Return the folder of what has not arrived whole."""
    return paths.weights().resolve() / ".arriving"


# --- what the hub says ---


def client(way: Way) -> httpx2.Client:
    """Return what asks and fetches the way the merchant chose: a proxy, redirects followed, patience bounded."""
    import httpx2

    limits = httpx2.Timeout(SILENCE, connect=SILENCE)
    return httpx2.Client(proxy=way.proxy or None, follow_redirects=True, timeout=limits)


def _told(offer: Offer, way: Way, stop: threading.Event) -> tuple[int, str]:
    """Return size and SHA-256 as the hub's own data has them."""
    import httpx2
    from huggingface_hub import get_hf_file_metadata, set_client_factory
    from huggingface_hub.errors import HfHubHTTPError

    set_client_factory(lambda: client(way))  # it asks the way the merchant chose
    for again in range(TRIES):
        if stop.wait(float(again)):
            raise Cancelled
        try:
            found = get_hf_file_metadata(_address(offer, way), token=False, timeout=SILENCE, endpoint=way.hub)
            break
        except HfHubHTTPError as error:
            if error.response.status_code not in _LATER or again == TRIES - 1:
                raise _refused(error.response.status_code, offer, way) from error
        except httpx2.ConnectError as error:
            raise _unreachable(way) from error
        except httpx2.TransportError as error:
            if again == TRIES - 1:
                raise _unreachable(way) from error
    sha256 = (found.etag or "").lower()
    if not found.size or not _SHA256.fullmatch(sha256):
        raise UserError(
            "{hub} gives no checksum for {name}, so what arrives could not be proven to be right. Nothing was fetched. "
            "Choose another address in the settings, or another file.",
            hub=way.hub, name=offer.file,
        )  # fmt: skip
    return found.size, sha256


def _address(offer: Offer, way: Way) -> str:
    from huggingface_hub import hf_hub_url
    from huggingface_hub.errors import HFValidationError

    try:
        return hf_hub_url(offer.repository, offer.file, endpoint=way.hub)
    except (HFValidationError, ValueError) as error:
        raise UserError("{name} is no name of a file on the hub.", name=f"{offer.repository}/{offer.file}") from error


# --- the bytes ---


class _Part:
    """A file that grows by what arrives, written through so that a kill loses nothing of it."""

    def __init__(self, path: Path, size: int) -> None:
        path.touch()
        self.file: BinaryIO = path.open("r+b", buffering=0)
        self.size = size
        self.here = self.file.seek(0, os.SEEK_END)
        if self.here > size:
            self.restart()

    def restart(self) -> None:
        """Throw away what is there."""
        self.file.seek(0)
        self.file.truncate()
        self.here = 0

    def add(self, block: bytes) -> None:
        """Write what arrived, but never more than the file is to have."""
        left = memoryview(block)[: self.size - self.here]
        while left:
            written = self.file.write(left)
            self.here += written
            left = left[written:]

    def close(self) -> None:
        """Make sure it is on the disk."""
        with contextlib.suppress(OSError):
            os.fsync(self.file.fileno())
        self.file.close()


def _fetched(offer: Offer, way: Way, path: Path, size: int, stop: threading.Event) -> Iterator[Progress]:
    import httpx2

    path.with_suffix(".from").write_text(f"{offer.repository}\n{offer.file}\n{size}\n", "utf-8")
    part = _Part(path, size)
    try:
        _enough_room(path.parent, size - part.here)
        failed, wait, said = 0, 0.0, 0
        while part.here < size:
            if stop.wait(wait):
                raise Cancelled
            before, status, asked = part.here, 0, 0.0
            yield Progress(part.here, size, offer.name or offer.file)
            with contextlib.suppress(httpx2.TransportError):  # cut, silent or not reached: again from where it is
                status, asked = yield from _streamed(offer, way, part, stop)
            said = status or said
            failed = 0 if part.here > before else failed + 1
            if failed >= TRIES:
                raise _refused(said, offer, way) if said else _unreachable(way, part)
            wait = min(max(asked, 2.0 ** (failed - 1) if failed else 0.0), LONGEST_WAIT)
    finally:
        part.close()
    yield Progress(size, size, offer.name or offer.file)


def _streamed(
    offer: Offer, way: Way, part: _Part, stop: threading.Event
) -> Generator[Progress, None, tuple[int, float]]:
    """Stream once from where ``part`` ends; return (status, seconds to wait) where the hub says "later"."""
    told = 0
    for item in apart.items(partial(_answer, offer, way, part.here), stop):
        if isinstance(item, bytes):
            part.add(item)
            if (told := told + len(item)) >= STEP:
                told = 0
                yield Progress(part.here, part.size, offer.name or offer.file)
        elif item.status in _LATER:
            return item.status, _asked(item.wait)
        elif item.status == 416 or item.status == 200:
            part.restart()  # nothing there, or the whole file comes, from its beginning
        elif item.status != 206:
            raise _refused(item.status, offer, way)
        elif not item.stretch.startswith(f"bytes {part.here}-"):
            return 0, 0.0  # another stretch than the one asked for
    return 0, 0.0


@dataclass(frozen=True, slots=True)
class _Head:
    """How an answer begins."""

    status: int
    stretch: str
    wait: str


def _answer(offer: Offer, way: Way, here: int, gone: threading.Event) -> Iterator[_Head | bytes]:
    """Ask for what stands behind ``here``: the head of the answer, then its bytes as they arrive."""
    headers = {"Accept-Encoding": "identity", "Range": f"bytes={here}-"}
    with client(way) as asking, asking.stream("GET", _address(offer, way), headers=headers) as answer:
        told = answer.headers
        yield _Head(answer.status_code, told.get("Content-Range", ""), told.get("Retry-After", ""))
        if answer.status_code in {200, 206}:
            for block in answer.iter_raw():
                if gone.is_set():
                    return
                yield block


def _proven(part: Path, sha256: str, offer: Offer, stop: threading.Event) -> Iterator[Loading]:
    yield Loading(_("Checking {name}", name=offer.name or offer.file))
    digest = hashlib.sha256()
    with part.open("rb") as file:
        while chunk := file.read(CHUNK):
            if stop.is_set():
                raise Cancelled
            digest.update(chunk)
    if digest.hexdigest() != sha256:
        part.unlink()
        part.with_suffix(".from").unlink(missing_ok=True)
        raise UserError(
            "{name} arrived damaged: its checksum is not the hub’s. It was thrown away; fetch it again.",
            name=offer.name or offer.file,
        )


def _shelved(offer: Offer, part: Path, sha256: str, folder: Path) -> Weights:
    try:
        found = read_header(part)
    except UserError as error:  # right as the hub has it, and no use here
        part.unlink()
        part.with_suffix(".from").unlink(missing_ok=True)
        raise UserError("{name} is not a GGUF file that can be used here. It was thrown away.",
                        name=offer.file) from error  # fmt: skip
    target = free_name(folder, Path(offer.file).name)
    part.replace(target)
    part.with_suffix(".from").unlink(missing_ok=True)
    weights = replace(
        found, name=offer.name or target.stem, path=str(target), sha256=sha256,
        licence=offer.licence or found.licence, languages=offer.languages or found.languages, purpose=offer.purpose,
    )  # fmt: skip
    manifest.put(folder, weights)
    return weights


# --- what can be wrong ---


def _asked(header: str) -> float:
    return min(float(header), LONGEST_WAIT) if header.isdigit() else 1.0


def _enough_room(folder: Path, needed: int) -> None:
    free = shutil.disk_usage(folder).free
    if free < needed + SPARE:
        raise UserError(
            "Not enough room: {needed} MB more are needed and {free} MB are free. Nothing was fetched now; what had "
            "arrived before is kept.",
            needed=(needed + SPARE) // 1_000_000, free=free // 1_000_000,
        )  # fmt: skip


def _refused(status: int, offer: Offer, way: Way) -> UserError:
    name = f"{offer.repository}/{offer.file}"
    if status in {401, 403}:
        return UserError(
            "{hub} does not give {name} away without an account. Fetch it with a browser and add the file here.",
            hub=way.hub, name=name,
        )  # fmt: skip
    if status == 404:
        return UserError("{hub} has no {name}. It may have been moved or renamed.", hub=way.hub, name=name)
    if status == 429:
        return UserError("{hub} asks to wait: too many requests. Try again in some minutes.", hub=way.hub)
    return UserError("{hub} answered with error {status}. Try again later.", hub=way.hub, status=status)


def _unreachable(way: Way, part: _Part | None = None) -> UserError:
    if part is None or not part.here:
        return UserError(
            "{hub} cannot be reached. Is this computer online? A mirror or a proxy can be set in the settings.",
            hub=way.hub,
        )
    return UserError(
        "The connection to {hub} was lost. {done} of {total} MB are here and are kept; fetch again to go on.",
        hub=way.hub, done=part.here // 1_000_000, total=part.size // 1_000_000,
    )  # fmt: skip


def _cannot_write(error: OSError, offer: Offer) -> UserError:
    if error.errno == errno.ENOSPC:
        return UserError("The disk is full. What arrived of {name} is kept; free some space and fetch again.",
                         name=offer.name or offer.file)  # fmt: skip
    return UserError("{folder} cannot be written: {reason}.",
                     folder=str(paths.weights()), reason=error.strerror or str(error))  # fmt: skip
