"""Make dist/zhanggui_VERSION_amd64.deb out of dist/zhanggui: `deb.py [BUNDLE]`."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
sys.path.insert(0, str(ROOT))

from desktop_app import __version__  # noqa: E402

CONTROL = """Package: zhanggui
Version: {version}
Architecture: {architecture}
Maintainer: The Zhanggui founders <maintainers@zhanggui.invalid>
Installed-Size: {kilobytes}
Depends: libc6 (>= {glibc}), libgl1, libegl1, fontconfig-config
Recommends: fonts-noto-cjk | fonts-wqy-microhei | fonts-droid-fallback
Section: office
Priority: optional
Description: offline assistant for small shops
 掌柜 Zhanggui keeps the catalogue of a small shop and writes its texts with a
 language model on your own machine. No account, no cloud, nothing leaves the
 room. 掌柜：在自己的电脑上管商品、写文案，不联网。
"""


def main() -> int:
    """Build the package and print its name and size."""
    bundle = Path(sys.argv[1] if len(sys.argv) > 1 else ROOT / "dist" / "zhanggui").resolve()
    package = build(bundle, ROOT / "dist")
    print(f"{package}: {package.stat().st_size / 1e6:.0f} MB")
    return 0


def build(bundle: Path, target: Path) -> Path:
    """Return the package made of ``bundle``, a folder that holds the program ``zhanggui``."""
    architecture = subprocess.run(["dpkg", "--print-architecture"], capture_output=True, text=True, check=True)
    package = target / f"zhanggui_{__version__}_{architecture.stdout.strip()}.deb"
    with tempfile.TemporaryDirectory(dir=target) as name:
        tree = Path(name)
        tree.chmod(0o755)
        _fill(tree, bundle)
        size = sum(f.lstat().st_size for f in tree.rglob("*") if not f.is_dir()) // 1000
        control = CONTROL.format(
            version=__version__, architecture=architecture.stdout.strip(), kilobytes=size, glibc=glibc(bundle)
        )
        (tree / "DEBIAN").mkdir()
        (tree / "DEBIAN" / "control").write_text(control, "utf-8")
        # Weights hardly shrink: xz would cost minutes and gain little.
        subprocess.run(["dpkg-deb", "--root-owner-group", "-Zzstd", "-z9", "--build", name, str(package)], check=True,
                       stdout=subprocess.DEVNULL)  # fmt: skip
    return package


def _fill(tree: Path, bundle: Path) -> None:
    share = tree / "usr" / "share"
    shutil.copytree(bundle, tree / "usr" / "lib" / "zhanggui", symlinks=True)
    (tree / "usr" / "bin").mkdir(parents=True)
    (tree / "usr" / "bin" / "zhanggui").symlink_to("../lib/zhanggui/zhanggui")
    _copy(HERE / "zhanggui.desktop", share / "applications" / "zhanggui.desktop")
    _copy(HERE / "zhanggui-mime.xml", share / "mime" / "packages" / "zhanggui.xml")
    icons = HERE.parent / "icon"
    for picture in icons.glob("zhanggui-*.png"):
        size = picture.stem.split("-")[1]
        _copy(picture, share / "icons" / "hicolor" / f"{size}x{size}" / "apps" / "zhanggui.png")
    _copy(icons / "zhanggui.svg", share / "icons" / "hicolor" / "scalable" / "apps" / "zhanggui.svg")
    _copy(ROOT / "NOTICE", share / "doc" / "zhanggui" / "copyright")
    (share / "doc" / "zhanggui" / "THIRD-PARTY.txt").symlink_to("../../../lib/zhanggui/_internal/THIRD-PARTY.txt")
    for entry in tree.rglob("*"):
        if not entry.is_symlink():
            entry.chmod(0o755 if entry.is_dir() or os.access(entry, os.X_OK) else 0o644)


def _copy(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, target)


def glibc(bundle: Path) -> str:
    """Return the oldest glibc that every library of the bundle is content with."""
    newest = (2, 17)
    for file in bundle.rglob("*"):
        if file.is_file() and not file.is_symlink() and (".so" in file.name or file.name == "zhanggui"):
            told = subprocess.run(["objdump", "-p", str(file)], capture_output=True, text=True, check=False).stdout
            found = (tuple(map(int, v.split("."))) for v in re.findall(r"\bGLIBC_(2\.\d+)", told))
            newest = max(newest, *found, newest)
    return ".".join(map(str, newest))


if __name__ == "__main__":
    sys.exit(main())
