"""The pictures of a product: files are shown, web addresses are only named, since nothing here touches the network."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QImage, QImageReader, QPainter, QPainterPath, QPaintEvent, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from desktop_app.records import Image
from desktop_app.ui import icons
from desktop_app.ui.desk import Desk
from desktop_app.ui.theme import theme
from desktop_app.ui.widgets import FlowLayout, Text, column
from desktop_app.ui.widgets.frames import clear
from desktop_app.words import _

SIDE = 72
SHOWN = 8
_SCALE = 2  # thumbnails are made for sharp screens and drawn smaller on others


def is_web(address: str) -> bool:
    """Tell whether a picture lies on the web."""
    return address.lower().startswith(("http://", "https://", "//"))


def thumbnail(address: str, side: int = SIDE * _SCALE) -> QImage | None:
    """Read a picture file and make it small, on any thread; None for what cannot be read."""
    path = Path(address.removeprefix("file://"))
    if path.suffix.lower() == ".svg":
        drawing = QSvgRenderer(str(path))
        if not drawing.isValid():
            return None
        image = QImage(side, side, QImage.Format.Format_ARGB32_Premultiplied)
        image.fill(Qt.GlobalColor.transparent)
        drawing.setAspectRatioMode(Qt.AspectRatioMode.KeepAspectRatio)
        painter = QPainter(image)
        drawing.render(painter, QRectF(0, 0, side, side))
        painter.end()
        return image
    reader = QImageReader(str(path))
    reader.setAutoTransform(True)
    size = reader.size()
    if size.isValid():
        # Decoders that can read a picture smaller than it is save most of the time.
        reader.setScaledSize(size.scaled(QSize(side, side), Qt.AspectRatioMode.KeepAspectRatioByExpanding))
    image = reader.read()
    return None if image.isNull() else image


class Thumbnail(QWidget):
    """One picture, 72 pixels wide, or the sign of one that is not shown."""

    def __init__(self, image: Image) -> None:
        super().__init__()
        self.image = image
        self._picture: QPixmap | None = None
        self.setFixedSize(SIDE, SIDE)
        name = image.alt or Path(image.address).name
        self.setAccessibleName(_("Picture: {name}", name=name))
        self.setToolTip(image.address if is_web(image.address) else name)

    def show_picture(self, picture: QImage | None) -> None:
        """Show what was read."""
        self._picture = QPixmap.fromImage(picture) if picture is not None else None
        if picture is None:
            self.setToolTip(_("This picture cannot be read: {name}", name=self.image.address))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the picture to its edges, rounded as everything is."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        edge = QPainterPath()
        edge.addRoundedRect(box, 6, 6)
        painter.fillPath(edge, theme.colour("surface"))
        if self._picture is not None:
            painter.save()
            painter.setClipPath(edge)
            size = self._picture.size().scaled(self.size(), Qt.AspectRatioMode.KeepAspectRatioByExpanding)
            place = QRectF((SIDE - size.width()) / 2, (SIDE - size.height()) / 2, size.width(), size.height())
            painter.drawPixmap(place, self._picture, QRectF(self._picture.rect()))
            painter.restore()
        else:
            name = "image-off" if is_web(self.image.address) else "image"
            painter.drawPixmap(
                SIDE // 2 - 10, SIDE // 2 - 10, icons.pixmap(name, "muted", 20, self.devicePixelRatioF())
            )
        painter.setPen(theme.colour("line"))
        painter.drawPath(edge)


class Pictures(QWidget):
    """A line of thumbnails, and a word about those on the web."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._images: tuple[Image, ...] | None = None
        self.flow = FlowLayout(gap=8)
        held = QWidget()
        held.setLayout(self.flow)
        self.note = Text(size="small", tone="muted", wrap=True)
        self.setLayout(column(held, self.note, gap=4))

    def show_images(self, images: tuple[Image, ...]) -> None:
        """Show these pictures; reading them happens elsewhere."""
        if images == self._images:
            return
        self._images = images
        clear(self.flow)
        web = 0
        for image in images[:SHOWN]:
            shown = Thumbnail(image)
            self.flow.addWidget(shown)
            if is_web(image.address):
                web += 1
            else:
                self._read(image.address, shown)
        more = len(images) - SHOWN
        words = [_("{count} more", count=more)] if more > 0 else []
        if web:
            words.append(_("Pictures on the web are not fetched."))
        self.note.setText(" · ".join(words))
        self.note.setVisible(bool(words))
        self.setVisible(bool(images))

    def _read(self, address: str, shown: Thumbnail) -> None:
        def show(picture: QImage | None) -> None:
            if isValid(shown):  # another product may be shown by now
                shown.show_picture(picture)

        self._desk.quick_look(lambda: thumbnail(address), show)
