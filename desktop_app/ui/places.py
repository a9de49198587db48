"""The pages of the window, by name; each is imported when somebody first goes there."""

from __future__ import annotations

import importlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from desktop_app.ui.desk import Desk
    from desktop_app.ui.page import Page


@dataclass(frozen=True)
class Place:
    """One page: its key, its English name, its icon, and the class that is it."""

    key: str
    name: str
    icon: str
    where: str  # module:Class
    foot: bool = False  # at the lower end of the navigation
    hidden: bool = False  # reached by a button or a command, not from the navigation
    under: str = ""  # the place in the navigation that a hidden page belongs to
    alone: bool = False  # the navigation would only distract from it

    def build(self, desk: Desk) -> Page:
        """Import the page's module and make the page."""
        module, _, name = self.where.partition(":")
        made: Page = getattr(importlib.import_module(module), name)(desk)
        return made


PLACES: tuple[Place, ...] = (
    Place("today", "Today", "house", "desktop_app.ui.today:TodayPage"),
    Place("products", "Products", "package", "desktop_app.ui.products.page:ProductsPage"),
    Place("orders", "Orders", "receipt", "desktop_app.ui.orders.page:OrdersPage"),
    Place("writing", "Writing", "pencil", "desktop_app.ui.writing.page:WritingPage"),
    Place("messages", "Messages", "message-square", "desktop_app.ui.inbox.page:InboxPage"),
    Place("reviews", "Reviews", "star", "desktop_app.ui.reviews.page:ReviewsPage"),
    Place("insight", "Insight", "chart-column", "desktop_app.ui.insight.page:InsightPage"),
    Place(
        "knowledge",
        "What the shop knows",
        "message-square",
        "desktop_app.ui.replies.knowledge:KnowledgePage",
        hidden=True,
        under="messages",
    ),
    Place(
        "reviews-import",
        "Import reviews",
        "upload",
        "desktop_app.ui.reviews.bring:BringReviewsPage",
        hidden=True,
        under="reviews",
    ),
    Place(
        "customers", "Customers", "receipt", "desktop_app.ui.customers.page:CustomersPage", hidden=True, under="orders"
    ),
    Place(
        "answering",
        "How you answer",
        "message-square",
        "desktop_app.ui.inbox.answering:AnsweringPage",
        hidden=True,
        under="messages",
    ),
    Place(
        "buying",
        "Purchases and stock",
        "receipt",
        "desktop_app.ui.orders.buying:BuyingPage",
        hidden=True,
        under="orders",
    ),
    Place("write", "Write texts", "pencil", "desktop_app.ui.writing.more:WritePage", hidden=True, under="writing"),
    Place("questions", "Questions", "info", "desktop_app.ui.writing.ask:QuestionsPage", hidden=True, under="writing"),
    Place("voice", "Your voice", "pencil", "desktop_app.ui.writing.voice:VoicePage", hidden=True, under="settings"),
    Place("import", "Import", "upload", "desktop_app.ui.importing.page:ImportPage", hidden=True, under="products"),
    Place("export", "Export", "file-up", "desktop_app.ui.export_page:ExportPage", hidden=True, under="products"),
    Place("history", "What was done", "undo-2", "desktop_app.ui.history:HistoryPage", hidden=True, under="today"),
    Place("welcome", "Welcome", "store", "desktop_app.ui.welcome_page:WelcomePage", hidden=True, alone=True),
    Place("weights", "Weights", "gauge", "desktop_app.ui.weights_page:WeightsPage", foot=True),
    Place("settings", "Settings", "settings", "desktop_app.ui.settings_page:SettingsPage", foot=True),
)


def known(key: str) -> Place | None:
    """Return the page called ``key``, or None where this program has no such page."""
    return next((place for place in PLACES if place.key == key), None)
