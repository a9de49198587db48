"""Make everything this project needs on this machine: system libraries, the environment, words, starter weights.

Run by the Makefile and by run.cmd / test.cmd with any Python 3.11 or newer; safe to run again, at no cost.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import platform
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")
PYTHON = BIN / ("python.exe" if os.name == "nt" else "python")
CONSTRAINTS = ROOT / "packaging" / "constraints.txt"

# What Qt's xcb and offscreen platforms load at run time and a bare Debian lacks.
QT_LIBRARIES = [
    "libegl1",
    "libgl1",
    "libxkbcommon0",
    "libdbus-1-3",
    "libfontconfig1",
    "libfreetype6",
    "libglib2.0-0",
    "libxcb-cursor0",
    "libxcb-icccm4",
    "libxcb-keysyms1",
    "libxcb-image0",
    "libxcb-randr0",
    "libxcb-render-util0",
    "libxcb-shape0",
    "libxcb-xkb1",
    "libxkbcommon-x11-0",
    "libx11-xcb1",
    "libxcb-glx0",
]
BUILD_TOOLS = ["build-essential", "python3-venv", "python3-dev"]
CHINESE_FONT = "fonts-noto-cjk"


def main() -> int:
    """Prepare this machine; return 0, or 1 after saying plainly what is missing."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--dev", action="store_true", help="also what the tests need")
    parser.add_argument("--no-weights", action="store_true", help="leave the starter weights out")
    wishes = parser.parse_args()
    try:
        python_is_new_enough()
        system_libraries(wishes.dev)
        environment(wishes.dev)
        run([PYTHON, ROOT / "packaging" / "compile_words.py"], "words in both languages")
        if not wishes.no_weights:
            run([PYTHON, ROOT / "packaging" / "starter" / "fetch.py"], "starter weights")
    except Missing as missing:
        print(f"\nCannot go on: {missing}", file=sys.stderr)
        return 1
    return 0


class Missing(Exception):
    """Something this machine lacks that this script may not or cannot install."""


def say(text: str) -> None:
    """Print one line of progress at once."""
    print(f"· {text}", flush=True)


def run(command: list[object], what: str) -> None:
    """Run a command, its output shown; raise Missing when it fails."""
    say(what)
    if subprocess.run([str(part) for part in command], cwd=ROOT, check=False).returncode:
        raise Missing(
            f"{what}: this step failed; its own words are above. Run the same command again to go on from here."
        )


def python_is_new_enough() -> None:
    """Hold the running Python against the oldest one supported."""
    if sys.version_info < (3, 11):  # noqa: UP036 - this script is started by whatever Python is there
        raise Missing(f"Python 3.11 or newer is needed; this is {platform.python_version()} ({sys.executable}).")


def system_libraries(dev: bool) -> None:
    """Install the Debian packages that Qt, the compiler and Chinese text need, where that is allowed."""
    if not shutil.which("dpkg-query"):
        return
    wanted = [package for package in QT_LIBRARIES if not installed(package)]
    if not shutil.which("g++") and not shutil.which("c++"):
        wanted.append("build-essential")
    if not venv_works():
        wanted.append("python3-venv")
    if not chinese_font():
        wanted.append(CHINESE_FONT)
    if dev and not shutil.which("Xvfb"):
        wanted.append("xvfb")
    if not wanted:
        say("system libraries: all there")
        return
    say("system libraries: installing " + " ".join(wanted))
    prefix = root_prefix()
    if prefix is None:
        print(
            "  These need an administrator; run this once, then start again:\n"
            f"    sudo apt-get install --no-install-recommends {' '.join(wanted)}",
            file=sys.stderr,
        )
        return  # pip and Qt say themselves what truly stops them; a missing font does not
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    subprocess.run([*prefix, "apt-get", "update", "-qq"], env=quiet, check=False)
    done = subprocess.run(
        [*prefix, "apt-get", "install", "-y", "-qq", "--no-install-recommends", *wanted],
        env=quiet,
        stdout=subprocess.DEVNULL,
        check=False,
    )
    if done.returncode:
        print("  Some could not be installed (no network?); going on with what is here.", file=sys.stderr)


def installed(package: str) -> bool:
    """Tell whether dpkg has this package (or the one that replaced it, with t64 in its name)."""
    for name in (package, f"{package}t64"):
        found = subprocess.run(
            ["dpkg-query", "-W", "-f", "${Status}", name], capture_output=True, text=True, check=False
        )
        if "install ok installed" in found.stdout:
            return True
    return False


def venv_works() -> bool:
    """Tell whether this Python can make environments; Debian splits that off into a package."""
    return (
        subprocess.run([sys.executable, "-c", "import ensurepip, venv"], capture_output=True, check=False).returncode
        == 0
    )


def chinese_font() -> bool:
    """Tell whether a font with Chinese characters is here."""
    if not shutil.which("fc-list"):
        return False
    return bool(subprocess.run(["fc-list", ":lang=zh"], capture_output=True, text=True, check=False).stdout.strip())


def root_prefix() -> list[str] | None:
    """Return how to run a command as root without asking anybody, or None."""
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        return []
    if (
        shutil.which("sudo")
        and subprocess.run(["sudo", "-n", "true"], capture_output=True, check=False).returncode == 0
    ):
        return ["sudo", "-n"]
    return None


def environment(dev: bool) -> None:
    """Make .venv and install the pinned packages; skipped when nothing changed since the last time."""
    if not PYTHON.exists():
        say("making the environment in .venv")
        if subprocess.run([sys.executable, "-m", "venv", str(VENV)], check=False).returncode:
            raise Missing("this Python cannot make environments (on Debian: apt-get install python3-venv).")
    stamp, mark = VENV / ("dev.stamp" if dev else "run.stamp"), fingerprint()
    full = VENV / "dev.stamp"
    if any(s.exists() and s.read_text() == mark for s in {stamp, full}):
        say("environment: all there")
        return
    say("installing pinned packages (llama-cpp-python is compiled here the first time: about five minutes)")
    extra = "[dev]" if dev else ""
    command = [
        str(PYTHON), "-m", "pip", "install", "--quiet", "--disable-pip-version-check",
        "-c", str(CONSTRAINTS), "-e", f"{ROOT}{extra}",
    ]  # fmt: skip
    if subprocess.run(command, cwd=ROOT, check=False).returncode:
        raise Missing(what_pip_needs())
    stamp.write_text(mark)


def what_pip_needs() -> str:
    """Say in words what most often keeps the packages from installing on this system."""
    if os.name == "nt":
        return (
            "packages could not be installed. llama-cpp-python needs a C++ compiler here: install 'Build Tools for "
            "Visual Studio' with 'Desktop development with C++', or a ready-made wheel as the README's Windows part "
            "describes, and start again."
        )
    if sys.platform == "darwin":
        return "packages could not be installed. If the compiler is missing: xcode-select --install, then start again."
    return "packages could not be installed: a C++ compiler (build-essential) and the package index are needed once."


def fingerprint() -> str:
    """Return a hash over everything that decides what is installed."""
    mark = hashlib.sha256(f"{sys.version}{sysconfig.get_platform()}".encode())
    for file in (ROOT / "pyproject.toml", CONSTRAINTS):
        mark.update(file.read_bytes())
    return mark.hexdigest()


if __name__ == "__main__":
    sys.exit(main())
