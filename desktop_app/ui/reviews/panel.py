"""The right side of the Reviews page: one product's reviews counted, and the reviews behind every figure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QMenu, QScrollArea, QWidget

from desktop_app.review_records import Summary, ThemeCount
from desktop_app.tasks.review_desk import UNLINKED, Look, Reviewed
from desktop_app.tasks.review_mismatches import Mismatch
from desktop_app.ui import local
from desktop_app.ui.insight.figures import FigureCard
from desktop_app.ui.reviews import words
from desktop_app.ui.reviews.editing import ThemeEditor
from desktop_app.ui.reviews.filters import FilterBar
from desktop_app.ui.reviews.summary import PEN, SummaryView
from desktop_app.ui.reviews.texts import Choice, ReviewTexts, Shown
from desktop_app.ui.reviews.themes import ThemeTable
from desktop_app.ui.widgets import Button, Card, IconButton, Text, column, row
from desktop_app.words import _, several

if TYPE_CHECKING:
    from desktop_app.ui.desk import Desk

STARS = (1.0, 5.0)
AT_ONCE = 20  # reviews shown, and so many more each time more are asked for


@dataclass(frozen=True)
class Seen:
    """All that the panel shows of one product through one filter."""

    row: Reviewed
    look: Look
    shown: Sequence[Shown]
    summary: Summary | None = None
    into: dict[str, str] = field(default_factory=dict)
    choices: Mapping[int, Sequence[Choice]] = field(default_factory=dict)
    titles: dict[int, str] = field(default_factory=dict)
    pinned: int | None = None  # the review to stand on
    against: Sequence[Mismatch] = ()
    changed: tuple[tuple[str, str], ...] = ()  # what the merchant said of themes: key, in words


class ReviewPanel(QScrollArea):
    """Shows what was found; asks the page for everything else."""

    filtered = Signal()
    more = Signal()
    opened = Signal(int, str)  # a review and a theme
    asked = Signal(str, int, int)  # what to do with a review
    words_wanted = Signal()  # the summary in the weights' own words
    plain_wanted = Signal()  # the text built from the table again
    themes_wanted = Signal()  # themes among what fits none
    page_wanted = Signal()  # a text for the product page
    replies_wanted = Signal()  # an answer to every review shown
    theme_changed = Signal(str, str, object)  # "rename" | "merge" | "split" | "hide" | "forget", key, value

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.seen: Seen | None = None
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.title, self.figures = Text("", "title", strong=True, wrap=True), Text(tone="muted", wrap=True)
        self.filters, self.summary, self.themes = FilterBar(), SummaryView(), ThemeTable()
        self.editor, self.trend, self.texts = ThemeEditor(), FigureCard(_("Stars over time")), ReviewTexts()
        self.little = Text(tone="muted", wrap=True)
        self.singles = Text("", "small", tone="muted", wrap=True)
        self.doings = row(gap=8)
        self.which = Text(_("Reviews"), "large", strong=True, wrap=True)
        self.again = Button(_("Show all reviews"), self.filters.drop_theme)
        self._down = False  # whether to go to the reviews once they are there
        self.further = Button(_("Show more"), self.more.emit)
        self._build()
        self._connect()

    def _build(self) -> None:
        head = row(column(self.title, self.figures, gap=2), gap=12)
        head.setStretch(0, 1)
        head.addLayout(self.doings)
        self.said = Card(margin=16, gap=8)
        self.said.body.addWidget(Text(_("What they say"), "large", strong=True))
        self.said.body.addWidget(self.summary)
        self.said.body.addWidget(self.little)
        self.which_words = Text("", "small", tone="muted", wrap=True)
        self.said.body.addWidget(self.which_words)
        self.write = Button(_("Write it for the product page"), self.page_wanted.emit)
        self.own = Button(_("Say it in the program's own words"), self.words_wanted.emit)
        self.plain = Button(_("Show the plain text"), self.plain_wanted.emit)
        self.said.body.addLayout(row(self.write, self.own, self.plain, None))
        self.against, self.otherwise = Card(margin=16, gap=8), SummaryView()
        self.against.body.addWidget(Text(_("Against your description"), "large", strong=True))
        self.against.body.addWidget(self.otherwise)
        self.counted = Card(margin=16, gap=4)
        self.change = IconButton("ellipsis", _("Change themes"))
        self.change.clicked.connect(self._menu)
        legend = Text(_("Green praised, grey neutral, amber both, red criticised; the line below a bar holds the share "
                        "of criticism with its uncertainty."), "small", tone="muted", wrap=True)  # fmt: skip
        self.seek = Button(_("Look for more themes"), self.themes_wanted.emit, small=True)
        self.seek.setToolTip(_("Put together what fits no theme yet, and count it under its own words"))
        self.counted.body.addLayout(row(Text(_("Themes"), "large", strong=True), None, self.seek, self.change))
        for part in (legend, self.themes, self.editor, self.singles):
            self.counted.body.addWidget(part)
        self.reply = Button(_("Draft answers to these"), self.replies_wanted.emit)
        behind = row(self.which, self.again, self.reply)
        behind.setStretch(0, 1)
        inside = QWidget()
        inside.setObjectName("plain")
        inside.setLayout(
            column(head, self.filters, self.said, self.against, self.counted, self.trend, behind, self.texts,
                   row(self.further, None), None, gap=12, margins=(24, 16, 24, 24))
        )  # fmt: skip
        self.setWidget(inside)

    def _connect(self) -> None:
        self.filters.changed.connect(self.filtered)
        self.themes.picked.connect(self._pick)
        self.summary.opened.connect(self.opened)
        self.otherwise.opened.connect(self.opened)
        self.texts.asked.connect(self.asked)
        self.editor.renamed.connect(lambda key, name: self.theme_changed.emit("rename", key, name))
        self.editor.merged.connect(lambda key, into: self.theme_changed.emit("merge", key, into))
        self.editor.made.connect(lambda name, known: self.theme_changed.emit("split", name, known))

    def show_seen(self, seen: Seen) -> None:
        """Show what was found."""
        self.seen = seen
        look = seen.look
        self.title.setText(words.title(seen.row))
        self.figures.setText(_figures(seen))
        self.filters.offer(look)
        self.summary.show_summary(seen.summary)
        enough = seen.summary is not None and seen.summary.enough
        self.summary.setVisible(enough)
        self.little.setText(_little(seen))
        self.little.setVisible(not enough)
        self.write.setVisible(enough)
        self._show_words(seen.summary if enough else None)
        self.said.setVisible(seen.row.product is not None and seen.row.product != UNLINKED and seen.summary is not None)
        self.otherwise.show_against(seen.against)
        self.against.setVisible(bool(seen.against))
        self._show_themes(look, seen)
        self._show_trend(look)
        shown = len(seen.shown)
        self.which.setText(_which(seen, self.filters.told_theme))
        self.again.setVisible(bool(self.filters.wanted_theme))
        self.texts.show_reviews(
            seen.shown,
            theme_key=self.filters.wanted_theme,
            side=self.filters.wanted_side,
            into=seen.into,
            choices=seen.choices,
            titles=seen.titles,
        )
        self.texts.setVisible(bool(shown))
        self.reply.setVisible(bool(shown) and seen.row.product != UNLINKED)
        self.further.setVisible(shown < len(look.ids))
        if seen.pinned is not None:
            top = self.texts.y() + self.texts.stand_on(seen.pinned)
            self.verticalScrollBar().setValue(max(0, top - 60))
        elif self._down and seen.shown:
            QTimer.singleShot(0, self._go_down)
        self._down = False

    def _go_down(self) -> None:
        """Bring the reviews behind a bar into sight, as much of the bars above them as there is room for."""
        bottom = self.texts.y() + min(self.texts.height(), self.viewport().height() * 2 // 3)
        bar = self.verticalScrollBar()
        bar.setValue(max(bar.value(), bottom - self.viewport().height()))

    # --- pieces ---

    def _show_words(self, summary: Summary | None) -> None:
        """Say which sentences weights wrote, and offer the other way of saying it."""
        own = summary is not None and any(summary.own)
        self.which_words.setText(
            _("{pen} in the words of {name}. Every figure and every quote is put in by the program; sentences without "
              "the mark are its own.", pen=PEN, name=summary.weights) if own and summary else ""
        )  # fmt: skip
        self.which_words.setVisible(own)
        self.own.setVisible(summary is not None and not own)
        self.plain.setVisible(own)

    def _show_themes(self, look: Look, seen: Seen) -> None:
        if not self.editor.guard.dirty:  # the shop was read again while somebody typed
            self.editor.hide()
        self.themes.show_themes(look.themes, self.filters.wanted_theme)
        self.themes.setVisible(bool(look.themes))
        single = ", ".join(f"{t.name} ({local.number(t.count)})" for t in look.singles)
        self.singles.setText(_("Too few voices to count, to be read one by one: {themes}", themes=single))
        self.singles.setVisible(bool(single))
        self.counted.setVisible(bool(look.themes or look.singles or seen.changed))

    def _show_trend(self, look: Look) -> None:
        months = [m for m in look.months if m[1]]
        self.trend.setVisible(len(months) > 1)
        if len(months) < 2 or self.trend.chart is None:
            return
        self.trend.chart.show_line(
            [local.month_of(m) for m, _n, _s in months], [s for _m, _n, s in months], lambda v: f"{v:.1f}", within=STARS
        )
        rows = [(month, int(count), f"{mean:.1f}") for month, count, mean in reversed(months)]
        self.trend.table.show_rows((_("Month"), _("Reviews"), _("Stars")), rows, ("", "", ""), "")

    def _pick(self, key: str, side: str = "") -> None:
        if (key, side) == (self.filters.wanted_theme, self.filters.wanted_side):
            self.filters.drop_theme()
            return
        self._down = True
        name = next((t.name for t in self.themes.themes.themes if t.theme == key), key)
        self.filters.ask_theme(key, name, side)

    def _menu(self) -> None:
        menu = QMenu(self)
        self.fill_menu(menu)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(self.change.mapToGlobal(self.change.rect().bottomLeft()))

    def fill_menu(self, menu: QMenu) -> None:
        """Put into a menu what can be done with themes, those of the current row first."""
        current: ThemeCount | None = self.themes.current
        every = [*self.themes.themes.themes, *(self.seen.look.singles if self.seen else ())]
        if current is not None:
            name = current.name
            menu.addAction(_("Rename “{name}”…", name=name), partial(self.editor.begin, "rename", current))
            menu.addAction(
                _("Count “{name}” as part of…", name=name), partial(self.editor.begin, "merge", current, every)
            )
            menu.addAction(_("Hide “{name}”", name=name), partial(self.theme_changed.emit, "hide", current.theme, None))
        menu.addAction(_("A theme of your own…"), partial(self.editor.begin, "split", None))
        if self.seen and self.seen.changed:
            menu.addSeparator()
            for key, said in self.seen.changed:
                menu.addAction(said, partial(self.theme_changed.emit, "forget", key, None))


def _figures(seen: Seen) -> str:
    row_ = seen.row
    parts = [local.counted(several("{count} review", "{count} reviews", row_.count), row_.count)]
    if row_.rating is not None:
        parts.insert(0, words.stars(row_.rating))
    said, _tone = words.trend(row_.trend)
    if said:
        parts.append(_("{trend} stars in the last three months", trend=said))
    if seen.look.aside:
        parts.append(_("set aside: {marks}", marks=words.marks_told(seen.look.aside)))
    if seen.look.unread:
        unread = seen.look.unread
        parts.append(local.counted(several("{count} not read yet", "{count} not read yet", unread), unread))
    return " · ".join(parts)


def _little(seen: Seen) -> str:
    if seen.look.unread and not seen.look.themes:
        return _("These reviews have not been read yet, so there is nothing to count.")
    return _("That is not enough to say what customers think. Read them one by one below.")


def _which(seen: Seen, theme: str) -> str:
    count = len(seen.look.ids)
    if not count:
        return _("No review fits this filter")
    said = local.counted(several("{count} review, newest first", "{count} reviews, newest first", count), count)
    rated = said if seen.look.rating is None else f"{said} · {words.stars(seen.look.rating)}"
    return f"{theme} · {rated}" if theme else rated
