"""LoRA adapters: small files that bend weights towards a tone or a trade, several at once, each with its scale."""

from __future__ import annotations

import ctypes
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import llama_cpp as lib

from desktop_app.engine.llama import Model, complaints
from desktop_app.errors import UserError

Chosen = Sequence[tuple[Path, float]]


class Adapters:
    """The adapters of one model; each file is read once and stays until `close`."""

    def __init__(self, model: Model) -> None:
        """Begin with none."""
        self._model = model
        self._read: dict[Path, Any] = {}

    def read(self, chosen: Chosen) -> None:
        """Read the files that are not read yet; `UserError` for one that is missing or made for other weights."""
        for path, _ in chosen:
            if path not in self._read:
                self._read[path] = _opened(self._model, path)

    def use(self, context: Any, chosen: Chosen) -> None:
        """Bend what ``context`` computes by these adapters and no others. What it computed before stays as it was."""
        self.read(chosen)
        count = len(chosen)
        scales = (ctypes.c_float * count)(*(scale for _, scale in chosen))
        array = (lib.llama_adapter_lora_p_ctypes * count)(
            *(ctypes.cast(self._read[path], lib.llama_adapter_lora_p_ctypes) for path, _ in chosen)
        )
        if lib.llama_set_adapters_lora(context, array, count, scales) != 0:
            raise UserError("The adapters cannot be used with {weights}.", weights=self._model.path.name)

    def close(self) -> None:
        """Give the memory back; no context may be using them."""
        for handle in self._read.values():
            lib.llama_adapter_lora_free(handle)
        self._read.clear()


def _opened(model: Model, path: Path) -> Any:
    if not path.is_file():
        raise UserError(
            "The adapter {path} is no longer there. Choose another, or take it off the list.", path=str(path)
        )
    handle = lib.llama_adapter_lora_init(model.handle, str(path).encode())
    if not handle:
        raise UserError(
            "The adapter {name} was not made for {weights} ({reason}). Choose the weights it was made for, or take it "
            "off the list.",
            name=path.name, weights=model.path.name, reason=_reason(complaints()),
        )  # fmt: skip
    return handle


def _reason(said: str) -> str:
    """Return the part of llama.cpp's words that says why."""
    return (said.rpartition(" | ")[2].rpartition("lora adapter: ")[2] or "unknown reason").rstrip(". ")
