"""Insight: what was sold, what changed and why, what lies too long, who buys, what to order; and questions answered."""

from __future__ import annotations

import datetime as dt
import threading
from dataclasses import replace
from typing import Any

from PySide6.QtWidgets import QWidget

from desktop_app.tasks import ask as asking
from desktop_app.tasks import insight, policy, reordering
from desktop_app.tasks.ask import Answer
from desktop_app.tasks.ask_sales import weekdays
from desktop_app.tasks.insight import Look, Overview, Supplies
from desktop_app.ui import local, places
from desktop_app.ui.desk import Desk
from desktop_app.ui.insight import links
from desktop_app.ui.insight.answer import AnswerCard, QuestionField
from desktop_app.ui.insight.crowd import CrowdCards
from desktop_app.ui.insight.figures import FigureCard, FigureTile, figure, money_said
from desktop_app.ui.insight.today import names_of_tiles, say_tile
from desktop_app.ui.page import Page
from desktop_app.ui.widgets import EmptyState, Pick, column, row, scrolling
from desktop_app.ui.widgets.notice import Notice
from desktop_app.words import _, several


def _spans() -> tuple[tuple[str, str], ...]:
    return (
        ("7", _("Last 7 days")), ("30", _("Last 30 days")), ("90", _("Last 90 days")), ("365", _("Last 12 months")),
        ("year", _("This year")), ("all", _("All time")),
    )  # fmt: skip


