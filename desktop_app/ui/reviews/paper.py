"""One page of paper about one product's reviews: figures, themes as bars, what they say and in whose words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QMarginsF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPageLayout, QPageSize, QPainter, QPen

from desktop_app.review_records import Quote, Review, Summary, ThemeCount
from desktop_app.shop import Shop
from desktop_app.tasks.review_desk import Look, ReviewDesk, Reviewed
from desktop_app.tasks.summarise_reviews import summary_of
from desktop_app.ui import local
from desktop_app.ui.printing import whole
from desktop_app.ui.reviews import words
from desktop_app.ui.theme import LIGHT
from desktop_app.words import _, several

WIDE, HIGH, EDGE = 595.0, 842.0, 42.0  # A4 in points, and its margin
DPI = 600
THEMES, ALONE, QUOTES = 10, 28, 12  # at most; more themes where no quotes follow, fewer quotes where the page is full
TITLE = 110  # letters of a name
SUMMARY_LOW = 380.0  # a summary ends above this, so that themes and quotes have room


@dataclass(frozen=True, slots=True)
class Sheet:
    """What stands on the page."""

    row: Reviewed
    look: Look
    summary: Summary | None
    quotes: tuple[tuple[ThemeCount, Quote, Review], ...]
    period: str  # from the first to the last day
    filtered: str  # what was let through; "" for everything
    shop: str


def sheet_of(shop: Shop, columns: ReviewDesk, row: Reviewed, look: Look, *, filtered: str, language: str) -> Sheet:
    """Gather the page of one product (or of all) from the shop, for what a filter lets through."""
    index = columns.index(shop)
    single = row.product is not None and row.product > 0
    summary = summary_of(shop, index, columns.version, row.product or 0, language) if single else None
    let_through = set(look.ids)
    dated = zip(index.ids.tolist(), index.days.tolist(), strict=True)
    days = sorted(day for id, day in dated if day > 0 and id in let_through)
    period = "" if not days else _day(days[0]) if days[0] == days[-1] else f"{_day(days[0])} – {_day(days[-1])}"
    themes = summary.themes if summary is not None else ()
    found = [(theme, quote) for theme in themes for quote in theme.quotes]
    reviews = {r.id: r for r in shop.reviews([quote.review for _theme, quote in found])}
    quotes = tuple((t, q, reviews[q.review]) for t, q in found if q.review in reviews and q.review in let_through)
    # A summary is of all reviews: beside the figures of some of them it would seem wrong.
    return Sheet(
        row, look, None if filtered else summary, quotes[:QUOTES], period, filtered, str(shop.setting("name", "") or "")
    )


def write(sheet: Sheet, path: Path) -> int:
    """Print the page to ``path`` and return how many reviews it speaks of. UserError if it cannot be written."""
    with whole(path, words.title(sheet.row)) as printer:
        printer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
        printer.setPageMargins(QMarginsF(0, 0, 0, 0), QPageLayout.Unit.Point)
        printer.setResolution(DPI)
        painter = QPainter()
        if painter.begin(printer):
            painter.scale(DPI / 72, DPI / 72)
            draw(painter, sheet)
            painter.end()
    return len(sheet.look.ids)


def draw(painter: QPainter, sheet: Sheet) -> None:
    """Draw the page in points, on paper's own white."""
    pen = _Pen(painter)
    _head(pen, sheet)
    _figures(pen, sheet)
    _said(pen, sheet)
    _themes(pen, sheet)
    _quotes(pen, sheet)
    _foot(pen, sheet)


