"""The list of checksums somebody publishes beside the installers: fetched once, when the merchant asks."""

from __future__ import annotations

from urllib.parse import urlsplit

from desktop_app.errors import UserError
from desktop_app.weights import hub

SUMS = "SHA256SUMS"
MOST = 1 << 16  # bytes; a longer answer is no list of ours


def sums(address: str, proxy: str = "") -> list[tuple[str, str]]:
    """Return (checksum, file name) of each line of the list at ``address``.

    ``address`` is the folder the installers are published in. Raises `UserError` where nothing answers, where the
    answer is no such list, and for an address that is neither http nor https.
    """
    import httpx2

    where = address.strip().rstrip("/") if "://" in address else f"https://{address.strip().rstrip('/')}"
    if not _is_web(where):
        raise UserError("{address} is not an address of the web.", address=address)
    try:
        with (
            hub.client(hub.Way(proxy=proxy)) as asking,
            asking.stream("GET", f"{where}/{SUMS}") as answer,
        ):
            if answer.status_code != 200:
                raise _no_list(where)
            raw = b""
            for block in answer.iter_bytes():
                raw += block
                if len(raw) > MOST:
                    raise _no_list(where)
    except (httpx2.HTTPError, httpx2.InvalidURL, OSError, ValueError) as error:
        raise UserError("{address} does not answer. Nothing was changed.", address=where) from error
    found = read_sums(raw.decode("utf-8", "replace"))
    if not found:
        raise _no_list(where)
    return found


def _is_web(address: str) -> bool:
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and bool(parts.hostname)


def read_sums(text: str) -> list[tuple[str, str]]:
    """Return (checksum, file name) of each line that is one."""
    lines = (line.partition(" ") for line in text.splitlines())
    return [(digest.lower(), name.strip().lstrip("*")) for digest, _blank, name in lines if name.strip()]


def _no_list(where: str) -> UserError:
    return UserError("There is no list of versions ({file}) at {address}. Nothing was changed.",
                     file=SUMS, address=where)  # fmt: skip
