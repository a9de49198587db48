"""What llama.cpp can compute with on this machine, seen from a process of its own: a bad driver ends only that one."""

from __future__ import annotations

import ctypes
import multiprocessing
from dataclasses import dataclass
from multiprocessing.connection import Connection
from typing import Any, Literal

Kind = Literal["cpu", "card", "shared", "helper"]
_KINDS: dict[int, Kind] = {0: "cpu", 1: "card", 2: "shared", 3: "helper"}  # ggml_backend_dev_type, from ggml-backend.h
SECONDS = 30.0  # a driver may take its time, and may never come back


@dataclass(frozen=True, slots=True)
class Device:
    """Something that computes: the processor, a graphics card ("shared": one that uses main memory), a helper."""

    name: str
    kind: Kind
    total: int  # bytes of memory, 0 where it does not say
    free: int


@dataclass(frozen=True, slots=True)
class Devices:
    """All there is, and whether this build of llama.cpp could use a graphics card if there were one."""

    all: tuple[Device, ...] = ()
    able: bool = False
    failed: bool = False  # nothing was found out
    late: bool = False  # nor did the process that looked end; another time it may be in time

    @property
    def cards(self) -> tuple[Device, ...]:
        """Graphics cards."""
        return tuple(device for device in self.all if device.kind in {"card", "shared"})


def look() -> Devices:
    """Look in another process; takes about a second."""
    context = multiprocessing.get_context("spawn")
    here, there = context.Pipe()
    process = context.Process(target=_look, args=(there,), name="zhanggui-devices", daemon=True)
    process.start()
    there.close()
    late = False
    try:
        late = not here.poll(SECONDS)
        found = None if late else here.recv()
    except (EOFError, OSError):
        found = None
    if found is None:
        process.kill()
    process.join()
    here.close()
    return found if isinstance(found, Devices) else Devices(failed=True, late=late)


def _look(pipe: Connection) -> None:
    import llama_cpp as lib

    from desktop_app.engine import llama

    llama.start(cards=True)
    able = bool(lib.llama_supports_gpu_offload())
    pipe.send(Devices(tuple(_listed(llama.ggml(), llama.ggml(base=True))), able))


def _listed(registry: Any, base: Any) -> list[Device]:
    registry.ggml_backend_dev_count.restype = ctypes.c_size_t
    registry.ggml_backend_dev_get.restype = ctypes.c_void_p
    registry.ggml_backend_dev_get.argtypes = [ctypes.c_size_t]
    base.ggml_backend_dev_description.restype = ctypes.c_char_p
    base.ggml_backend_dev_description.argtypes = base.ggml_backend_dev_type.argtypes = [ctypes.c_void_p]
    base.ggml_backend_dev_memory.argtypes = [ctypes.c_void_p, *[ctypes.POINTER(ctypes.c_size_t)] * 2]
    base.ggml_backend_dev_memory.restype = None
    found = []
    for number in range(registry.ggml_backend_dev_count()):
        device = registry.ggml_backend_dev_get(number)
        free, total = ctypes.c_size_t(), ctypes.c_size_t()
        base.ggml_backend_dev_memory(device, ctypes.byref(free), ctypes.byref(total))
        name = (base.ggml_backend_dev_description(device) or b"").decode("utf-8", "replace").strip()
        found.append(Device(name, _KINDS.get(base.ggml_backend_dev_type(device), "helper"), total.value, free.value))
    return found
