"""Where the key of a server is kept: in the system's keyring, or where there is none, in a file of its owner."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path

import keyring
import keyring.errors
from keyring.backends import fail

from desktop_app import paths
from desktop_app.errors import UserError

SERVICE = "Zhanggui"


def has_keyring() -> bool:
    """Say whether this system has a keyring that works; a server or a bare Linux desktop has none."""
    return not isinstance(keyring.get_keyring(), fail.Keyring) and keyring.get_keyring().priority > 0


def get(address: str) -> str:
    """Return the key kept for ``address``, or nothing."""
    if has_keyring():
        with contextlib.suppress(keyring.errors.KeyringError):
            return keyring.get_password(SERVICE, address) or ""
    try:
        kept, _, key = _file().read_text("utf-8").partition("\n")
    except (OSError, ValueError):
        return ""
    return key.strip() if kept == address else ""


def put(address: str, key: str) -> bool:
    """Keep ``key`` for ``address``, an empty one forgets it. True: in the keyring; False: in a file."""
    if has_keyring():
        try:
            if key:
                keyring.set_password(SERVICE, address, key)
            elif keyring.get_password(SERVICE, address):
                keyring.delete_password(SERVICE, address)
        except keyring.errors.KeyringError:
            pass  # locked, or refused by the person: the file then
        else:
            _forget_file()
            return True
    if not key:
        _forget_file()
        return False
    try:
        _forget_file()
        with os.fdopen(os.open(_file(), os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
            file.write(f"{address}\n{key}\n")
    except OSError as error:
        raise UserError("The key cannot be kept: {reason}.", reason=error.strerror or str(error)) from error
    return False


def _forget_file() -> None:
    with contextlib.suppress(OSError):
        _file().unlink()


def _file() -> Path:
    return paths.config() / "server.key"
