"""Today: what needs the merchant, each line one click from where it is done."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QSizePolicy, QVBoxLayout, QWidget

from desktop_app.trade import WAITING
from desktop_app.ui import describing, local, places
from desktop_app.ui.desk import Desk
from desktop_app.ui.page import Page
from desktop_app.ui.widgets import Button, EmptyState, Text, column, row, scrolling
from desktop_app.ui.widgets.frames import clear
from desktop_app.words import _, several

if TYPE_CHECKING:
    from desktop_app.records import Counts
    from desktop_app.shop import Shop
    from desktop_app.tasks.insight import Day
    from desktop_app.ui.insight.today import TodaySales

FRESH = 30  # days for which a bad review without an answer stands on this page; a span of the Reviews page


@dataclass(frozen=True)
class Line:
    """One thing to do: how many, what, a second sentence, and the button that goes there."""

    count: str
    what: str
    more: str
    button: str
    run: Callable[[], object]


class LineRow(QFrame):
    """A line of the list: the number stands out, the button is at the end."""

    def __init__(self, line: Line, *, main: bool, last: bool) -> None:
        super().__init__()
        self.setObjectName("lastline" if last else "line")
        number = Text(line.count, "title", strong=True)
        number.setFixedWidth(60)
        number.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.button = Button(line.button, line.run, kind="main" if main else "")
        self.button.setAccessibleName(f"{line.button}: {line.count} {line.what}")
        self.button.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        words = column(Text(line.what, strong=True), gap=0)
        more = Text(line.more, "small", tone="muted", wrap=True)
        more.setVisible(bool(line.more))
        words.addWidget(more)
        self.setLayout(row(number, words, self.button, gap=16, margins=(16, 12, 20, 12)))
        layout = self.layout()
        assert layout is not None
        layout.setStretch(1, 1)  # type: ignore[attr-defined]
        self.setMinimumHeight(67)


class TodayPage(Page):
    """The first page of the day."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, _("Today"), line=False)
        self.subtitle.setText(local.today())
        self.header.addStretch(1)
        if places.known("import"):
            self.header.addWidget(Button(_("Import…"), lambda: desk.go("import")))
        self._card = QFrame()
        self._card.setObjectName("card")
        self._lines = QVBoxLayout(self._card)
        self._lines.setContentsMargins(0, 0, 0, 0)
        self._lines.setSpacing(0)
        self._backup = Text(size="small", tone="muted", wrap=True)
        self._sales: TodaySales | None = None  # made once there are orders: it and what it knows take their time
        self._sales_room = column(gap=0)
        self._day: Day | None = None
        self._messages: dict[str, int] = {}
        self._bad = (0, 0)
        self._doubts = 0  # orders worth a second look
        inside = QWidget()
        inside.setObjectName("plain")
        inside.setLayout(
            column(
                self._card,
                self._sales_room,
                row(self._backup, margins=(4, 8, 4, 0)),
                None,
                gap=16,
                margins=(24, 8, 24, 24),
            )
        )
        scroll = scrolling(inside)
        self.set_full(scroll)
        self.show_loading()
        desk.counted.connect(self._show)

    def refresh(self) -> None:
        """Count again and look when the last backup was made."""
        self.desk.count()
        self.desk.ask(_last_backup, self._show_backup, key="backup")
        self.desk.reckon(_day, self._show_day, key="day")  # it takes its time; the lists do not wait for it
        self.desk.ask(lambda shop: shop.conversation_counts(), self._show_messages, key="messages.count")
        self.desk.reckon(_doubted, self._show_doubts, key="doubts.count", failed=lambda _why: None)
        since = (datetime.now(UTC) - timedelta(days=FRESH)).date().isoformat()
        self.desk.ask(lambda shop: shop.bad_reviews(since), self._show_blame, key="reviews.bad")

    def arrive(self, **where: Any) -> None:
        """Show what is known at once; the count follows."""
        if self.desk.counts is not None and self.desk.shop is not None:
            self._show(self.desk.counts)

    def _show(self, counts: Counts) -> None:
        if not counts.products and not counts.archived:
            if self.desk.settings.welcomed:  # else somebody new is welcomed in a moment
                self.show_empty(self._nothing_yet())
            return
        clear(self._lines)
        lines = self._needed(counts)
        if not lines:
            self._lines.addWidget(_AllDone(counts))
        for number, line in enumerate(lines):
            self._lines.addWidget(LineRow(line, main=number == 0, last=number == len(lines) - 1))
        self.show_full()

    def _needed(self, counts: Counts) -> list[Line]:
        desk, lines = self.desk, []
        if n := counts.drafts_waiting:
            flagged = counts.drafts_flagged
            one = "{count} of them says something no fact carries"
            many = "{count} of them say something no fact carries"
            agree = _("Its numbers agree with the facts") if n == 1 else _("Their numbers agree with the facts")
            more = several(one, many, flagged) if flagged else agree
            if n == flagged == 1:
                more = _("It says something no fact carries")
            what = several("draft waits for you", "drafts wait for you", n)
            lines.append(Line(local.number(n), what, more, _("Review"), lambda: desk.go("writing")))
        if n := counts.missing:
            what = several("product has no description", "products have no description", n)
            lines.append(
                Line(local.number(n), what, describing.estimate(desk, n), _("Write"), lambda: describing.missing(desk))
            )
        if (n := counts.approved_not_exported) and places.known("export"):
            what = several("approved text is not exported yet", "approved texts are not exported yet", n)
            more = _("Your shop system sees them after an export")
            lines.append(Line(local.number(n), what, more, _("Export…"), lambda: desk.go("export")))
        return self._written() + self._blamed() + lines + self._lacking(counts.below_zero) + self._traded()

    def _nothing_yet(self) -> EmptyState:
        desk = self.desk
        importable = places.known("import") is not None
        button = (_("Import a file…"), lambda: desk.go("import"))
        sample = (_("Open the sample shop"), lambda: desk.commands.run("shop.sample"))
        return EmptyState(
            "store",
            _("Your shop is empty"),
            _("Bring in the product file from your shop system, or look around in the sample shop first."),
            button if importable else sample,
            sample if importable else (_("Add a product"), lambda: desk.go("products", new=True)),
        )

    def _show_day(self, found: Day | None) -> None:
        self._day = found
        if found is not None and self._sales is None:
            from desktop_app.ui.insight.today import TodaySales

            self._sales = TodaySales(self.desk)
            self._sales_room.addWidget(self._sales)
        if self._sales is not None:
            self._sales.setVisible(found is not None)
            if found is not None:
                self._sales.show_day(found)
        if self.desk.counts is not None and self.desk.shop is not None:
            self._show(self.desk.counts)

    def _show_messages(self, counts: dict[str, int]) -> None:
        self._messages = counts
        if self.desk.counts is not None and self.desk.shop is not None:
            self._show(self.desk.counts)

    def _show_blame(self, bad: tuple[int, int]) -> None:
        self._bad = bad
        if self.desk.counts is not None and self.desk.shop is not None:
            self._show(self.desk.counts)

    def _show_doubts(self, count: int) -> None:
        self._doubts = count
        if self.desk.counts is not None and self.desk.shop is not None:
            self._show(self.desk.counts)

    def _blamed(self) -> list[Line]:
        """Return the line of fresh bad reviews."""
        (few, silent), desk = self._bad, self.desk
        if not few + silent:
            return []
        what = several("bad review without an answer", "bad reviews without an answer", few + silent)
        where: dict[str, Any] = {"stars": (1, 2)} if few else {"polarity": "negative"}
        more = _("Of the last {n} days", n=FRESH)
        return [
            Line(local.number(few + silent), what, more, _("Look"), lambda: desk.go("reviews", days=FRESH, **where))
        ]

    def _written(self) -> list[Line]:
        """Return the line of messages that wait for an answer."""
        waiting = self._messages.get("new", 0) + self._messages.get("drafted", 0)
        if not waiting:
            return []
        urgent = self._messages.get("urgent", 0)
        more = several("{count} urgent", "{count} urgent", urgent) if urgent else ""
        what = several("message without an answer", "messages without an answer", waiting)
        return [Line(local.number(waiting), what, more, _("Answer"), lambda: self.desk.go("messages"))]

    def _lacking(self, products: int) -> list[Line]:
        """Return the line of what has less than nothing in stock."""
        if not products:
            return []
        what = several("product is below zero in stock", "products are below zero in stock", products)
        more = _("More went out than was there: count, or look whether a file came in twice")
        show = lambda: self.desk.go("products", text="below")  # noqa: E731 as short as the others
        return [Line(local.number(products), what, more, _("Show"), show)]

    def _traded(self) -> list[Line]:
        """Return the lines that the orders and the shelf give."""
        found, desk, lines = self._day, self.desk, list[Line]()
        if found is None:
            return lines
        if (n := found.to_send) and places.known("orders"):
            what = several("order to send", "orders to send", n)
            lines.append(
                Line(
                    local.number(n),
                    what,
                    "",
                    _("Send"),
                    partial(desk.go, "orders", which=WAITING, why=_("Today, to be sent")),
                )
            )
        if n := self._doubts:
            what = several("order is worth a second look", "orders are worth a second look", n)
            more = _("Something about them is unusual here, nothing more")
            lines.append(Line(local.number(n), what, more, _("Look"), partial(desk.go, "orders", state="doubts")))
        if found.supplies.buy:
            from desktop_app.ui.insight.today import order_words

            what, more = order_words(found)
            n = len(found.supplies.buy)
            lines.append(Line(local.number(n), what, more, _("Look"), lambda: desk.go("insight")))
        return lines

    def _show_backup(self, path: Path | None) -> None:
        if path is None:
            self._backup.setText(_("No backup yet. One is made each day the shop is open."))
            return
        made = datetime.fromtimestamp(path.stat().st_mtime, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        zone = self.desk.shop.timezone if self.desk.shop else "UTC"
        self._backup.setText(_("Last backup: {when}", when=local.moment(made, zone)))


class _AllDone(QWidget):
    """The line that stands alone when nothing waits."""

    def __init__(self, counts: Counts) -> None:
        super().__init__()
        words = several(
            "{count} product, nothing waits for you", "{count} products, nothing waits for you", counts.products
        )
        self.setLayout(row(Text(words, strong=True), None, margins=(24, 24, 24, 24)))


def _last_backup(shop: Any) -> Path | None:
    from desktop_app.shop import backups

    return backups.last_of(shop.path)


def _doubted(shop: Shop) -> int:
    from desktop_app.tasks import risk

    return len(risk.to_look_at(shop))


def _day(shop: Shop) -> Day | None:
    from desktop_app.tasks import insight

    return insight.day(shop)