class InsightPage(Page):
    """What the sales say, filtered by time, channel and category."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, _("Insight"))
        self._stop = threading.Event()
        self._supplied: Supplies | None = None
        self._span, self._channel, self._category = Pick(), Pick(), Pick()
        for key, name in _spans():
            self._span.addItem(name, key)
        self._span.setCurrentIndex(2)
        for pick, name in ((self._span, _("Time")), (self._channel, _("Channel")), (self._category, _("Category"))):
            pick.setAccessibleName(name)
            pick.setSizeAdjustPolicy(Pick.SizeAdjustPolicy.AdjustToContents)
            pick.activated.connect(lambda _n: self.refresh())
            self.header.addWidget(pick)
            pick.hide()  # there is nothing to choose from yet
        self.header.insertStretch(0, 1)
        self.question = QuestionField()
        self.landing = self.question
        self.question.asked.connect(self.ask)
        behind = self._show_orders if places.known("orders") else None
        self.answer = AnswerCard(self._close_answer, behind)
        self.answer.hide()
        self._build()
        self.show_loading()

    def _build(self) -> None:
        self.tiles = {key: FigureTile(name) for key, name in names_of_tiles().items()}
        self.trend = FigureCard(_("Sales over time"))
        self.best = FigureCard(_("Best sellers"))
        self.slow = FigureCard(_("Slow sellers"), chart=False)
        self.why = FigureCard(_("What changed, and why"))
        self.channels = FigureCard(_("Where it was sold"))
        self.categories = FigureCard(_("What kind of goods"))
        self.week = FigureCard(_("The days of the week"))
        self.crowd = CrowdCards(self.desk)
        self.buy = FigureCard(_("To order"), chart=False)
        inside = QWidget()
        inside.setObjectName("plain")
        cards = (
            self.trend, self.why, self.best, self.slow, self.buy, self.channels, self.categories, self.week,
            *self.crowd.all,
        )  # fmt: skip
        tiles = row(*self.tiles.values(), gap=12)
        inside.setLayout(
            column(self.question, self.answer, tiles, *cards, None, gap=12, margins=(24, 16, 24, 24))
        )  # fmt: skip
        self._quiet: Notice | None = None  # that nothing was sold in the span
        scroll = scrolling(inside, sideways=False)
        self.set_full(scroll)

    @property
    def look(self) -> Look:
        """What is looked at now."""
        return Look(
            self._span.currentData(), self._channel.currentData() or "", self._category.currentData() or ""
        )  # fmt: skip

    def arrive(self, **where: Any) -> None:
        """Look again; ``question`` is asked at once."""
        self.refresh()
        if question := where.get("question"):
            self.question.setText(str(question))
            self.ask(str(question))

    def refresh(self) -> None:
        """Reckon again for what is looked at."""
        look = self.look
        self.desk.ask(lambda shop: insight.overview(shop, look), self._show, key="insight", failed=self._fail)
        self.desk.ask(insight.supplies, self._show_supplies, key="supplies")
        self.desk.ask(lambda shop: insight.crowd_of(shop, look), self.crowd.show, key="crowd")

    def show_all_time(self) -> None:
        """Look at everything that was ever sold."""
        self._span.setCurrentIndex(self._span.findData("all"))
        self.refresh()

    def ask(self, text: str) -> None:
        """Answer a question from the books."""
        self.desk.ask(
            lambda shop: next(asking.ask(shop, self.desk.engine(), self._stop, text=text)),
            self._show_answer, key="question", failed=lambda why: self.desk.oops(why),
        )  # fmt: skip

    # --- what comes back ---

    def _fail(self, why: str) -> None:
        self.show_failed(why, self.refresh)

    def _show(self, found: Overview | None) -> None:
        self._span.setVisible(found is not None)
        if found is None:
            self._channel.hide()
            self._category.hide()
            self.show_empty(self._nothing_yet())
            return
        self._fill(self._channel, _("All channels"), found.channels, found.look.channel)
        self._fill(self._category, _("All categories"), found.categories, found.look.category)
        self.subtitle.setText(_("{first} to {last}", first=local.date(found.since), last=local.date(found.until)))
        self._say_when(found)
        self._show_tiles(found)
        self._show_trend(found)
        self._show_lists(found)
        self._show_why(found)
        links.link_overview(self, found)
        self.show_full()

    def _say_when(self, found: Overview) -> None:
        """Say when something was sold last where the whole span is empty, so that no zero is taken for all there is."""
        shown, quiet = self.notices.notice, found.last < found.since
        if quiet:
            text = _("Nothing was sold in this time. The last sale is of {day}.", day=local.date(found.last))
            self._quiet = Notice(text, button=_("Show all time"), run=self.show_all_time)
            self.tell(self._quiet)
        elif shown is not None and shown is self._quiet:
            self.notices.clear()

    def _fill(self, pick: Pick, everything: str, names: tuple[str, ...], chosen: str) -> None:
        pick.blockSignals(True)
        pick.clear()
        pick.addItem(everything, "")
        for name in names:
            pick.addItem(name or _("no channel"), name)
        pick.setCurrentIndex(max(0, pick.findData(chosen)))
        pick.setVisible(len(names) > 1)
        pick.blockSignals(False)

    def _show_tiles(self, found: Overview) -> None:
        known = {tile.key: tile for tile in found.tiles}
        for key, tile in self.tiles.items():
            value = known.get(key)  # type: ignore[call-overload]
            tile.setVisible(value is not None)
            if value is not None:
                say_tile(tile, value, found.currency)

    def _show_trend(self, found: Overview) -> None:
        short = local.month if found.grid == "month" else local.day_of_year
        names = [short(day) for day, _value in found.trend]
        values = [value for _day, value in found.trend]
        assert self.trend.chart is not None
        part = self._in_part(found)
        self.trend.chart.show_line(names, values, money_said(found.currency), part=part)
        by = {"day": _("Day"), "week": _("Week from"), "month": _("Month")}.get(found.grid, "")
        whole = local.month if found.grid == "month" else local.date
        rows = [(f"{whole(day)} · {part[n]}" if n in part else whole(day), v) for n, (day, v) in enumerate(found.trend)]
        self.trend.table.show_rows((by, _("Sales")), rows[::-1], ("name", "money"), found.currency)
        more = _("Goods, discounts on lines taken off, returns not taken off.")
        if part:
            more += " " + _("Where the line is dotted, the days are not all there.")
        if found.others:
            more += " " + _("{n} orders in other currencies are not counted.", n=found.others)
        self.trend.say(more=more)

    def _in_part(self, found: Overview) -> dict[int, str]:
        """Return which points of the trend hold fewer days than the others, and how that is said."""
        zone = self.desk.shop.timezone if self.desk.shop else "UTC"
        today = local.today_in(zone)
        part: dict[int, str] = {}
        for n, (first, _value) in enumerate(found.trend):
            last = _last_day(first, found.grid)
            if last >= today and found.until >= min(last, today):
                part[n] = _("so far")
            elif first < found.since or last > found.until:
                part[n] = _("not all days")
        return part

    def _show_lists(self, found: Overview) -> None:
        currency = found.currency
        best = [(title, amount, units) for title, units, amount in found.best]
        self._bars(self.best, [r[:2] for r in best], currency)
        self.best.table.show_rows(
            (_("Product"), _("Sales"), _("Pieces sold")), best, ("name", "money", "pieces"), currency
        )  # fmt: skip
        none = _("Nothing that is counted is in stock.") if found.counted else _("No stock is counted here.")
        self.slow.say(more=_("In stock and sold least in this span.") if found.slow else none)
        self.slow.table.show_rows(
            (_("Product"), _("Pieces sold"), _("In stock")), found.slow, ("name", "pieces", "pieces"), currency
        )  # fmt: skip
        for card, name, rows, none in (
            (self.channels, _("Channel"), found.by_channel, _("no channel")),
            (self.categories, _("Category"), found.by_category, _("no category")),
        ):
            named = [(title or none, amount) for title, amount in rows]
            self._bars(card, named, currency)
            card.table.show_rows((name, _("Sales")), named, ("name", "money"), currency)
            card.setVisible(len(rows) > 1)
        week = [(day, share * 100) for day, share in zip(weekdays(), found.week, strict=False)]
        self.week.setVisible(bool(week))
        if week and self.week.chart is not None:
            self.week.chart.show_bars([d for d, _s in week], [s for _d, s in week], lambda v: f"{v:.0f} %")
            self.week.table.show_rows((_("Weekday"), _("Of a usual day")), week, ("name", "percent"), currency)

    def _bars(self, card: FigureCard, rows: Any, currency: str) -> None:
        if card.chart is not None:
            card.chart.show_bars([r[0] for r in rows], [r[1] for r in rows], money_said(currency))

    def _show_why(self, found: Overview) -> None:
        self.why.setVisible(found.why is not None)
        if found.why is None:
            return
        parts = [
            (_("More or fewer pieces"), found.why.volume), (_("Dearer or cheaper goods in the mix"), found.why.mix),
            (_("Higher or lower prices"), found.why.price), (_("Sold only now"), found.why.new),
            (_("Sold only before"), found.why.gone),
        ]  # fmt: skip
        self._bars(self.why, parts, found.currency)
        whole = (_("Change of sales"), found.why.total)
        self.why.table.show_rows((_("Part"), _("Sales")), [*parts, whole], ("name", "money"), found.currency)
        apart = figure(abs(found.why.total), "money", found.currency)
        more = _("{sum} more than in as many days before.", sum=apart)
        self.why.say(more=more if found.why.total >= 0 else _("{sum} less than in as many days before.", sum=apart))

    def _show_supplies(self, found: Supplies) -> None:
        before = self._supplied
        if before and before.buy == found.buy and repr(replace(before, buy=())) == repr(replace(found, buy=())):
            return  # what to order does not hang on the filters, and hundreds of rows take long to fill
        self._supplied = found
        rows = [
            (line.title, line.buy, reordering.when(line, found.today), line.stock, line.weekly,
             f"{line.low:.0f} – {line.high:.0f}", reordering.why(line))
            for line in found.buy
        ]  # fmt: skip
        self.buy.setVisible(found.counted > 0)
        worth = _("The stock is worth {value} at selling prices.", value=figure(found.value, "money", found.currency))
        if not rows:
            enough = _("There is enough of everything that can be told.")
            self.buy.say(more=f"{worth} {enough}")
        else:
            share = policy.per_cent(found.service)
            more = _("So that {share} of 100 times there is enough until the delivery after next.", share=share)
            tried = ""
            if found.error == found.error:
                tried = _(
                    "Tried on past weeks, the forecasts missed by {share} of what “the same as last week” would.",
                    share=f"{found.error:.0%}",
                )
            self.buy.say(more=" ".join(part for part in (worth, more, tried) if part))
        if found.young:
            young = several(
                "{count} product is too new to say.", "{count} products are too new to say.", found.young
            )  # fmt: skip
            self.buy.say(more=f"{self.buy.more} {young}")
        self.buy.table.show_rows(
            (
                _("Product"), _("Order"), _("Order by"), _("In stock"), _("Sells a week"), _("Eight in ten weeks"),
                _("Why"),
            ),
            rows, ("name", "pieces", "name", "pieces", "pieces", "name", "name"), found.currency,
        )  # fmt: skip
        self.buy.table.setVisible(bool(rows))
        links.link_supplies(self.desk, self.buy.table, found)

    def _show_answer(self, answer: Answer) -> None:
        self.answer.show_answer(answer)
        self.answer.show()

    def _close_answer(self) -> None:
        self.answer.hide()
        self.question.clear()
        self.question.setFocus()

    def _show_orders(self, answer: Answer) -> None:
        self.desk.go("orders", ids=answer.orders, why=answer.question, part=len(answer.orders) >= asking.NEWEST)

    def _nothing_yet(self) -> EmptyState:
        button = (_("Import a file…"), lambda: self.desk.go("import"))
        return EmptyState(
            "chart-column", _("No orders yet: too little data to say"),
            _("Bring in a file of orders, and this page says what sells, what changed and why, and what to order."),
            button,
        )  # fmt: skip


def _last_day(first: dt.date, grid: str) -> dt.date:
    """Return the last day of the day, week or month that begins with ``first``."""
    if grid == "month":
        return (first.replace(day=1) + dt.timedelta(31)).replace(day=1) - dt.timedelta(1)
    return first + dt.timedelta(6 if grid == "week" else 0)
