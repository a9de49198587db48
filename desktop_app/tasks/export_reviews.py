"""What was said and counted in reviews, as tables: the reviews, every theme with its figures, one summary a product."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from desktop_app.formats.reports import write_sheet, write_table
from desktop_app.shop import Shop
from desktop_app.tasks.review_desk import ReviewDesk
from desktop_app.tasks.summarise_reviews import summary_of
from desktop_app.words import _

BATCH = 2_000  # reviews held at once


def export_themes(shop: Shop, columns: ReviewDesk, path: Path, *, language: str = "en") -> int:
    """Write themes (CSV, or XLSX where the name ends so) and return how many rows; nothing of the shop is changed."""
    index = columns.index(shop)
    table: list[list[str]] = [[
        _("Product"), _("Theme"), _("Voices"), _("Praised"), _("Neutral"), _("Criticised"), _("Both"),
        _("Criticised, share"), _("Share, at least"), _("Share, at most"), _("Enough to count"), _("In their words"),
    ]]  # fmt: skip
    for product, _n in shop.reviewed_products():
        summary = summary_of(shop, index, columns.version, product, language)
        title = shop.product(product).title
        for theme in (*summary.themes, *summary.singles):
            low, found, high = theme.share
            quotes = " | ".join(quote.text for quote in theme.quotes)
            table.append([
                title, theme.name, str(theme.count), str(theme.positive), str(theme.neutral), str(theme.negative),
                str(theme.mixed), f"{found:.3f}", f"{low:.3f}", f"{high:.3f}", _("yes") if theme.enough else _("no"),
                quotes,
            ])  # fmt: skip
    (write_sheet if path.suffix.lower() == ".xlsx" else write_table)(table, path)
    return len(table) - 1


def export_summaries(shop: Shop, columns: ReviewDesk, path: Path, *, language: str = "en") -> int:
    """Write one summary a product (CSV or XLSX) and return how many; nothing of the shop is changed."""
    index = columns.index(shop)
    table = [[_("Product"), _("Reviews"), _("Stars"), _("Enough to say"), _("Summary")]]
    for product, _n in shop.reviewed_products():
        made = summary_of(shop, index, columns.version, product, language)
        stars = "" if made.rating is None else f"{made.rating:.2f}"
        table.append(
            [shop.product(product).title, str(made.count), stars, _("yes") if made.enough else _("no"), made.text]
        )
    (write_sheet if path.suffix.lower() == ".xlsx" else write_table)(table, path)
    return len(table) - 1


def export_reviews(shop: Shop, columns: ReviewDesk, path: Path, *, language: str = "en") -> int:
    """Write every review with what was read in it (CSV or XLSX) and return how many; nothing of the shop is changed."""
    index = columns.index(shop)
    titles = {product: shop.product(product).title for product, _n in shop.reviewed_products()}
    table = [[
        _("Product"), _("Stars"), _("Date"), _("Who wrote it"), _("Variant"), _("Language"), _("Headline"),
        _("The review"), _("Your answer"), _("Reads as"), _("Praised"), _("Criticised"), _("Counted"),
        _("Number of the review"),
    ]]  # fmt: skip
    ids, names = index.ids.tolist(), [index.name(key, language) for key in index.keys]
    for start in range(0, len(ids), BATCH):
        for n, (review, read) in enumerate(columns.shown(shop, ids[start : start + BATCH]), start):
            praise, blame = (", ".join(names[k] for k in np.flatnonzero(np.isin(index.said[n], codes)))
                             for codes in ((1, 3), (2, 3)))  # fmt: skip
            table.append([
                titles.get(review.product or 0, ""), "" if review.stars is None else f"{review.stars:g}",
                review.written[:10], review.author, review.variant, review.language, review.title, review.text,
                review.reply, _polarity(read.polarity) if read else "", praise,
                blame, _("no") if index.aside[n] else _("yes"), review.external,
            ])  # fmt: skip
    (write_sheet if path.suffix.lower() == ".xlsx" else write_table)(table, path)
    return len(table) - 1


def _polarity(key: str) -> str:
    return {"positive": _("praise"), "negative": _("criticism"), "mixed": _("both"), "neutral": _("neither")}[key]


EXPORTS = {"themes": export_themes, "summaries": export_summaries, "reviews": export_reviews}
