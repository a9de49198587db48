"""May we ship what we need, and is any of it known to be unsafe? `audit.py` prints both and ends with 1 if not.

Licences: everything the program needs to run, with what that needs in turn, must be under terms that allow shipping it
in a free program (LGPL libraries are files of their own in the bundle; Microsoft's runtime may be passed on). Known
flaws: pip-audit asks the package index about every pinned version; where it cannot be asked, that is said and nothing
fails, for the gate must also run without a network.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tempfile
import tomllib
from importlib import metadata
from pathlib import Path
from typing import Any

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))

import notices  # noqa: E402

# Each licence as people write it, small; a distribution passes if what it says names one of these and nothing worse.
FINE = (
    "apache", "mit", "bsd", "isc", "psf", "python software foundation", "mpl", "mozilla public", "unlicense", "zlib",
    "lgpl", "public domain", "0bsd", "cc0", "zero-clause", "microsoft's terms",
)  # fmt: skip
WORSE = re.compile(r"(?<!l)gpl|affero|non-?commercial|proprietary|sspl|busl|commons clause", re.IGNORECASE)
SECONDS = 120


def main() -> int:
    """Print the licences and the known flaws; return 1 if something may not be shipped or is known to be unsafe."""
    wrong = 0
    for name, version, licence in licences():
        fine = allowed(licence)
        wrong += not fine
        print(f"{'· ' if fine else '! '}{name} {version}: {licence or 'says no licence'}")
    answer = ask(HERE / "constraints.txt")
    if answer is None:
        print("! known flaws: nobody could be asked (no network?)")
        return int(wrong > 0)
    flaws, asked, known = told(answer)
    print(f"{'· ' if known else '! '}known flaws: {known} of {asked} pinned versions could be looked up")
    for flaw in flaws:
        print(f"! {flaw}")
    return int(wrong > 0 or bool(flaws))


def needed() -> list[metadata.Distribution]:
    """Return what the program needs to run on this system, and what that needs, by name."""
    found: dict[str, metadata.Distribution] = {}
    left: list[str] = tomllib.loads((HERE.parent / "pyproject.toml").read_text("utf-8"))["project"]["dependencies"]
    while left:
        wish = Requirement(left.pop())
        name = canonicalize_name(wish.name)
        if name not in found and (wish.marker is None or wish.marker.evaluate({"extra": ""})):
            found[name] = metadata.distribution(name)
            left += found[name].requires or []
    return [found[name] for name in sorted(found)]


def licences() -> list[tuple[str, str, str]]:
    """Return (name, version, licence) of everything the program needs to run."""
    return [(one.metadata["Name"], one.version, notices.licence(one)) for one in needed()]


def allowed(licence: str) -> bool:
    """Tell whether a licence lets us ship what is under it; one of several to choose from is enough."""
    offers = [part for part in re.split(r"\s+or\s+", licence.lower()) if part]
    return any(any(fine in offer for fine in FINE) and not WORSE.search(offer) for offer in offers)


def ask(constraints: Path) -> dict[str, Any] | None:
    """Return what pip-audit says of the pinned versions; None where it could not ask."""
    pinned = [line for line in constraints.read_text("utf-8").splitlines() if re.match(r"^[\w.-]+==", line)]
    with tempfile.TemporaryDirectory() as folder:
        wanted = Path(folder) / "pinned.txt"
        wanted.write_text("\n".join(line.split(" ")[0] for line in pinned), "utf-8")
        command = [sys.executable, "-m", "pip_audit", "--no-deps", "--disable-pip", "-f", "json", "-r", str(wanted)]
        try:
            done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=SECONDS)
            answer: dict[str, Any] = json.loads(done.stdout)
        except (subprocess.TimeoutExpired, ValueError):
            return None
    return answer


def told(answer: dict[str, Any]) -> tuple[list[str], int, int]:
    """Return the known flaws in words, how many versions were asked about, and how many the index knew."""
    every = answer.get("dependencies", [])
    known = [one for one in every if "skip_reason" not in one]
    flaws = []
    for one in known:
        for flaw in one.get("vulns", []):
            mended = ", ".join(flaw.get("fix_versions") or ["nothing yet"])
            flaws.append(f"{one['name']} {one['version']}: {flaw['id']}, mended in {mended}")
    return flaws, len(every), len(known)


if __name__ == "__main__":
    sys.exit(main())
