"""What llama.cpp's Vulkan backend is built with: found here, or taken from Debian's next release; or nothing."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TAKEN = ROOT / "build" / "vulkan"
ENOUGH = 275  # the patch number of Vulkan 1.3 from which the headers have what llama.cpp asks for
NEXT = "trixie"  # the release of Debian after 12; its headers are data and run nowhere
KEYS = "/usr/share/keyrings/debian-archive-keyring.gpg"


def flags() -> dict[str, str]:
    """Return CMake's settings for the Vulkan backend; none on a Mac, which has Metal, or where tools are missing."""
    if sys.platform == "darwin":
        return {}
    if not shutil.which("glslc"):
        print("llama.cpp: without Vulkan, since glslc is missing (Debian: glslc, libvulkan-dev, spirv-headers)")
        return {}
    headers = _headers()
    if headers is None:
        print("llama.cpp: without Vulkan, since no headers of 1.3.275 or newer were found (Windows: the Vulkan SDK)")
        return {}
    return {"GGML_VULKAN": "ON", "Vulkan_INCLUDE_DIR": headers.as_posix()}


def _headers() -> Path | None:
    sdk = os.environ.get("VULKAN_SDK", "")
    places = [Path(sdk) / "Include", Path(sdk) / "include"] if sdk else []
    places += [TAKEN / "usr" / "include", Path("/usr/include")]
    found = next((place for place in places if recent(place)), None)
    if found is None and sys.platform == "linux":
        _take()
        found = places[-2] if recent(places[-2]) else None
    return found


def recent(place: Path) -> bool:
    """Tell whether the headers below ``place`` are new enough."""
    core = place / "vulkan" / "vulkan_core.h"
    if not core.is_file():
        return False
    text = core.read_text("utf-8", "replace")
    patch = re.search(r"#define VK_HEADER_VERSION (\d+)", text)
    minor = re.search(r"#define VK_HEADER_VERSION_COMPLETE VK_MAKE_API_VERSION\(0, 1, (\d+)", text)
    return bool(patch and minor) and (int(minor[1]), int(patch[1])) >= (3, ENOUGH)  # type: ignore[index]


def _take() -> None:
    """Fetch Debian's package of newer headers, from where this machine gets its packages, and unpack it in `build`."""
    site = _site()
    if site is None or not shutil.which("dpkg-deb"):
        return
    for folder in ("lists/partial", "cache/archives/partial"):
        (TAKEN / "apt" / folder).mkdir(parents=True, exist_ok=True)
    sources = TAKEN / "apt" / "sources.list"
    sources.write_text(f"deb [signed-by={KEYS}] {site} {NEXT} main\n", "utf-8")
    apt = [
        "apt-get", "-qq", "-o", f"Dir::Etc::SourceList={sources}", "-o", "Dir::Etc::SourceParts=/dev/null",
        "-o", f"Dir::State::Lists={TAKEN / 'apt' / 'lists'}", "-o", f"Dir::Cache={TAKEN / 'apt' / 'cache'}",
    ]  # fmt: skip
    for verb in (["update"], ["download", "libvulkan-dev"]):
        if subprocess.run([*apt, *verb], cwd=TAKEN, check=False, capture_output=True).returncode:
            return
    for package in TAKEN.glob("libvulkan-dev_*.deb"):
        subprocess.run(["dpkg-deb", "-x", str(package), str(TAKEN)], check=True)


def _site() -> str | None:
    """Return the address of the Debian archive this machine uses, as apt tells it."""
    if not shutil.which("apt-get"):
        return None
    told = subprocess.run(
        ["apt-get", "indextargets", "--format", "$(SITE)|$(ORIGIN)|$(COMPONENT)|$(IDENTIFIER)"],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    lines = [line.split("|") for line in told.stdout.splitlines()]
    return next(
        (site for site, origin, part, kind in lines if (origin, part, kind) == ("Debian", "main", "Packages")), None
    )
