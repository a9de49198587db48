"""What Today shows of the sales: the week's figures, best and slow sellers, what the shelf is worth, who buys."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from desktop_app.ui import local
from desktop_app.ui.desk import Desk
from desktop_app.ui.insight import links
from desktop_app.ui.insight.figures import FigureCard, FigureTile, figure, money_said
from desktop_app.ui.widgets import Button, Text, column, row
from desktop_app.words import _, several

if TYPE_CHECKING:
    from desktop_app.tasks.insight import Day, Tile

WITHOUT_CENTS = 10_000  # from which a tile leaves the cents to the table beside it


def names_of_tiles() -> dict[str, str]:
    """Return what the figures are called."""
    return {
        "sales": _("Sales"), "margin": _("Margin"), "orders": _("Orders"), "average": _("Average order"),
        "returns": _("Returns"),
    }  # fmt: skip


def say_tile(tile: FigureTile, value: Tile, currency: str) -> None:
    """Fill a tile: the figure, its share of sales and how it changed."""
    unit = "count" if value.key == "orders" else "money"
    shown = figure(value.value, unit, currency) if value.value is not None else _("not known")
    tile.setToolTip(shown)
    if unit == "money" and value.value is not None and abs(value.value) >= WITHOUT_CENTS:
        shown = money_said(currency)(value.value)
    parts = []
    if value.share is not None:
        parts.append(_("{share} of sales", share=f"{value.share:.1%}"))
    if value.before:
        parts.append(_("{change} vs. before", change=f"{(value.value or 0) / value.before - 1:+.0%}"))
    elif value.value is not None and value.before is None:
        parts.append(_("nothing before to compare"))
    tile.say(shown, " · ".join(parts))


class TodaySales(QWidget):
    """The lower half of Today, once there are orders."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.setObjectName("plain")
        self.quiet = Text(tone="muted", wrap=True)
        self.tiles = {key: FigureTile(name) for key, name in names_of_tiles().items()}
        self.best = FigureCard(_("Best sellers this week"), chart=False)
        self.slow = FigureCard(_("Slow sellers of 90 days"), chart=False)
        self.people = FigureCard(_("Customers"), chart=False)
        more = Button(_("More on Insight"), lambda: desk.go("insight"), kind="link")
        head = row(Text(_("The last seven days"), "large", strong=True), None, more)
        cards = row(self.best, self.slow, self.people, gap=12)
        self.setLayout(column(head, self.quiet, row(*self.tiles.values(), gap=12), cards, gap=12))

    def show_day(self, found: Day) -> None:
        """Show the figures."""
        known = {tile.key: tile for tile in found.tiles}
        quiet = not any(tile.value for tile in found.tiles)
        self.quiet.setText(_("Nothing was sold in these days. The last sale is of {day}.", day=local.date(found.last)))
        self.quiet.setVisible(quiet)
        for key, tile in self.tiles.items():
            value = known.get(key)  # type: ignore[call-overload]
            tile.setVisible(value is not None and not quiet)
            if value is not None:
                say_tile(tile, value, found.currency)
        best = [(title, amount) for title, _units, amount in found.best]
        self.best.table.show_rows((_("Product"), _("Sales")), best, ("name", "money"), found.currency)
        self.best.table.setVisible(bool(best))
        self.best.say("" if best else _("Nothing was sold this week."))
        slow = [(title, stock) for title, _sold, stock in found.slow]
        self.slow.table.show_rows((_("Product"), _("In stock")), slow, ("name", "pieces"), found.currency)
        worth = figure(found.supplies.value, "money", found.currency)
        self.slow.say(more=_("The stock is worth {value} at selling prices.", value=worth))
        from desktop_app.tasks.ask_people import segment_words

        words = segment_words()
        people = [(words[key], count) for key, count, _spent in found.people if count]
        self.people.table.show_rows((_("Segment"), _("Customers")), people[:4], ("name", "count"), found.currency)
        links.link_day(self, self._desk, found)


def order_words(found: Day) -> tuple[str, str]:
    """Return how Today says what is to be ordered, and why."""
    n = len(found.supplies.buy)
    what = several("product should be ordered", "products should be ordered", n)
    first = found.supplies.buy[0]
    if first.stock <= 0:
        return what, _("{title} is out of stock", title=first.title)
    return what, _("{title} lasts about {n} more weeks", title=first.title, n=f"{first.lasts:.1f}")
