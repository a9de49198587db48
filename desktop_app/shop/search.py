"""Finding products: from the first character typed, in any script, sorted and filtered, however many there are."""

from __future__ import annotations

from typing import Any, Literal

import numpy as np
import numpy.typing as npt

from desktop_app.records import ProductStatus
from desktop_app.shop import words
from desktop_app.shop.connect import File

Sort = Literal["relevance", "title", "sku", "price", "stock", "updated"]
Text = Literal["missing", "present", "draft", "approved", "below"]  # below: a variant has less than nothing in stock
Ids = npt.NDArray[np.int64]

_ORDER = {
    "title": "title_key {0}, id",
    "sku": "sku = '', sku {0}, title_key",
    "price": "price_low IS NULL, price_low {0}, title_key",
    "stock": "stock IS NULL, stock {0}, title_key",
    "updated": "updated {0}, id {0}",
}
REMEMBERED = 12  # orders kept ready until the shop changes


class Search:
    """The part of a shop that finds products."""

    _file: File

    def __init__(self) -> None:
        self._orders: dict[tuple[Any, ...], tuple[Ids, Ids]] = {}
        self._orders_of = -1

    def version(self) -> int:
        """Return a number that changes with every write to the file, whoever writes, for this object to compare."""
        return int(self._file.value("PRAGMA data_version")) << 32 | self._file.commits

    def changed_since(self, version: int) -> bool:
        """Tell whether anybody wrote to the file since ``version()`` gave this number."""
        return self.version() != version

    def search(
        self,
        query: str = "",
        *,
        sort: Sort = "relevance",
        descending: bool = False,
        text: Text | None = None,
        status: ProductStatus | Literal["all"] = "active",
    ) -> list[int]:
        """Return the ids of products whose name, codes, facts or text hold every word of ``query``; of all, for none.

        By relevance (names and codes first, then facts and text; each by title) or another sort, empty values last.
        """
        ids, rank = self._order(sort, descending, text, status)
        if not query.strip():
            return list(ids.tolist())
        match = words.match(query)
        if match is None:
            return list(ids[_kept(rank, self._containing(query.strip()))].tolist())
        places = _kept(rank, self._matching(match))
        if sort == "relevance" and len(places) > 1:
            first = _kept(rank, self._matching(f"{{title codes}} : ({match})"))
            places = np.concatenate([first, np.setdiff1d(places, first, assume_unique=True)])
        return list(ids[places].tolist())

    def _matching(self, match: str) -> Ids:
        # One long string is read faster than a row a product.
        found = self._file.value("SELECT group_concat(rowid) FROM search WHERE search MATCH ?", (match,))
        return np.fromstring(found or "", dtype=np.int64, sep=",")

    def _containing(self, query: str) -> Ids:
        """Find what no word index holds: punctuation and signs, as they stand, in names and SKUs."""
        sql = (
            "SELECT id FROM products WHERE instr(title, ?1) UNION"
            " SELECT product FROM variants WHERE sku <> '' AND instr(sku, ?1) ORDER BY 1"
        )
        return np.array([id for (id,) in self._file.all(sql, (query,))], dtype=np.int64)

    def _order(self, sort: str, descending: bool, text: str | None, status: str) -> tuple[Ids, Ids]:
        """Return all ids in order, and for each id its place in it (-1: not there); kept until the shop changes."""
        version = self.version()
        if self._orders_of != version or len(self._orders) >= REMEMBERED:
            self._orders.clear()
            self._orders_of = version
        key = (sort, descending, text, status)
        if key not in self._orders:
            ids = self._sorted("title" if sort == "relevance" else sort, descending, text, status)
            rank = np.full(int(ids.max()) + 1 if len(ids) else 1, -1, dtype=np.int64)
            rank[ids] = np.arange(len(ids))
            self._orders[key] = ids, rank
        return self._orders[key]

    def _sorted(self, sort: str, descending: bool, text: str | None, status: str) -> Ids:
        tests = [
            (f"{column} = ?", value)
            for column, value in (("text", text), ("status", status))
            if value not in (None, "all", "below")
        ]
        listed = [test for test, _value in tests]
        if text == "below":
            listed.append("id IN (SELECT product FROM variants WHERE stock < 0)")
        where = f"WHERE {' AND '.join(listed)}" if listed else ""
        order = _ORDER[sort].format("DESC" if descending else "ASC")
        rows = self._file.value(
            f"SELECT group_concat(id) FROM (SELECT id FROM shelf {where} ORDER BY {order})",
            [value for _test, value in tests],
        )
        return np.fromstring(rows or "", dtype=np.int64, sep=",")


def _kept(rank: Ids, found: Ids) -> Ids:
    """Return the sorted places of those found ids that the order holds."""
    places = rank[found[found < len(rank)]]
    return np.sort(places[places >= 0])
