"""Walk the first run with a real mouse and keyboard, in both languages: `first_run.py [PROGRAM]`.

Under Xvfb, with a data folder of its own, xdotool clicks the language and walks the four steps to a first text. Each
step's picture lies in build/first-run; the time from the start to a draft in the shop file is printed. Ends with 1 if a
draft does not come within a minute, 77 where Xvfb, xdotool or ImageMagick are missing.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PICTURES = ROOT / "build" / "first-run"
SCREEN = ":93"
SIZE = "1280x800x24"
# Where a window without frame shows things on a screen of this size.
CARDS = {"en": (640, 366), "zh": (640, 433)}
CONTINUE = (1213, 696)
A_MINUTE = 60.0
LOOKS = 2  # beyond the first that a picture must stay the same
_seen: dict[str, str] = {}  # the last picture of each language's walk


def main() -> int:
    """Walk it in English and Chinese, and say how long each took."""
    missing = [name for name in ("Xvfb", "xdotool", "import") if not shutil.which(name)]
    if missing:
        print(f"first run: skipped, no {', '.join(missing)} here")
        return 77
    program = sys.argv[1:] or [sys.executable, "-m", "desktop_app"]
    PICTURES.mkdir(parents=True, exist_ok=True)
    late = 0
    for language in CARDS:
        screen = subprocess.Popen(["Xvfb", SCREEN, "-screen", "0", SIZE], stderr=subprocess.DEVNULL)
        try:
            took = walk(program, language)
        finally:
            screen.terminate()
            screen.wait()
        late += took is None
        print(
            f"first run, {language}: " + ("no text within a minute" if took is None else f"a text after {took:.1f} s")
        )
    print(f"pictures: {PICTURES}")
    return int(late > 0)


def walk(program: list[str], language: str) -> float | None:
    """Start the program, walk its first run and return the seconds until a draft was saved; None if none was."""
    with tempfile.TemporaryDirectory() as data:
        env = {k: v for k, v in os.environ.items() if k != "QT_QPA_PLATFORM"}
        env.update(DISPLAY=SCREEN, ZHANGGUI_DATA=data, LANG="C.UTF-8", LC_ALL="C.UTF-8")
        env.setdefault("ZHANGGUI_WEIGHTS", _usual_weights())
        begun = time.monotonic()
        running = subprocess.Popen(program, env=env, cwd=ROOT)
        try:
            settled("1-language", language)
            do("mousemove", *CARDS[language], "click", 1)
            settled("2-chosen", language)
            do("mousemove", *CONTINUE, "click", 1)
            settled("3-shop", language)
            do("key", "Return")
            settled("4-weights", language)
            do("key", "Return")
            settled("5-first-text", language)
            do("key", "Return")
            took = written(Path(data), begun)
            settled("6-text", language)
            do("key", "ctrl+q")
            running.wait(20)
        finally:
            running.kill()
    return took


def do(*what: object) -> None:
    """Move, click or press as a person would."""
    subprocess.run(["xdotool", *map(str, what)], env={**os.environ, "DISPLAY": SCREEN}, check=True)
    time.sleep(0.2)


def settled(name: str, language: str) -> None:
    """Keep the picture of the screen once it shows something, something else than before, and changes no more.

    A first frame comes before its page and stands a moment: only what stood for three looks is what a person would see.
    Where nothing came of a click for eight seconds, as it was chosen before, that is what it shows.
    """
    target, before, same = PICTURES / f"{name}-{language}.png", "", 0
    for look in range(100):
        command = ["import", "-silent", "-window", "root", str(target)]
        done = subprocess.run(command, env={**os.environ, "DISPLAY": SCREEN}, check=False, capture_output=True)
        now = hashlib.sha256(target.read_bytes()).hexdigest() if done.returncode == 0 else ""
        same = same + 1 if now and now == before else 0
        # An empty screen makes a tiny picture.
        if same >= LOOKS and target.stat().st_size > 5000 and (now != _seen.get(language) or look >= 20):
            _seen[language] = now
            return
        before = now
        time.sleep(0.4)


def written(data: Path, begun: float) -> float | None:
    """Wait for a draft in any shop file below ``data``; return the seconds since ``begun``."""
    while time.monotonic() - begun < A_MINUTE:
        for file in data.rglob("*.zhanggui"):
            shop = sqlite3.connect(f"file:{file}?mode=ro", uri=True)
            try:
                if shop.execute("SELECT count(*) FROM drafts").fetchone()[0]:
                    return time.monotonic() - begun
            except sqlite3.OperationalError:  # it is only being made
                pass
            finally:
                shop.close()
        time.sleep(0.2)
    return None


def _usual_weights() -> str:
    sys.path.insert(0, str(ROOT))
    from desktop_app import paths

    return str(paths.weights())


if __name__ == "__main__":
    sys.exit(main())
