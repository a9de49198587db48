"""Whether this machine can draw what the window shows: Chinese above all. Asked in a process that may fall over."""

from __future__ import annotations

import multiprocessing
import os
import sys
from multiprocessing.connection import Connection

from desktop_app.errors import UserError
from desktop_app.words import _

SAMPLE = "掌柜商品说明"
SECONDS = 60  # a first start builds the font cache of the whole machine


def draw() -> str:
    """Draw Chinese and an icon the way the window does, without a display; return what was used, in words.

    `UserError` where no font here has Chinese, or where Qt cannot start. Qt ends a process in which it cannot start,
    so it is asked in one of its own.
    """
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe(duplex=False)
    process = context.Process(target=_answer, args=(theirs,), name="zhanggui-glyphs", daemon=True)
    process.start()
    theirs.close()
    try:
        found = ours.recv() if ours.poll(SECONDS) else None
    except EOFError:
        found = None
    finally:
        ours.close()
        process.join(5)
        if process.is_alive():
            process.kill()
            process.join()
    if found is None:
        raise UserError(
            "The window cannot be drawn on this machine (status {status}). On Linux these packages are needed: "
            "libegl1, libgl1, libxkbcommon0, fonts-noto-cjk.", status=process.exitcode,
        )  # fmt: skip
    families, missing, icons, qt = found
    if missing:
        raise UserError("No font with Chinese is here ({families}). Install one, such as Noto Sans CJK.",
                        families=", ".join(families))  # fmt: skip
    if not icons:
        raise UserError("The window's pictures cannot be drawn. Install the program again.")
    return _("Chinese is drawn in {families}; Qt {qt}", families=", ".join(families), qt=qt)


def _answer(connection: Connection) -> None:
    if sys.platform == "linux":  # elsewhere Qt's offscreen platform does not know the machine's fonts
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    connection.send(_look())


def _look() -> tuple[list[str], bool, bool, str]:
    """Return the fonts used for Chinese, whether any sign is missing, whether icons are drawn, and Qt's version."""
    from PySide6.QtCore import qVersion
    from PySide6.QtGui import QTextLayout

    from desktop_app import settings, ui

    app = ui.application(settings.Settings(language="zh", theme="light"))
    from desktop_app.ui import icons, theme

    layout = QTextLayout(SAMPLE, theme.font())
    layout.beginLayout()
    layout.createLine()
    layout.endLayout()
    runs = layout.glyphRuns()
    families = list(dict.fromkeys(run.rawFont().familyName() for run in runs))
    missing = not runs or any(0 in run.glyphIndexes() for run in runs)
    picture = icons.pixmap("check", "accent", 16).toImage()
    drawn = any(picture.pixelColor(x, y).alpha() for x in range(picture.width()) for y in range(picture.height()))
    del app
    return families, missing, drawn, qVersion()
