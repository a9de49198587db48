"""Build llama.cpp for every processor a shop may have: `llama.py` leaves its libraries in build/llama, each once.

The usual build takes the instructions of the processor it is built on and dies on an older one. Here every variant of
the processor code is a library of its own, and the best one that runs is loaded when the engine starts.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path, PurePosixPath

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))

import vulkan  # noqa: E402 - found beside this file

ROOT = HERE.parent
TARGET = ROOT / "build" / "llama"
WHEELS = ROOT / "build" / "wheels"
COMMON = {"GGML_NATIVE": "OFF", "LLAMA_BUILD_TESTS": "OFF", "LLAMA_BUILD_EXAMPLES": "OFF", "LLAVA_BUILD": "OFF"}
# A Mac's processors differ little and Metal is in the one library; elsewhere the variants are files of their own.
VARIANTS = {**COMMON, "GGML_BACKEND_DL": "ON", "GGML_CPU_ALL_VARIANTS": "ON"}
# Microsoft's OpenMP is a library that a bare Windows lacks; llama.cpp's own threads need none.
FLAGS = {"darwin": COMMON, "win32": {**VARIANTS, "GGML_OPENMP": "OFF"}}.get(sys.platform, VARIANTS)


# Processors whose owners lose little with the next older code, so that the bundle stays within its budget.
LEFT_OUT = ("ivybridge", "piledriver", "cannonlake", "cascadelake", "cooperlake", "sapphirerapids")


def main() -> int:
    """Build, unless the same version was built with the same flags before; print where the libraries are."""
    chosen = FLAGS | vulkan.flags()
    flags = " ".join(f"-D{name}={value}" for name, value in chosen.items()) + " " + os.environ.get("ZHANGGUI_CMAKE", "")
    flags = flags.strip()
    version = pinned("llama_cpp_python")
    mark = hashlib.sha256(f"{version} {flags} {sys.platform}".encode()).hexdigest()
    stamp = TARGET / ".built"
    if not (stamp.exists() and stamp.read_text() == mark):
        wheel = built(version, flags)
        names = taken(wheel, TARGET)
        stamp.write_text(mark)
        print(f"llama.cpp: {len(names)} libraries in {TARGET}")
    return 0


def pinned(name: str) -> str:
    """Return the version of a package that packaging/constraints.txt names."""
    for line in (ROOT / "packaging" / "constraints.txt").read_text("utf-8").splitlines():
        if line.lower().replace("-", "_").startswith(name.lower() + "=="):
            return line.split("==")[1].strip()
    raise SystemExit(f"packaging/constraints.txt names no {name}")


def built(version: str, flags: str) -> Path:
    """Build the wheel from its source and return it; this takes ten minutes on two cores."""
    shutil.rmtree(WHEELS, ignore_errors=True)
    print(f"llama.cpp: building with {flags} (ten minutes or more)", flush=True)
    command = [
        sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-cache-dir", "--no-binary",
        "llama-cpp-python", "--wheel-dir", str(WHEELS), f"llama-cpp-python=={version}",
    ]  # fmt: skip
    subprocess.run(command, env={**os.environ, "CMAKE_ARGS": flags}, check=True)
    return next(WHEELS.glob("llama_cpp_python-*.whl"))


def taken(wheel: Path, target: Path) -> list[str]:
    """Take llama.cpp's libraries out of a wheel into ``target``, one copy of each under the name it is asked for by.

    A wheel holds three copies of each Linux library (no links) and a second set of all of them. Two copies of ggml in
    one process do not know of each other's backends, so exactly one may be in the bundle.
    """
    shutil.rmtree(target, ignore_errors=True)
    target.mkdir(parents=True)
    with zipfile.ZipFile(wheel) as archive:
        chosen = once(archive.namelist())
        for name, member in chosen.items():
            (target / name).write_bytes(archive.read(member))
    return sorted(chosen)


def once(members: list[str]) -> dict[str, str]:
    """Choose from a wheel's member names the libraries to take: file name in the bundle → member."""
    found: dict[str, str] = {}
    for member in members:
        name = PurePosixPath(member).name
        if not is_library(name) or "mtmd" in name or "common" in name or name.split(".")[0].endswith(LEFT_OUT):
            continue
        if wanted_name(name) and name not in found:
            found[name] = member
    for name in list(found):
        numbered = f"{name}.0" if name.endswith(".so") else name.replace(".dylib", ".0.dylib")
        if name != numbered and numbered in found:
            # The binding opens llama itself by its plain name; every other library is asked for by its numbered one.
            del found[numbered if "llama" in name else name]
    return found


def is_library(name: str) -> bool:
    """Tell whether a file is a library of llama.cpp."""
    stem = name.removeprefix("lib")
    return stem.startswith(("llama", "ggml")) and (".so" in name or name.endswith((".dll", ".dylib", ".metal")))


def is_card(name: str) -> bool:
    """Tell whether a library of llama.cpp's is for graphics cards: those are loaded only where one is looked for."""
    return "ggml-vulkan" in name


def wanted_name(name: str) -> bool:
    """Tell a name that is loaded from one kept for the record (libggml.so.0.25.3, libggml.0.25.3.dylib)."""
    digits = [part for part in name.split(".")[1:] if part.isdigit()]
    return len(digits) <= 1


if __name__ == "__main__":
    sys.exit(main())
