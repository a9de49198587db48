"""The shop file: everything a merchant's shop knows, in one SQLite database that can be undone, searched and copied."""

from desktop_app.shop.search import Sort
from desktop_app.shop.shop import Shop

__all__ = ["Shop", "Sort"]
