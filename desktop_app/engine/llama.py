"""llama.cpp itself: started, made quiet, weights loaded, text turned into tokens; for the engine's process only."""

from __future__ import annotations

import contextlib
import ctypes
import lzma
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import llama_cpp as lib

from desktop_app import paths
from desktop_app.errors import UserError

_said: list[str] = []


@lib.llama_log_callback  # type: ignore[untyped-decorator]
def _listen(level: int, text: bytes, _: Any) -> None:
    if level >= 3:  # warnings and errors; the last ones say why something failed
        _said.append(text.decode("utf-8", "replace").strip())
        del _said[:-40]


def start(*, cards: bool = False) -> None:
    """Initialise llama.cpp for this process; its words go to `complaints`, not to the terminal.

    With ``cards`` the code for graphics cards is loaded too, and with it the driver, which may end the process.
    """
    lib.llama_log_set(_listen, ctypes.c_void_p(0))  # _listen lives as long as the module, as it must
    _load_backends(cards)
    lib.llama_backend_init()


def ggml(*, base: bool = False) -> Any:
    """Return the very ggml that llama is bound to: a second copy would keep what it loads to itself.

    Windows gives the loaded one for its file, and what devices say of themselves lies in the ``base`` below it;
    elsewhere a look through llama reaches all the libraries below.
    """
    folder, name = Path(lib.llama_cpp._base_path), "ggml-base.*dll" if base else "ggml.*dll"
    return ctypes.CDLL(str(next(folder.glob(name)))) if sys.platform == "win32" else lib.llama_cpp._lib


def _load_backends(cards: bool) -> None:
    """Load the best processor code for this machine, and that for cards if wished, where they are files of their own.

    An installed program carries one file for each kind of processor; each tells how well it would do here, 0 for not
    at all, and may be asked on any machine.
    """
    files = [file for file in sorted(Path(lib.llama_cpp._base_path).glob("*ggml-*")) if _is_backend(file)]
    scores = {file: _score(file) for file in files if "ggml-cpu-" in file.name}
    if not scores:
        return
    chosen = [max(scores, key=lambda file: scores[file])]
    if cards:
        chosen += [file for file in (*files, *_unpacked()) if "ggml-cpu" not in file.name]
    load = ggml().ggml_backend_load
    load.argtypes, load.restype = [ctypes.c_char_p], ctypes.c_void_p
    for file in chosen:
        load(str(file).encode())


def _unpacked() -> Iterator[Path]:
    """Yield the backends that an installed program carries packed, unpacked into the cache at the first time."""
    for packed in sorted(Path(lib.llama_cpp._base_path).glob("*ggml-*.xz")):
        folder = paths.cache() / "backends" / f"{packed.stat().st_size}-{lib.__version__}"
        target = folder / packed.stem
        with contextlib.suppress(OSError, lzma.LZMAError):  # a full disk costs the card, not the text
            if not target.exists():
                folder.mkdir(parents=True, exist_ok=True)
                part = folder / f".{packed.stem}.{os.getpid()}"
                part.write_bytes(lzma.decompress(packed.read_bytes()))
                part.replace(target)
            yield target


def _is_backend(file: Path) -> bool:
    return file.suffix in {".so", ".dll", ".dylib"} and "ggml-base" not in file.name


def _score(file: Path) -> int:
    try:
        score = ctypes.CDLL(str(file)).ggml_backend_score
    except (OSError, AttributeError):
        return 0
    score.restype = ctypes.c_int
    return int(score())


def complaints() -> str:
    """Return what llama.cpp said last, for the log."""
    return " | ".join(_said[-6:])


class Switch:
    """Stops a decode from another thread.

    Between any two operations llama.cpp asks a function; here it is ``strlen`` of one byte, so no Python runs there.
    """

    def __init__(self) -> None:
        """Begin switched off."""
        self.flag = ctypes.create_string_buffer(b"", 2)
        libc = ctypes.cdll.msvcrt if sys.platform == "win32" else ctypes.CDLL(None)
        self.callback = ctypes.cast(libc.strlen, lib.ggml_abort_callback)
        self.data = ctypes.cast(self.flag, ctypes.c_void_p)

    def on(self) -> None:
        """Let the decode under way, or the next one, end early."""
        self.flag[0] = b"\1"

    def off(self) -> None:
        """Let decodes run to their end again."""
        self.flag[0] = b"\0"


