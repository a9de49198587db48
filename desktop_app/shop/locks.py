"""A password on a shop file: how its key is made, what the recovery code is, and which keys this program holds now.

A locked file is SQLCipher's: every page is AES-256 with an HMAC. Its first sixteen bytes, which SQLCipher calls the
salt, are chosen here: eight that tell a locked shop from a damaged one, and eight at random. From the password and the
salt scrypt makes a seed of 16 bytes, and the seed makes the key. The recovery code is the seed, so that a lost password
needs nothing but the paper it was written on, and nothing lies beside the file that could get lost.
"""

from __future__ import annotations

import hashlib
import hmac
import os
import unicodedata
from dataclasses import dataclass
from pathlib import Path

from desktop_app.errors import UserError

MARK = b"ZGLOCK1\x00"
SALT = 16
SHORTEST = 8  # characters of a password
_SEED = 16
_COST = {"n": 2**15, "r": 8, "p": 1, "maxmem": 2**26}  # 32 MiB, about a tenth of a second
_LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford's: no I, L, O, U to be misread
_ALIKE = str.maketrans({"I": "1", "L": "1", "O": "0", "U": "V"})
_CODE = 28  # letters: 128 bits of seed and 12 that tell a slip of the pen

TOO_SHORT = "A password has at least {count} characters."
NOT_A_CODE = (
    "This is not a recovery code: it has {count} letters and digits in groups of four. Look for a slip of the pen."
)


class LockedError(UserError):
    """The shop file has a password and this program has not been given it."""


@dataclass(frozen=True, slots=True)
class Key:
    """What opens one locked file: its salt (16 bytes) and the seed (16 bytes) its key comes from."""

    salt: bytes
    seed: bytes

    @property
    def words(self) -> str:
        """Return the key as SQLCipher's ``PRAGMA key`` wants it: 32 bytes of key and 16 of salt, in hex."""
        key = hmac.new(self.seed, b"zhanggui shop file" + self.salt, hashlib.sha256).digest()
        return f"x'{key.hex()}{self.salt.hex()}'"

    @property
    def code(self) -> str:
        """Return the recovery code: 28 letters and digits in groups of four."""
        bits = int.from_bytes(self.seed) << 12 | _check(self.seed)
        letters = "".join(_LETTERS[bits >> 5 * place & 31] for place in reversed(range(_CODE)))
        return "-".join(letters[n : n + 4] for n in range(0, _CODE, 4))


_held: dict[bytes, Key] = {}  # by salt, for as long as this process runs; never written anywhere


def salt_of(path: Path) -> bytes | None:
    """Return the salt of the locked shop file at ``path``; None for any other file, or none."""
    try:
        with path.open("rb") as file:
            salt = file.read(SALT)
    except OSError:
        return None
    return salt if len(salt) == SALT and salt.startswith(MARK) else None


def key_for(path: Path) -> Key | None:
    """Return the key of the file at ``path``, None where it has no password; LockedError where we were not given it."""
    salt = salt_of(path)
    if salt is None:
        return None
    if salt not in _held:
        raise LockedError("{name} is locked. Its password or recovery code opens it.", name=path.name)
    return _held[salt]


def new(password: str) -> Key:
    """Make the key of a file that is yet to be written; UserError for a password that is too short."""
    if len(password) < SHORTEST:
        raise UserError(TOO_SHORT, count=SHORTEST)
    return from_password(password, MARK + os.urandom(SALT - len(MARK)))


def from_password(password: str, salt: bytes) -> Key:
    """Make the key of the file with this salt."""
    # The same password typed on a Mac and on Windows may be other code points.
    typed = unicodedata.normalize("NFKC", password).encode()
    return Key(salt, hashlib.scrypt(typed, salt=salt, dklen=_SEED, **_COST))


def from_code(code: str, salt: bytes) -> Key:
    """Make the key from a recovery code, however it was spaced or written; UserError for a slip of the pen."""
    letters = "".join(c for c in unicodedata.normalize("NFKC", code).upper() if c.isalnum()).translate(_ALIKE)
    if len(letters) != _CODE or not set(letters) <= set(_LETTERS):
        raise UserError(NOT_A_CODE, count=_CODE)
    bits = 0
    for letter in letters:
        bits = bits << 5 | _LETTERS.index(letter)
    seed = (bits >> 12).to_bytes(_SEED)
    if bits & 0xFFF != _check(seed):
        raise UserError(NOT_A_CODE, count=_CODE)
    return Key(salt, seed)


def looks_like_code(typed: str) -> bool:
    """Tell whether what was typed may be meant as a recovery code rather than a password."""
    letters = "".join(c for c in unicodedata.normalize("NFKC", typed).upper() if c.isalnum())
    return letters.isascii() and abs(len(letters) - _CODE) <= 4


def hold(key: Key) -> None:
    """Keep a key that was seen to fit."""
    _held[key.salt] = key


def let_go(salt: bytes) -> Key | None:
    """Forget a key, and return it if it was held."""
    return _held.pop(salt, None)


def _check(seed: bytes) -> int:
    return int.from_bytes(hashlib.sha256(b"code" + seed).digest()[:2]) & 0xFFF
