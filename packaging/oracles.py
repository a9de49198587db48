"""Hold our arithmetic against known libraries, in a folder of their own: nothing of them comes into the environment.

Run by ``make oracles`` and ``make accept``. Makes ``build/oracles`` beside ``.venv`` (which it sees), installs the
groups "oracle" and "oracle-sales" there, then runs the tests that wait for them and ``benchmarks/oracles.py``.
"""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PLACE = ROOT / "build" / "oracles"
BIN = PLACE / ("Scripts" if os.name == "nt" else "bin")
PYTHON = BIN / ("python.exe" if os.name == "nt" else "python")
GROUPS = ("oracle", "oracle-sales")
TESTS = ("tests/insight", "tests/tasks/test_evaluate_sales.py")


def wanted() -> list[str]:
    """Return what the optional groups of ``pyproject.toml`` name."""
    groups = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["optional-dependencies"]
    return [name for group in GROUPS for name in groups[group]]


def prepare() -> None:
    """Make the folder, let it see the environment this runs in, and install what is missing there."""
    if not PYTHON.exists():
        subprocess.run([sys.executable, "-m", "venv", PLACE], check=True)
    asked = [PYTHON, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"]
    site = Path(subprocess.run(asked, check=True, capture_output=True, text=True).stdout.strip())
    (site / "zz_environment.pth").write_text(sysconfig.get_path("purelib") + "\n", "utf-8")
    known = ["-c", ROOT / "packaging" / "constraints.txt"]
    subprocess.run([PYTHON, "-m", "pip", "install", "-q", "--disable-pip-version-check", *known, *wanted()], check=True)


def main() -> int:
    """Prepare and run; 0 if every test passed, none of them skipped for want of an oracle, and every figure is well."""
    prepare()
    env = os.environ | {"QT_QPA_PLATFORM": "offscreen"}
    tests = [PYTHON, "-m", "pytest", "-q", "-rs", *TESTS]
    told = subprocess.run(tests, cwd=ROOT, env=env, capture_output=True, text=True)
    print(told.stdout, told.stderr, sep="")
    if told.returncode or " skipped" in told.stdout:
        return 1
    return subprocess.run([PYTHON, ROOT / "benchmarks" / "oracles.py"], cwd=ROOT, env=env).returncode


if __name__ == "__main__":
    raise SystemExit(main())
