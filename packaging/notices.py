"""Collect the licences of everything in the bundle into one file, THIRD-PARTY.txt, while the bundle is made."""

from __future__ import annotations

import shutil
import subprocess
import sys
import sysconfig
from collections.abc import Iterable
from importlib import metadata
from pathlib import Path

HERE = Path(__file__).resolve().parent
LICENCES = HERE / "licences"
OURS = "zhanggui"
RULE = "=" * 78
# What a wheel leaves out, said here: distribution → its licence in a word and the texts that go with it.
BY_HAND = {
    "pyside6-essentials": ("LGPL-3.0", ("LGPL-3.0.txt", "GPL-3.0.txt")),
    "shiboken6": ("LGPL-3.0", ("LGPL-3.0.txt", "GPL-3.0.txt")),
    "msvc-runtime": ("Microsoft's terms", ("msvc-runtime.txt",)),
    "sqlcipher3": ("Zlib, with SQLCipher (BSD-3-Clause) and OpenSSL (Apache-2.0)", ("sqlcipher.txt",)),
    "llama-cpp-python": ("MIT, with llama.cpp (MIT)", ("llama.cpp.txt",)),
}
QT = """Qt 6 and PySide6 are used under the LGPL, version 3. They are libraries of their own in this program's folder
and may be replaced by other versions of the same interface. The source of the versions named below:
https://download.qt.io/official_releases/QtForPython/ and https://download.qt.io/official_releases/qt/"""


def main() -> int:
    """Print the notices of everything installed in this environment, bundled or not."""
    sys.stdout.write(collect([str(f.locate()) for d in metadata.distributions() for f in (d.files or [])]))
    return 0


def collect(sources: Iterable[str]) -> str:
    """Return the notices for these files: their distributions, Python, system libraries, icons and weights.

    Raises SystemExit when something in the bundle has no licence text here, so that none is forgotten.
    """
    files = [str(Path(source).resolve()) for source in sources if source]
    parts = [_python()]
    without = []
    for found in sorted(_distributions(files), key=lambda d: _name(d)):
        texts = _texts(found)
        if not texts:
            without.append(_name(found))
        parts.append(_part(f"{_name(found)} {found.version}", licence(found), texts))
    parts += _system(files)
    parts.append(_part("Lucide icons", "ISC", [(HERE.parent / "assets" / "icons" / "LICENSE").read_text("utf-8")]))
    if without:
        raise SystemExit(f"no licence text for: {', '.join(without)}; add it to packaging/licences and notices.py")
    opening = (HERE.parent / "NOTICE").read_text("utf-8").strip()
    return f"{opening}\n\n{QT}\n\n" + "\n".join(parts)


def _distributions(files: list[str]) -> list[metadata.Distribution]:
    """Return the distributions to which any of the files belongs, ours aside."""
    wanted, found = set(files), []
    for one in metadata.distributions():
        if _name(one) != OURS and any(str(f.locate().resolve()) in wanted for f in one.files or []):
            found.append(one)
    return found


def _name(one: metadata.Distribution) -> str:
    return one.metadata["Name"].lower().replace("_", "-")


def licence(one: metadata.Distribution) -> str:
    """Return the licence of a distribution in a few words, as it or we say it; "" where nobody does."""
    if _name(one) in BY_HAND:
        return BY_HAND[_name(one)][0]
    said = one.metadata.get("License-Expression") or ""
    classified = [c.split("::")[-1].strip() for c in one.metadata.get_all("Classifier", []) if c.startswith("License")]
    return said or ", ".join(classified) or (one.metadata.get("License") or "").split("\n")[0]


def _texts(one: metadata.Distribution) -> list[str]:
    texts = []
    for file in one.files or []:
        name = file.name.lower()
        # Beside the metadata, or beside the code: where a wheel keeps the licences of what it was linked with.
        if name.startswith(("licen", "copying", "notice", "authors")) and file.suffix in {"", ".txt", ".md", ".rst"}:
            texts.append(Path(str(file.locate())).read_text("utf-8", "replace"))
    texts += [(LICENCES / name).read_text("utf-8") for name in BY_HAND.get(_name(one), ("", ()))[1]]
    return list(dict.fromkeys(texts))


def _python() -> str:
    for folder in (Path(sysconfig.get_path("stdlib")), Path(sys.base_prefix), Path("/usr/share/doc/python3")):
        for name in ("LICENSE.txt", "LICENSE", "copyright"):
            if (folder / name).is_file():
                return _part(f"Python {sys.version.split()[0]}", "PSF-2.0", [(folder / name).read_text("utf-8")])
    raise SystemExit("Python's own LICENSE.txt was not found beside its standard library")


def _system(files: list[str]) -> list[str]:
    """Return the notices of Debian's libraries among the files; elsewhere a bundle carries none of the system's."""
    dpkg = shutil.which("dpkg-query")
    libraries = sorted({file for file in files if file.startswith(("/usr/lib/", "/lib/"))})
    if not dpkg or not libraries:
        return []
    asked = [*libraries, *(file.removeprefix("/usr") for file in libraries)]
    told = subprocess.run([dpkg, "-S", *asked], capture_output=True, text=True, check=False).stdout
    packages = sorted({line.split(":")[0] for line in told.splitlines() if not line.startswith("diversion")})
    parts = []
    for package in packages:
        text = Path("/usr/share/doc") / package / "copyright"
        if text.is_file():
            parts.append(_part(f"{package} (from Debian)", "", [text.read_text("utf-8", "replace")]))
    return parts


def _part(title: str, licence: str, texts: list[str]) -> str:
    head = f"{RULE}\n{title}" + (f" · {licence}" if licence else "")
    return head + "\n" + RULE + "\n\n" + "\n\n".join(text.strip() for text in texts) + "\n"


if __name__ == "__main__":
    sys.exit(main())