class Model:
    """A GGUF in memory with its vocabulary."""

    def __init__(self, path: Path, layers: int = 0) -> None:
        """Load the file with so many layers on graphics cards; `UserError` if llama.cpp does not want it so."""
        params = lib.llama_model_default_params()
        params.n_gpu_layers = layers
        nothing = (ctypes.c_void_p * 1)(None)
        if not layers:  # an empty list: without it a card would still be lent single sums, and their results differ
            params.devices = ctypes.addressof(nothing)
        _said.clear()
        self.path = path
        self.handle = lib.llama_model_load_from_file(str(path).encode(), params)
        if not self.handle:
            raise _unloadable(path)
        self.vocabulary = lib.llama_model_get_vocab(self.handle)
        self.all_layers = int(lib.llama_model_n_layer(self.handle)) + 1  # the last is what turns them into words
        self.layers = min(layers, self.all_layers) if lib.llama_supports_gpu_offload() else 0
        self._pieces: dict[int, bytes] = {}

    def close(self) -> None:
        """Give the memory back."""
        if self.handle:
            lib.llama_model_free(self.handle)
            self.handle = None

    def must_write(self) -> None:
        """Raise `UserError` for weights of a kind that does not write one word after another."""
        kind = self.setting("general.architecture")
        one_way = self.setting(f"{kind}.attention.causal") != "false" and not lib.llama_model_is_diffusion(self.handle)
        if not one_way or lib.llama_model_has_encoder(self.handle) or not lib.llama_model_has_decoder(self.handle):
            raise UserError(
                "{name} holds weights of a kind ({kind}) that cannot write texts. Choose others on the Weights page.",
                name=self.path.name, kind=kind,
            )  # fmt: skip

    def setting(self, key: str) -> str:
        """Return a setting of the GGUF as text, or nothing."""
        for size in (1 << 12, 1 << 20):
            buffer = ctypes.create_string_buffer(size)
            length = lib.llama_model_meta_val_str(self.handle, key.encode(), buffer, size)
            if length < size:
                return buffer.value.decode("utf-8", "replace") if length >= 0 else ""
        return ""

    def description(self) -> str:
        """Return llama.cpp's own words for the kind, size and quantisation."""
        buffer = ctypes.create_string_buffer(256)
        lib.llama_model_desc(self.handle, buffer, 256)
        return buffer.value.decode("utf-8", "replace")

    def tokens(self, text: str, *, begin: bool, special: bool) -> list[int]:
        """Return the tokens of ``text``: with what opens a text (``begin``), with control tokens read (``special``)."""
        raw = text.encode()
        room = len(raw) + 8
        buffer = (lib.llama_token * room)()
        count = lib.llama_tokenize(self.vocabulary, raw, len(raw), buffer, room, begin, special)
        if count < 0:
            buffer = (lib.llama_token * -count)()
            count = lib.llama_tokenize(self.vocabulary, raw, len(raw), buffer, -count, begin, special)
        return list(buffer[:count])

    def piece(self, token: int) -> bytes:
        """Return the bytes of a token; of control tokens only those around a thinking block show, so it can be cut."""
        known = self._pieces.get(token)
        if known is None:
            known = self._pieces[token] = self._spell(token, special=False) or self._mark(token)
        return known

    def text_of(self, token: int) -> str:
        """Return a token as it is written in a template; nothing for a token that does not exist."""
        return self._spell(token, special=True).decode("utf-8", "replace") if token >= 0 else ""

    def _mark(self, token: int) -> bytes:
        text = self._spell(token, special=True)
        return text if text in (b"<think>", b"</think>") else b""

    def _spell(self, token: int, *, special: bool) -> bytes:
        buffer = ctypes.create_string_buffer(256)
        length = lib.llama_token_to_piece(self.vocabulary, token, buffer, 256, 0, special)
        return buffer.raw[:length] if length > 0 else b""

    def control_texts(self) -> list[str]:
        """Return how all control tokens are written."""
        count = lib.llama_vocab_n_tokens(self.vocabulary)
        return [self.text_of(t) for t in range(count) if lib.llama_vocab_is_control(self.vocabulary, t)]


def _unloadable(path: Path) -> UserError:
    said = " ".join(_said)
    if "file bounds" in said or "corrupted" in said or "incomplete" in said or "failed to read" in said:
        return UserError("{name} is damaged or cut short. Fetch it again.", name=path.name)
    if "allocate" in said:
        return UserError("There is not enough memory to use {name}. Close other programs or choose smaller weights.",
                         name=path.name)  # fmt: skip
    if "unknown model architecture" in said:
        return UserError("{name} is of a kind this version cannot run yet ({reason}).", name=path.name,
                         reason=said.split("unknown model architecture:")[-1].split("|")[0].strip(" '\""))  # fmt: skip
    telling = [line for line in _said if "failed to load model" not in line] or _said or ["unknown reason"]
    return UserError("{name} cannot be loaded: {reason}.", name=path.name, reason=telling[-1].rpartition(": ")[2])