class _Pen:
    """Writes downwards, and knows how much of the page is left."""

    def __init__(self, painter: QPainter) -> None:
        self.painter = painter
        self.y = EDGE
        self.low = HIGH - EDGE - 34  # above the foot
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)

    def text(
        self, words_: str, size: int, *, role: str = "text", strong: bool = False, at: float = EDGE,
        wide: float = WIDE - 2 * EDGE, low: float = 0.0, gap: float = 2.0,
    ) -> bool:  # fmt: skip
        """Write words over as many lines as they need; False, and nothing, where they do not fit above ``low``."""
        self._take(size, role, strong)
        flags = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft
        needs = self.painter.boundingRect(QRectF(at, self.y, wide, HIGH), int(flags), words_)
        if self.y + needs.height() > (low or self.low):
            return False
        self.painter.drawText(QRectF(at, self.y, wide, needs.height() + 2), int(flags), words_)
        self.y += needs.height() + gap
        return True

    def cell(
        self, words_: str, box: QRectF, size: int, *, role: str = "text", strong: bool = False, right: bool = False
    ) -> None:  # fmt: skip
        """Write one line into a box, cut with an ellipsis where it is too long."""
        self._take(size, role, strong)
        side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
        said = self.painter.fontMetrics().elidedText(words_, Qt.TextElideMode.ElideRight, int(box.width()))
        self.painter.drawText(box, int(side | Qt.AlignmentFlag.AlignVCenter), said)

    def block(self, box: QRectF, role: str) -> None:
        """Fill a box."""
        self.painter.setPen(Qt.PenStyle.NoPen)
        self.painter.setBrush(QColor(getattr(LIGHT, role)))
        self.painter.drawRoundedRect(box, 1.5, 1.5)

    def rule(self) -> None:
        """Draw a hairline across the page."""
        self.painter.setPen(QPen(QColor(LIGHT.line), 0.7))
        self.painter.drawLine(QPointF(EDGE, self.y), QPointF(WIDE - EDGE, self.y))
        self.y += 8

    def _take(self, size: int, role: str, strong: bool) -> None:
        font = QFont()
        font.setPixelSize(size)
        font.setWeight(QFont.Weight.DemiBold if strong else QFont.Weight.Normal)
        self.painter.setFont(font)
        self.painter.setPen(QColor(getattr(LIGHT, role)))


def _head(pen: _Pen, sheet: Sheet) -> None:
    title = words.title(sheet.row)
    pen.text(title if len(title) <= TITLE else title[: TITLE - 1] + "…", 20, strong=True, gap=3)
    parts = [sheet.shop, _("What customers say"), sheet.period, sheet.filtered]
    pen.text(" · ".join(part for part in parts if part), 10, role="muted", gap=8)
    pen.rule()


def _figures(pen: _Pen, sheet: Sheet) -> None:
    """Draw the count, the mean, and how many gave one to five stars."""
    look, top = sheet.look, pen.y
    rating = "–" if look.rating is None else f"{look.rating:.1f}"
    rated = sum(look.stars)
    mean = _("stars on average") if rated == len(look.ids) else _("stars, of {n} rated", n=local.number(rated))
    tiles = [(rating, mean), (local.number(len(look.ids)), _("reviews counted"))]
    aside = sum(count for _mark, count in look.aside)
    tiles += [(local.number(aside), _("set aside"))] if aside else []
    for n, (figure, name) in enumerate(tiles):
        left = EDGE + 95 * n
        pen.cell(figure, QRectF(left, top, 92, 30), 24, strong=True)
        pen.cell(name, QRectF(left, top + 31, 92, 14), 9, role="muted")
    left, most = EDGE + 290, max(1, *look.stars)
    for n, count in enumerate(reversed(look.stars)):
        y = top + n * 10
        pen.cell("★" * (5 - n), QRectF(left, y, 46, 10), 8, role="muted", right=True)
        pen.block(QRectF(left + 52, y + 2, max(0.5, 130 * count / most), 6), "accent" if count else "line")
        pen.cell(local.number(count), QRectF(left + 188, y, 40, 10), 8, role="muted")
    pen.y = top + 60


def _said(pen: _Pen, sheet: Sheet) -> None:
    """Write the summary, whole sentences only, as many as leave room for the figures."""
    made = sheet.summary
    if made is None or not made.sentences or (sheet.look.unread and not made.enough):
        return
    for text, _on in made.sentences[1:] if made.enough else made.sentences:
        if not pen.text(text, 10, low=SUMMARY_LOW, gap=4):
            break
    if any(made.own):
        pen.text(_("In part in the words of {name}; every figure and quote is put in by the program.",
                   name=made.weights), 8, role="muted")  # fmt: skip
    pen.y += 6


