"""Draw icon/zhanggui.svg at every size the systems ask for: `icon.py` writes .png, .ico and .icns beside it."""

from __future__ import annotations

import os
import struct
import sys
from collections.abc import Mapping
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

HERE = Path(__file__).resolve().parent / "icon"
ICO = (16, 20, 24, 32, 40, 48, 64, 256)
# The types of Apple's icon file and the pixels each stands for; those with @2x in their name share pixels with others.
ICNS = {"icp4": 16, "icp5": 32, "icp6": 64, "ic07": 128, "ic08": 256, "ic09": 512, "ic11": 32, "ic12": 64,
        "ic13": 256, "ic14": 512, "ic10": 1024}  # fmt: skip
LINUX = (16, 24, 32, 48, 64, 128, 256, 512)


def main() -> int:
    """Write all the files and say which."""
    drawn = draw(HERE / "zhanggui.svg", {*ICO, *ICNS.values(), *LINUX})
    for size in LINUX:
        (HERE / f"zhanggui-{size}.png").write_bytes(drawn[size])
    (HERE.parent.parent / "assets" / "zhanggui.png").write_bytes(drawn[256])  # of the window itself
    (HERE / "zhanggui.ico").write_bytes(ico({size: drawn[size] for size in ICO}))
    (HERE / "zhanggui.icns").write_bytes(icns(drawn))
    print("icons: " + ", ".join(sorted(p.name for p in HERE.iterdir() if p.suffix != ".svg")))
    return 0


def draw(source: Path, sizes: set[int]) -> dict[int, bytes]:
    """Return the picture as PNG bytes for each size in pixels."""
    from PySide6.QtCore import QBuffer, QIODevice, QRectF
    from PySide6.QtGui import QGuiApplication, QImage, QPainter
    from PySide6.QtSvg import QSvgRenderer

    _app = QGuiApplication.instance() or QGuiApplication(sys.argv[:1])
    renderer, made = QSvgRenderer(str(source)), {}
    for size in sorted(sizes):
        image = QImage(size, size, QImage.Format.Format_ARGB32)
        image.fill(0)
        painter = QPainter(image)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        renderer.render(painter, QRectF(0, 0, size, size))
        painter.end()
        buffer = QBuffer()
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        image.save(buffer, "PNG")
        made[size] = bytes(buffer.data().data())
    return made


def ico(pictures: Mapping[int, bytes]) -> bytes:
    """Return a Windows icon holding these PNGs (Windows Vista and newer read PNG inside an icon)."""
    entries, blob = b"", b""
    start = 6 + 16 * len(pictures)
    for size, png in sorted(pictures.items()):
        entries += struct.pack("<BBBBHHII", size % 256, size % 256, 0, 0, 1, 32, len(png), start + len(blob))
        blob += png
    return struct.pack("<HHH", 0, 1, len(pictures)) + entries + blob


def icns(pictures: Mapping[int, bytes]) -> bytes:
    """Return Apple's icon file holding these PNGs."""
    body = b""
    for kind, size in ICNS.items():
        body += kind.encode() + struct.pack(">I", 8 + len(pictures[size])) + pictures[size]
    return b"icns" + struct.pack(">I", 8 + len(body)) + body


if __name__ == "__main__":
    sys.exit(main())
