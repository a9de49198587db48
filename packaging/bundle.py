"""Make the program's folder, dist/zhanggui, and check it: `bundle.py [--native] [--no-weights]`."""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
from dataclasses import replace
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
sys.path[:0] = [str(ROOT), str(HERE)]

import llama  # noqa: E402 - found beside this file

DIST = ROOT / "dist"
STARTER = ROOT / "build" / "starter"
BUDGET = {"linux": 220, "win32": 220, "darwin": 260}  # MB unpacked, without weights


def main() -> int:
    """Build, check, and print what came out; return 1 when the check finds a part broken."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--native", action="store_true", help="take llama.cpp as it is installed here: this machine only"
    )
    parser.add_argument("--no-weights", action="store_true", help="leave the starter weights out")
    wishes = parser.parse_args()
    subprocess.run([sys.executable, str(HERE / "compile_words.py")], check=True)
    libraries = native(ROOT / "build" / "llama-native") if wishes.native else portable()
    starters(STARTER)
    freeze(libraries, None if wishes.no_weights else STARTER)
    print(f"{describe(folder())}", flush=True)
    return check(program(), None if not wishes.no_weights else STARTER)


def folder() -> Path:
    """Return the folder that holds the frozen program."""
    return DIST / "Zhanggui.app" if sys.platform == "darwin" else DIST / "zhanggui"


def program() -> Path:
    """Return the program in the bundle that a terminal starts."""
    if sys.platform == "darwin":
        return folder() / "Contents" / "MacOS" / "zhanggui"
    return folder() / ("zhanggui-cli.exe" if sys.platform == "win32" else "zhanggui")


def portable() -> Path:
    """Return llama.cpp built for every processor, building it where that was not done yet."""
    llama.main()
    return llama.TARGET


def native(target: Path) -> Path:
    """Return llama.cpp as it is installed here, each library once; it may not run on another machine."""
    import importlib.util

    found = importlib.util.find_spec("llama_cpp")
    assert found is not None
    assert found.origin is not None
    source = Path(found.origin).parent / "lib"
    shutil.rmtree(target, ignore_errors=True)
    target.mkdir(parents=True)
    for name, member in llama.once([str(file.name) for file in sorted(source.iterdir())]).items():
        shutil.copy2(source / member, target / name)
    return target


def starters(target: Path) -> None:
    """Gather the starter weights of this machine with a manifest of their own."""
    from desktop_app import weights
    from desktop_app.weights import manifest

    found = [w for kind in ("writing", "meaning") if (w := weights.starter(kind)) is not None]
    if len(found) < 2:
        raise SystemExit("the starter weights are missing: run `make setup`")
    target.mkdir(parents=True, exist_ok=True)
    entries = []
    for one in found:
        copy = target.resolve() / Path(one.path).name
        if not copy.exists() or copy.stat().st_size != one.size:
            shutil.copy2(one.path, copy)
        entries.append(replace(one, path=str(copy)))
    manifest.save(target.resolve(), entries)


def freeze(libraries: Path, weights: Path | None) -> None:
    """Run PyInstaller over the spec; the folder of an earlier run is taken away first."""
    shutil.rmtree(folder(), ignore_errors=True)
    command = [
        sys.executable, "-m", "PyInstaller", "--noconfirm", "--log-level", "WARN", "--distpath", str(DIST),
        "--workpath", str(ROOT / "build" / "pyinstaller"), str(HERE / "zhanggui.spec"),
    ]  # fmt: skip
    env = {**os.environ, "ZHANGGUI_LLAMA": str(libraries), "ZHANGGUI_STARTER": str(weights or "")}
    subprocess.run(command, cwd=ROOT, env=env, stdin=subprocess.DEVNULL, check=True)


def describe(target: Path) -> str:
    """Return the size of a bundle and of what is largest in it, and hold it against the budget."""
    sizes = {file: file.stat().st_size for file in target.rglob("*") if file.is_file() and not file.is_symlink()}
    heavy = sum(size for file, size in sizes.items() if file.suffix == ".gguf")
    total = sum(sizes.values())
    largest = sorted(sizes.items(), key=lambda item: -item[1])[:8]
    lines = [f"{target}: {len(sizes)} files, {total / 1e6:.0f} MB, of them {heavy / 1e6:.0f} MB weights"]
    lines += [f"  {size / 1e6:6.1f} MB  {file.relative_to(target)}" for file, size in largest]
    if (total - heavy) / 1e6 > BUDGET[sys.platform]:
        raise SystemExit("\n".join([*lines, f"over the budget of {BUDGET[sys.platform]} MB without weights"]))
    return "\n".join(lines)


def check(executable: Path, weights: Path | None, *before: str) -> int:
    """Run the frozen program's own check with empty folders and without a display; print each part; 0 is well."""
    with tempfile.TemporaryDirectory() as data:
        env = {name: value for name, value in os.environ.items() if name not in {"DISPLAY", "WAYLAND_DISPLAY"}}
        env.update(ZHANGGUI_DATA=data, LANG="C.UTF-8")
        env.pop("ZHANGGUI_WEIGHTS", None)
        if weights is not None:
            env["ZHANGGUI_WEIGHTS"] = str(weights)
        done = subprocess.run(
            [*before, str(executable), "--self-check", "--json"], env=env, capture_output=True, text=True,
            encoding="utf-8", errors="replace", stdin=subprocess.DEVNULL, check=False,
        )  # fmt: skip
    for line in done.stdout.splitlines():
        told = json.loads(line)
        print(f"  {'✓' if told['fine'] else '✗'} {told.get('what', 'all')}: {told.get('text', '')}", flush=True)
    if done.stderr.strip():
        print(done.stderr.strip()[-2000:], file=sys.stderr)
    return 1 if done.returncode or not done.stdout else 0


if __name__ == "__main__":
    sys.exit(main())