def _themes(pen: _Pen, sheet: Sheet) -> None:
    """Draw each theme's bar: praise, neither, both, blame, with its figures beside it."""
    themes = sheet.look.themes[: THEMES if sheet.quotes else ALONE]
    if not themes:
        unread = _("These reviews have not been read yet, so there is nothing to count.")
        pen.text(unread if sheet.look.unread else _("Too few voices for any theme to be counted."), 10, role="muted")
        return
    pen.text(_("Themes"), 12, strong=True, gap=4)
    places = (EDGE, EDGE + 116, EDGE + 316, EDGE + 366, EDGE + 424)
    heads = (_("Theme"), _("Voices"), _("Praised"), _("Criticised"), _("Share"))
    for place, head in zip(places, heads, strict=True):
        pen.cell(head, QRectF(place, pen.y, 74, 12), 8, role="muted")
    pen.y += 14
    most = max(t.count for t in themes)
    for theme in themes:
        _bar(pen, theme, most, places)
    left = len(sheet.look.themes) - len(themes)
    if left > 0:
        pen.text(several("and {count} theme more", "and {count} themes more", left), 8, role="muted")
    legend = _("Green praised, grey neutral, amber both, red criticised. Share: of criticism among a theme's voices, "
               "with the bounds that 19 of 20 such shares lie in.")  # fmt: skip
    pen.text(legend, 8, role="muted", gap=8)


def _bar(pen: _Pen, theme: ThemeCount, most: int, places: Sequence[float]) -> None:
    y, room = pen.y, 164.0
    pen.cell(theme.name, QRectF(places[0], y, 114, 15), 10, strong=True)
    left = places[1]
    for part, role in ((theme.positive, "good"), (theme.neutral, "handle"), (theme.mixed, "caution"),
                       (theme.negative, "bad")):  # fmt: skip
        if part:
            pen.block(QRectF(left, y + 4, max(1.0, room * part / most - 0.5), 8), role)
        left += room * part / most
    pen.cell(local.number(theme.count), QRectF(left + 4, y, 30, 15), 9, role="muted")
    for place, voices, role in ((2, theme.positive + theme.mixed, "good"), (3, theme.negative + theme.mixed, "bad")):
        box = QRectF(places[place], y, 40, 15)
        pen.cell(local.number(voices), box, 10, role=role if voices else "muted", strong=bool(voices))
    pen.cell(words.share(theme), QRectF(places[4], y, 90, 15), 9, role="muted")
    pen.y += 17


def _quotes(pen: _Pen, sheet: Sheet) -> None:
    """Write quotes with the stars and the day of their reviews, praise at the left, blame at the right."""
    if not sheet.quotes or pen.y > pen.low - 40:
        return
    pen.text(_("In their words"), 12, strong=True, gap=4)
    top, half = pen.y, (WIDE - 2 * EDGE - 20) / 2
    for left, polarity, role in ((EDGE, "positive", "good"), (EDGE + half + 20, "negative", "bad")):
        pen.y = top
        for theme, quote, review in sheet.quotes:
            y = pen.y
            if quote.polarity != polarity:
                continue
            if not pen.text(f"“{quote.text}”", 10, at=left + 10, wide=half - 10, low=pen.low - 14, gap=1):
                break
            pen.block(QRectF(left, y + 1, 3, pen.y - y - 2), role)
            stars = words.stars(review.stars) if review.stars is not None else ""
            parts = (theme.name, stars, _written(review))
            pen.text(" · ".join(part for part in parts if part), 8, role="muted", at=left + 10, wide=half - 10, gap=5)


def _foot(pen: _Pen, sheet: Sheet) -> None:
    pen.y, pen.low = HIGH - EDGE - 26, HIGH
    pen.rule()
    said = _("Counted by Zhanggui on this computer, {day}. Quotes stand letter for letter; no review is ever made up.",
             day=local.date(dt.date.today()))  # fmt: skip
    aside = words.marks_told(sheet.look.aside)
    pen.text(f"{said} {_('Not counted: {marks}.', marks=aside)}" if aside else said, 8, role="muted")


def _day(number: int) -> str:
    """Write a day kept as year, month and day in one number."""
    return local.days(f"{number // 10000:04}-{number // 100 % 100:02}-{number % 100:02}")


def _written(review: Review) -> str:
    day = local.days(review.written[:10])
    return day if day != review.written[:10] else ""  # what is no day of the calendar is not printed
