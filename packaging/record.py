"""Write what was made and measured into RELEASE.md's table, pictures beside it: `record.py`, after `make package`."""

from __future__ import annotations

import datetime as dt
import platform
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
DIST = ROOT / "dist"
TABLE = HERE / "RELEASE.md"
BEGIN, END = "<!-- measured by packaging/record.py -->", "<!-- end of what was measured -->"
PICTURES = {
    ROOT / "build" / "first-run" / "6-text-zh.png": ROOT / "docs" / "release-linux.png",
    DIST / "window-wine.png": ROOT / "docs" / "release-wine.png",
}


def main() -> int:
    """Measure, write the table, copy the pictures; a part that is not there is named as not made."""
    rows = [row for part in (sizes, checks, times) for row in part()]
    pictures = [
        f"![{target.stem}](../docs/{target.name})" for source, target in PICTURES.items() if _copied(source, target)
    ]
    told = f"{dt.datetime.now(dt.UTC):%Y-%m-%d}, {platform.platform(terse=True)}, {platform.machine()}."
    lines = [
        BEGIN,
        "",
        told,
        "",
        "| what | figure |",
        "|---|---|",
        *(f"| {what} | {figure} |" for what, figure in rows),
    ]
    text = TABLE.read_text("utf-8")
    before, _old, rest = text.partition(BEGIN)
    after = rest.partition(END)[2]
    TABLE.write_text(f"{before}{chr(10).join([*lines, '', *pictures, '', END])}{after}", "utf-8")
    print("\n".join(f"{what}: {figure}" for what, figure in rows))
    return 0


def sizes() -> Iterator[tuple[str, str]]:
    """Yield the sizes of what was made."""
    files = [f for f in (DIST / "zhanggui").rglob("*") if f.is_file() and not f.is_symlink()]
    weights = sum(f.stat().st_size for f in files if f.suffix == ".gguf")
    whole = sum(f.stat().st_size for f in files)
    yield "Linux bundle without weights", _mb(whole - weights, f" in {len(files)} files") if files else "not made"
    yield "starter weights inside it", _mb(weights) if weights else "none"
    for what, pattern in (
        (".deb with weights", "*.deb"),
        ("Windows setup under wine, without weights", "*-wine-setup.exe"),
    ):
        found = next(iter(DIST.glob(pattern)), None)
        yield what, _mb(found.stat().st_size) if found else "not made"


def checks() -> Iterator[tuple[str, str]]:
    """Yield the outcome of each trial of what was made."""
    program = str(DIST / "zhanggui" / "zhanggui")
    trials = {
        "self-check of the frozen program": [program, "--self-check"],
        "the same, emulated as a processor without AVX": [str(HERE / "linux" / "try_old_processor.sh"), "Nehalem"],
        "installed in a bare Debian, used, removed": [str(HERE / "linux" / "try_deb.sh")],
    }
    for what, command in trials.items():
        yield what, _outcome(command)


def times() -> Iterator[tuple[str, str]]:
    """Yield how long the program takes to show itself and to a first text."""
    program = str(DIST / "zhanggui" / "zhanggui")
    yield "time to the window", _said([sys.executable, str(HERE / "linux" / "start_time.py")], r"an empty .*")
    told = _said([sys.executable, str(HERE / "linux" / "first_run.py"), program], r"first run, .*")
    yield "first run with mouse and keyboard, from the start to a text", told


def _outcome(command: list[str]) -> str:
    if not Path(command[0]).exists():
        return "not made"
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode == 77:
        return "skipped: " + (done.stdout + done.stderr).strip().splitlines()[-1].removeprefix("SKIPPED: ")
    return "all well" if done.returncode == 0 else f"failed ({done.returncode})"


def _said(command: list[str], pattern: str) -> str:
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    return "; ".join(re.findall(pattern, done.stdout)) or "skipped"


def _copied(source: Path, target: Path) -> bool:
    if source.is_file():
        shutil.copyfile(source, target)
    return target.is_file()


def _mb(size: int, more: str = "") -> str:
    return f"{size / 1e6:.0f} MB{more}"


if __name__ == "__main__":
    sys.exit(main())
