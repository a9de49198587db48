"""Texts made of reviews, asked for from the page: each is a task in the strip at the bottom, with a stop."""

from __future__ import annotations

import threading
from collections.abc import Generator, Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from desktop_app.errors import UserError
from desktop_app.records import Note
from desktop_app.ui.commands import Command
from desktop_app.ui.widgets.notice import Notice
from desktop_app.words import _, several
from desktop_app.words import language as spoken

if TYPE_CHECKING:
    from desktop_app.shop import Shop
    from desktop_app.ui.desk import Desk
    from desktop_app.ui.page import Page
    from desktop_app.ui.reviews.page import ReviewsPage


def offer(page: ReviewsPage) -> None:
    """Put what the page can do on the list of all actions."""
    able = lambda: page.isVisible() and page.row is not None  # noqa: E731
    for key, name, run in (
        ("words", "Say this summary in the program's own words", page.write_summary),
        ("page", "Write what customers say for the product page", page.write_page),
        ("replies", "Draft answers to the reviews shown", page.write_replies),
        ("themes", "Look for more themes in the reviews", page.find_themes),
        ("paper", "Save these reviews as one page (PDF)…", page.save_paper),
    ):
        page.desk.commands.add(Command(f"reviews.{key}", name, run, can=able))


def summaries(desk: Desk, page: Page, version: str, products: Sequence[int]) -> None:
    """Write what the reviews of these products say in the weights' own words; kept until a figure changes."""
    language = spoken()

    def work(shop: Shop, stop: threading.Event) -> Iterator[Any]:
        from desktop_app.tasks.review_index import ReviewIndex
        from desktop_app.tasks.review_writing import write_summaries

        engine = yield from _engine(desk)
        index = ReviewIndex(shop, version)
        yield from write_summaries(shop, engine, index, version, stop, products=products, language=language)

    def heard(event: Any) -> None:
        if isinstance(event, Note):
            desk.tell(Notice(event.text))
        elif hasattr(event, "own") and hasattr(event, "asked"):
            _said(desk, event.count)

    desk.work.start(_("Writing summaries"), work, event=heard, failed=partial(_failed, page), lane="writing")


def _said(desk: Desk, count: int) -> None:
    if count:
        one, many = "{count} summary is in the program's own words", "{count} summaries are in the program's own words"
        desk.said.emit(several(one, many, count), True)
    else:
        desk.said.emit(_("No sentence said only what was counted, so the plain text stands."), False)


def page_text(desk: Desk, page: Page, version: str, products: Sequence[int]) -> None:
    """Draft the text about its reviews for each product's page, into the review queue."""
    language = desk.shop.language if desk.shop else "en"

    def work(shop: Shop, stop: threading.Event) -> Iterator[Any]:
        from desktop_app.tasks.review_desk import ReviewDesk
        from desktop_app.tasks.review_texts import write_pages

        engine = yield from _engine(desk)
        own = ReviewDesk(version)  # this one writes on another thread
        yield from write_pages(shop, own, stop, products=products, language=language, engine=engine)

    def heard(event: Any) -> None:
        if isinstance(event, Note):
            desk.tell(Notice(event.text))
        elif hasattr(event, "too_few") and event.count:
            desk.said.emit(_("Drafted; it waits for you under Writing."), True)

    desk.work.start(_("Writing for the product page"), work, event=heard, failed=partial(_failed, page), lane="writing")


def themes(desk: Desk, page: Page) -> None:
    """Put together by meaning what fits no theme yet, and keep the commonest as themes; one undo takes all back."""
    settings = desk.settings

    def work(shop: Shop, stop: threading.Event) -> Iterator[Any]:
        from desktop_app.tasks.reading import open_reader, read_all
        from desktop_app.tasks.review_desk import ReviewDesk
        from desktop_app.tasks.review_found import find_themes

        reader, engine = open_reader(settings)
        try:
            yield from read_all(shop, reader, stop)
            yield from find_themes(shop, reader, ReviewDesk(reader.version), stop)
        finally:
            if engine is not None:
                engine.close()

    def heard(event: Any) -> None:
        if hasattr(event, "looked") and hasattr(event, "themes"):
            names = ", ".join(theme.name for theme, _count in event.themes)
            said = _("Found in {n} remarks: {names}", n=event.looked, names=names) if names else _(
                "{n} remarks fit no theme, and no three of them speak of the same.", n=event.looked)  # fmt: skip
            desk.said.emit(said, bool(event.themes))

    desk.work.start(_("Looking for themes"), work, event=heard, failed=partial(_failed, page))


def plain(desk: Desk, product: int) -> None:
    """Forget what weights wrote of a product."""
    language = spoken()

    def task(shop: Shop) -> object:
        from desktop_app.tasks import review_writing

        return review_writing.forget(shop, [product], language)

    desk.do(task, said=_("The text built from the table is shown again."))


def _engine(desk: Desk) -> Generator[Note, None, Any]:
    """Return the engine, None (and say why) where the chosen weights are gone: the table is told without them."""
    try:
        return desk.engine()
    except UserError as why:
        yield Note(str(why))
        return None


def _failed(page: Page, why: str) -> None:
    page.tell(Notice(why, "bad"))
