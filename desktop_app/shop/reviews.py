"""Reviews, the merchant's own themes, and what was read in each text."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from itertools import islice

from desktop_app.errors import UserError
from desktop_app.review_records import Named, Review, Theme
from desktop_app.shop import shelf
from desktop_app.shop.connect import File, Row, cleaned

BATCH = 5_000
COLUMNS = (
    'product, source, "key", stars, title, text, language, variant, author, written, place, reply, external, marks,'
    " named, doubtful, print, digest"
)
_THESE = "(SELECT value FROM json_each(?))"
_RANGE = "INSERT INTO journal (action, tbl, op, row, detail) SELECT action, 'reviews', 'insert', ?, ? FROM doing"
_NUMBERS = frozenset(("id", "product id", "asin", "item id", "listing id", "商品id", "宝贝id", "数字id"))
_WHOLE = "CASE WHEN r.title = '' THEN r.text WHEN r.text = '' THEN r.title ELSE r.title || char(10) || r.text END"
_THEME = '"key", name, merged, words, hidden'


class Reviews:
    """The part of a shop that holds reviews."""

    _file: File

    def add_reviews(self, reviews: Iterable[tuple[Review, int]]) -> list[int]:
        """Add reviews, each with the print of its text (see `language.alike`), and return their ids, in order."""
        self._file.require_action()
        waiting, ids = iter(reviews), list[int]()
        while batch := list(islice(waiting, BATCH)):
            first = self._file.value("SELECT ifnull(max(id), 0) + 1 FROM reviews")
            rows = [tuple(cleaned((first + n, *_row(review, mark)))) for n, (review, mark) in enumerate(batch)]
            with self._file.savepoint():
                self._file.run("UPDATE doing SET ranged = 1")
                self._file.fill("reviews", f"id, {COLUMNS}", rows)
                self._file.run("UPDATE doing SET ranged = 0")
                self._file.run(_RANGE, (first, first + len(rows) - 1))
            ids += range(first, first + len(rows))
        return ids

    def replace_review(self, review: Review, mark: int) -> None:
        """Bring a stored review to what ``review`` says."""
        self._file.require_action()
        listed = ", ".join(f"{name.strip()} = ?" for name in COLUMNS.split(","))
        self._file.run(f"UPDATE reviews SET {listed} WHERE id = ?", (*_row(review, mark), review.id))

    def remove_reviews(self, ids: Iterable[int]) -> None:
        """Take reviews out of the shop; unknown ids are left out."""
        self._file.require_action()
        self._file.run(f"DELETE FROM reviews WHERE id IN {_THESE}", (json.dumps(list(ids)),))

    def link_reviews(self, ids: Iterable[int], product: int | None) -> None:
        """Say which product reviews are about; what was doubtful is settled with it."""
        self._file.require_action()
        sql = f"UPDATE reviews SET product = ?, doubtful = '' WHERE id IN {_THESE}"
        self._file.run(sql, (product, json.dumps(list(ids))))

    def set_review_marks(self, marks: Iterable[tuple[int, Sequence[str]]]) -> None:
        """Keep other marks with these reviews: (id, marks)."""
        self._file.require_action()
        self._file.many("UPDATE reviews SET marks = ? WHERE id = ?", [(" ".join(m), id) for id, m in marks])

    def product_handles(self, ids: Iterable[int]) -> dict[int, str]:
        """Return the name in its web address of each of these products; unknown ids are left out."""
        sql = f"SELECT id, handle FROM products WHERE id IN {_THESE}"
        return dict(self._file.all(sql, (json.dumps(sorted(ids)),)))

    def review(self, id: int) -> Review:
        """Return one review; UserError if there is none with this id."""
        found = self.reviews([id])
        if not found:
            raise UserError("There is no review with the number {id} in this shop.", id=id)
        return found[0]

    def reviews(self, ids: Iterable[int]) -> list[Review]:
        """Return reviews in the order of ``ids``; unknown ids are left out."""
        wanted = [int(id) for id in ids]
        found: dict[int, Review] = {}
        for batch in shelf.batches(wanted):
            rows = self._file.all(f"SELECT id, {COLUMNS} FROM reviews WHERE id IN {_THESE}", (json.dumps(batch),))
            found.update((row[0], _review(row)) for row in rows)
        return [found[id] for id in wanted if id in found]

    def review_ids(self, product: int | None = None, *, unlinked: bool = False) -> list[int]:
        """Return the ids of all reviews, of one product's, or of those that belong to none yet, oldest first."""
        where = "WHERE product = ?" if product is not None else "WHERE product IS NULL" if unlinked else ""
        values = (product,) if product is not None else ()
        return [id for (id,) in self._file.all(f"SELECT id FROM reviews {where} ORDER BY id", values)]

    def has_reviews(self) -> bool:
        """Tell whether the shop holds any review."""
        return bool(self._file.value("SELECT EXISTS (SELECT 1 FROM reviews)"))

    def reviewed_products(self) -> list[tuple[int, int]]:
        """Return (product, number of reviews) for every product that has some, most first."""
        sql = "SELECT product, count(*) AS n FROM reviews WHERE product IS NOT NULL GROUP BY product ORDER BY n DESC, 1"
        return [(product, n) for product, n in self._file.all(sql)]

    def rated_products(self, since: str = "", until: str = "") -> list[tuple[int, int, float, int, int]]:
        """Return (product, reviews with stars, mean of the stars, of one or two, of four or five), spam left out.

        Within a span of days (ISO) where it is named; then reviews without a day are left out.
        """
        sql = (
            "SELECT product, count(*), avg(stars), count(*) FILTER (WHERE stars <= 2),"
            " count(*) FILTER (WHERE stars >= 4) FROM reviews WHERE product IS NOT NULL"
            " AND stars IS NOT NULL AND ' ' || marks || ' ' NOT LIKE '% spam %'"
            " AND (?1 = '' OR (written <> '' AND substr(written, 1, 10) BETWEEN ?1 AND ?2)) GROUP BY product"
        )
        return [(id, n, float(mean), bad, good) for id, n, mean, bad, good in self._file.all(sql, (since, until))]

    def doubtful_reviews(self) -> int:
        """Return how many reviews may be about one of several products and wait to be told which."""
        return int(self._file.value("SELECT count(*) FROM reviews WHERE product IS NULL AND doubtful <> ''") or 0)

    def bad_reviews(self, since: str) -> tuple[int, int]:
        """Return how many reviews written from that day on blame and wait for an answer: with few stars, and without
        stars where the words were read as blame. What has an answer, or a draft of one, waits no more."""  # fmt: skip
        sql = (
            "SELECT count(*) FILTER (WHERE r.stars <= 2), count(*) FILTER (WHERE r.stars IS NULL AND EXISTS (SELECT 1"
            " FROM readings d WHERE d.digest = r.digest AND d.data LIKE '[\"neg\"%')) FROM reviews r"
            " WHERE r.written >= ? AND r.reply = '' AND ' ' || r.marks || ' ' NOT LIKE '% spam %' AND NOT EXISTS"
            " (SELECT 1 FROM drafts WHERE product = r.product AND field = 'reply:' || r.id AND status <> 'rejected')"
        )
        few, silent = self._file.all(sql, (since,))[0]
        return int(few), int(silent)

    def review_words(self) -> list[tuple[int, str]]:
        """Return the id of every review and all that can be searched in it: title, words and author, in small letters.

        The three are kept apart by a sign that nobody types.
        """
        sql = "SELECT id, title || char(31) || text || char(31) || author FROM reviews ORDER BY id"
        return [(id, words.casefold()) for id, words in self._file.all(sql)]

    def outside_numbers(self) -> dict[str, int]:
        """Return which product has each number that another system gave it, as its columns were kept."""
        found: dict[str, int] = {}
        for id, extra in self._file.all("SELECT id, extra FROM products WHERE extra <> '' ORDER BY id DESC"):
            for name, value in json.loads(extra):
                if str(name).casefold().replace("_", " ") in _NUMBERS and value:
                    found[str(value)] = id
        return found

    def known_reviews(self, keys: Iterable[str]) -> dict[str, int]:
        """Return which review has each of these keys; unknown keys are left out."""
        found: dict[str, int] = {}
        for batch in shelf.batches(list(keys), BATCH):
            found.update(self._file.all(f'SELECT "key", min(id) FROM reviews WHERE "key" IN {_THESE} GROUP BY 1',
                                        (json.dumps(list(batch)),)))  # fmt: skip
        return found

    def review_table(self, version: str, after: int = 0) -> list[Row]:
        """Return what counting needs of every review: id, product, stars, written, variant, language, marks, print,
        length, and its reading's data where the text was read by ``version``, else None."""  # fmt: skip
        sql = (
            "SELECT r.id, r.product, r.stars, r.written, r.variant, r.language, r.marks, r.print, length(r.text),"
            " d.data FROM reviews r LEFT JOIN readings d ON d.digest = r.digest AND d.version = ?"
            " WHERE r.id > ? ORDER BY r.id"
        )
        return self._file.all(sql, (version, after))

    def review_texts(self) -> list[str]:
        """Return title and words of every review as `Review.whole` has them, in the order of ``review_table``."""
        return [text for (text,) in self._file.all(f"SELECT {_WHOLE} FROM reviews r ORDER BY r.id")]

    def unread(self, version: str, limit: int) -> list[tuple[bytes, str, bool]]:
        """Return digest, text, and whether all reviews of it have stars, of texts nobody of ``version`` has read yet.

        Each text comes once, the shortest first.
        """
        sql = (
            f"SELECT r.digest, min({_WHOLE}), max(r.stars IS NULL) FROM reviews r LEFT JOIN readings d"
            " ON d.digest = r.digest AND d.version = ? WHERE d.digest IS NULL GROUP BY r.digest"
            " ORDER BY min(length(r.text)) LIMIT ?"
        )
        return [(digest, text, not bare) for digest, text, bare in self._file.all(sql, (version, limit))]

    def count_unread(self, version: str) -> tuple[int, int]:
        """Return how many different texts are still to be read by ``version``, and how many there are."""
        sql = (
            "SELECT count(DISTINCT CASE WHEN d.digest IS NULL THEN r.digest END), count(DISTINCT r.digest)"
            " FROM reviews r LEFT JOIN readings d ON d.digest = r.digest AND d.version = ?"
        )
        left, all_ = self._file.all(sql, (version,))[0]
        return left, all_

    def keep_readings(self, version: str, rows: Sequence[tuple[bytes, str]]) -> None:
        """Keep what was read: (digest, data). No action: it follows from the text and can be read again."""
        sql = (
            "INSERT INTO readings (digest, version, data) VALUES (?, ?, ?)"
            " ON CONFLICT (digest) DO UPDATE SET version = excluded.version, data = excluded.data"
        )
        with self._file.transaction():
            self._file.many(sql, [(digest, version, data) for digest, data in rows])

    def readings(self, version: str, digests: Iterable[bytes]) -> dict[bytes, str]:
        """Return the data of what ``version`` read in these texts; texts not read are left out."""
        found: dict[bytes, str] = {}
        for batch in shelf.batches(list(digests), 500):
            marks = ", ".join("?" * len(batch))
            sql = f"SELECT digest, data FROM readings WHERE version = ? AND digest IN ({marks})"
            found.update(self._file.all(sql, (version, *batch)))
        return found

    def review_state(self) -> tuple[int, ...]:
        """Return numbers that differ after every change of reviews, readings, themes or what was undone."""
        sql = (
            "SELECT (SELECT ifnull(max(id), 0) FROM reviews), (SELECT count(*) FROM reviews),"
            " (SELECT count(*) FROM readings), (SELECT ifnull(max(id), 0) FROM journal),"
            " (SELECT total(undone) FROM actions), (SELECT count(*) FROM actions)"
        )
        return tuple(int(value) for value in self._file.all(sql)[0])

    def themes(self) -> list[Theme]:
        """Return what the merchant said about themes."""
        rows = self._file.all(f"SELECT id, {_THEME} FROM themes ORDER BY id")
        return [
            Theme(key, name, merged, tuple(json.loads(words or "[]")), bool(hidden), id)
            for id, key, name, merged, words, hidden in rows
        ]

    def set_theme(self, theme: Theme) -> None:
        """Keep what the merchant says about a theme, in place of what was said before."""
        self._file.require_action()
        id = int.from_bytes(hashlib.sha256(theme.key.encode()).digest()[:6])
        words = json.dumps(theme.words, ensure_ascii=False) if theme.words else ""
        row = (theme.key, theme.name, theme.into, words, int(theme.hidden))
        if self._file.one("SELECT 1 FROM themes WHERE id = ?", (id,)):
            sql = 'UPDATE themes SET "key" = ?, name = ?, merged = ?, words = ?, hidden = ? WHERE id = ?'
            self._file.run(sql, (*row, id))
        else:
            self._file.run(f"INSERT INTO themes (id, {_THEME}) VALUES (?, ?, ?, ?, ?, ?)", (id, *row))

    def remove_theme(self, key: str) -> None:
        """Forget what the merchant said about a theme."""
        self._file.require_action()
        self._file.run('DELETE FROM themes WHERE "key" = ?', (key,))


def digest_of(review: Review) -> bytes:
    """Return what a reading is kept by: the same for the same words."""
    return hashlib.sha256(review.whole.encode("utf-8", "replace")).digest()[:12]


def _row(r: Review, mark: int) -> Row:
    named = json.dumps([r.named.handle, r.named.sku, r.named.number, r.named.title], ensure_ascii=False)
    return (
        r.product, r.source, r.key, r.stars, r.title, r.text, r.language, r.variant, r.author, r.written, r.place,
        r.reply, r.external, " ".join(r.marks), named if r.named else "",
        json.dumps(r.doubtful) if r.doubtful else "", mark, digest_of(r),
    )  # fmt: skip


def _review(row: Row) -> Review:
    (id, product, source, key, stars, title, text, language, variant, author, written, place, reply, external, marks,
     named, doubtful, _print, _digest) = row  # fmt: skip
    return Review(
        text, title, stars, Named(*json.loads(named)) if named else Named(), variant, author, written, language, place,
        reply, external, tuple(marks.split()), product, tuple(json.loads(doubtful or "[]")), source, key, id,
    )  # fmt: skip
