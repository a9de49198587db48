"""The Reviews page: products at the left, what their customers say at the right; no review is ever made up."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QMenu, QWidget

from desktop_app.records import Progress
from desktop_app.tasks import review_themes
from desktop_app.tasks.review_desk import UNLINKED, Overview, ReviewDesk, Reviewed
from desktop_app.ui import local
from desktop_app.ui.page import Page
from desktop_app.ui.reviews import looking, marking, saving, writing
from desktop_app.ui.reviews.panel import AT_ONCE, ReviewPanel, Seen
from desktop_app.ui.reviews.products import ReviewedList, ReviewedModel
from desktop_app.ui.widgets import Button, EmptyState, Hairline, IconButton, SearchField, row
from desktop_app.ui.widgets.notice import Notice
from desktop_app.words import _, several
from desktop_app.words import language as spoken

if TYPE_CHECKING:
    from desktop_app.shop import Shop
    from desktop_app.ui.desk import Desk

WIDE, NARROW = 280, 220


class ReviewsPage(Page):
    """The list at the left, what they say at the right; everything filters as one picks."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, _("Reviews"))
        from desktop_app.tasks.reading import version_here

        self.columns = ReviewDesk(version_here())
        self.model = ReviewedModel()
        self.list = ReviewedList(self.model)
        self.panel = ReviewPanel(desk)
        self._many = AT_ONCE
        self._pinned: int | None = None
        self._product: int | None = None
        self._reading: Any = None
        self._waits: Notice | None = None  # the notice of what waits to be done
        self._ahead = False  # the sample's reviews were begun to be read
        self._build()
        writing.offer(self)
        slash = QShortcut(QKeySequence("/"), self)
        slash.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        slash.activated.connect(self.search.setFocus)
        self.show_loading()

    def _build(self) -> None:
        self.search = SearchField(_("Search in the reviews…"))
        self.search.setMinimumWidth(160)
        self.search.setMaximumWidth(280)
        self.search.searched.connect(lambda _text: self._begin())
        self.landing = self.list
        self.search.left.connect(self.list.setFocus)
        self.header.addSpacing(12)
        self.header.addWidget(self.search, 9)
        self.header.addStretch(1)
        self.more = IconButton("ellipsis", _("More"))
        self.more.clicked.connect(self._more)
        self.header.addWidget(Button(_("Import…"), lambda: self.desk.go("reviews-import")))
        self.header.addWidget(self.more)
        self.list.setFixedWidth(WIDE)
        self.list.moved.connect(self._choose)
        self.panel.filtered.connect(self._begin)
        self.panel.more.connect(self._further)
        self.panel.opened.connect(self._open)
        self.panel.asked.connect(self._asked)
        self.panel.theme_changed.connect(self._change_theme)
        self.panel.page_wanted.connect(self.write_page)
        self.panel.words_wanted.connect(self.write_summary)
        self.panel.plain_wanted.connect(self.plain_again)
        self.panel.themes_wanted.connect(self.find_themes)
        self.panel.replies_wanted.connect(self.write_replies)
        whole = QWidget()
        line = row(self.list, Hairline(upright=True), self.panel, gap=0)
        line.setStretch(2, 1)
        whole.setLayout(line)
        self.set_full(whole)

    # --- what the window asks ---

    def arrive(
        self, product: int | None = None, stars: tuple[int, ...] | None = None, days: int = 0, polarity: str = "",
        read: bool = False, **where: Any,
    ) -> None:  # fmt: skip
        """Show the reviews, perhaps those of one product, or the bad ones of the last days of all products; ``read``
        begins to read what came in."""  # fmt: skip
        if product is not None:
            self._product = product
        if stars is not None or polarity:
            self._product = product
            self.panel.filters.clear()
            self.panel.filters.ask_span(days)
            self.panel.filters.ask_blame() if polarity else self.panel.filters.ask_stars(stars or ())
        self.refresh()
        if read:
            self.read()

    def refresh(self) -> None:
        """Look at the shop again."""
        self.desk.ask(self.columns.overview, self._show, key="reviews", failed=self._fail)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the list what the window can spare."""
        super().resizeEvent(event)
        self.list.setFixedWidth(WIDE if self.width() >= 1000 else NARROW)

    # --- the list ---

    def _fail(self, why: str) -> None:
        self.show_failed(why, self.refresh)

    def _show(self, found: Overview) -> None:
        if not found.rows:
            self.show_empty(self._nothing_yet())
            return
        self.show_full()
        self.subtitle.setText(local.number(found.rows[0].count))
        self.subtitle.setAccessibleName(several("{count} review", "{count} reviews", found.rows[0].count))
        self.model.show(found.rows)
        places = [one.product for one in found.rows]
        at = places.index(self._product) if self._product in places else 0
        if self.list.currentIndex().row() != at:
            self.list.setCurrentIndex(self.model.index(at))
        self._look()
        self._tell(found)

    def _tell(self, found: Overview) -> None:
        """Say what waits to be done; a notice that is about something else stays."""
        if self.notices.notice is not None and self.notices.notice is not self._waits:
            return
        self._waits = None
        if found.unread and found.sample and not self._ahead:
            self._ahead = True  # the sample's are read by themselves, as what comes in from a file is
            self.read()
        elif found.unread and self._reading is None:
            said = local.counted(
                several("{count} review has not been read yet.", "{count} reviews have not been read yet.",
                        found.unread),
                found.unread,
            )  # fmt: skip
            self._waits = Notice(said, "info", button=_("Read now"), run=self.read)
        elif found.doubtful:
            said = several("{count} review may be about one of several products.",
                           "{count} reviews may be about one of several products.", found.doubtful)  # fmt: skip
            self._waits = Notice(said, "caution", button=_("Say which"), run=self._show_loose)
        self.tell(self._waits) if self._waits is not None else self.notices.clear()

    def _show_loose(self) -> None:
        self._product = UNLINKED
        self.refresh()

    def _choose(self) -> None:
        row_ = self.row
        if row_ is not None and row_.product != self._product:
            self._product = row_.product
            self.panel.filters.clear()
            self.panel.verticalScrollBar().setValue(0)
            self._begin()

    @property
    def row(self) -> Reviewed | None:
        """Return the line of the list that is looked at."""
        at = self.list.currentIndex().row()
        return self.model.rows[at] if 0 <= at < len(self.model.rows) else None

    # --- what is looked at ---

    def _begin(self) -> None:
        self._many, self._pinned = AT_ONCE, None
        self._look()

    def _further(self) -> None:
        self._many += AT_ONCE
        self._look()

    def _open(self, review: int, theme: str) -> None:
        self._pinned = review
        self._look()

    def _look(self) -> None:
        row_ = self.row
        if row_ is None:
            return
        asked, typed = self.panel.filters.asked(row_.product), self.search.text()
        many, pinned, columns = self._many, self._pinned, self.columns
        language = spoken()

        def look(shop: Shop) -> Seen:
            found = columns.look(shop, asked, words=typed, language=language)
            return looking.seen_of(shop, columns, row_, found, many=many, pinned=pinned, language=language)

        self.desk.ask(look, self.panel.show_seen, key="reviews.look", failed=self._fail)

    # --- what the merchant does ---

    def read(self) -> None:
        """Read what nobody has read yet, in the strip at the bottom; what is read is kept, so a stop loses nothing."""
        if self._reading is None:
            settings = self.desk.settings

            def work(shop: Shop, stop: threading.Event) -> Iterator[Progress]:
                from desktop_app.tasks.reading import read_here

                yield from read_here(settings, shop, stop)

            self.notices.clear()
            self._reading = self.desk.work.start(_("Reading reviews"), work, done=self._read, failed=self._unread)

    def _read(self, _event: Any) -> None:
        self._reading = None
        self.refresh()

    def _unread(self, why: str) -> None:
        self._reading = None
        self.tell(Notice(why, "bad", button=_("Try again"), run=self.read))

    def _asked(self, what: str, review: int, product: int) -> None:
        if what == "reply":
            self._reply([review])
        elif what == "link":

            def link(shop: Shop) -> object:
                from desktop_app.tasks import import_reviews

                return import_reviews.link(shop, [review], product)

            self.desk.do(link, said=_("Kept. The review counts for this product."))
        elif what == "remove":

            def remove(shop: Shop) -> object:
                from desktop_app.tasks import import_reviews

                return import_reviews.remove(shop, [review])

            self.desk.do(remove, said=_("The review was removed."))
        elif what in {"count", "aside"}:
            marking.decide(self.desk, [review], spam=what == "aside")

    def write_page(self) -> None:
        """Draft the text about its reviews for the product's page, into the review queue."""
        row_ = self.row
        if row_ is not None and row_.product is not None:
            writing.page_text(self.desk, self, self.columns.version, [row_.product])

    def write_summary(self) -> None:
        """Say what is looked at in the weights' own words, in the strip at the bottom."""
        row_ = self.row
        if row_ is not None and row_.product is not None and row_.product > 0:
            writing.summaries(self.desk, self, self.columns.version, [row_.product])

    def write_summaries(self) -> None:
        """Say it of every product with reviews."""
        products = [r.product for r in self.model.rows if r.product is not None and r.product > 0]
        writing.summaries(self.desk, self, self.columns.version, products)

    def plain_again(self) -> None:
        """Show the text built from the table in place of the weights' words."""
        row_ = self.row
        if row_ is not None and row_.product is not None:
            writing.plain(self.desk, row_.product)

    def find_themes(self) -> None:
        """Look for themes among what fits none, in the strip at the bottom."""
        writing.themes(self.desk, self)

    def write_replies(self) -> None:
        """Draft an answer to every review that is looked at, into the review queue."""
        seen = self.panel.seen
        if seen is not None:
            self._reply(seen.look.ids)

    def _reply(self, ids: Sequence[int]) -> None:
        version = self.columns.version

        def work(shop: Shop, stop: threading.Event) -> Any:
            from desktop_app.tasks import review_replies

            yield from review_replies.reply_to_reviews(shop, stop, reviews=ids, version=version)

        self.desk.work.start(_("Drafting answers"), work, event=self._replied,
                             failed=lambda why: self.tell(Notice(why, "bad")))  # fmt: skip

    def _replied(self, event: Any) -> None:
        if hasattr(event, "drafted"):
            said = several("{count} answer waits for you under Writing", "{count} answers wait for you under Writing",
                           event.drafted)  # fmt: skip
            passed = sum(n for _why, n in event.passed)
            if passed:
                said += "; " + several("{count} needs none", "{count} need none", passed)
            self.desk.said.emit(said, bool(event.drafted))

    def _change_theme(self, what: str, key: str, value: Any) -> None:
        task = {
            "rename": lambda shop: review_themes.rename(shop, key, value),
            "merge": lambda shop: review_themes.merge(shop, key, value),
            "split": lambda shop: review_themes.split(shop, key, value),
            "hide": lambda shop: review_themes.hide(shop, key),
            "forget": lambda shop: review_themes.forget(shop, key),
        }[what]
        if self.panel.filters.wanted_theme:
            self.panel.filters.ask_theme("", "")
        self.desk.do(task, said=_("Kept, for every product."), failed=lambda why: self.tell(Notice(why, "bad")))

    def _more(self) -> None:
        menu = QMenu(self)
        menu.addAction(_("Save this as one page (PDF)…"), self.save_paper)
        menu.addAction(_("Save the counted themes…"), self.save_themes)
        menu.addAction(_("Save the summaries…"), self.save_summaries)
        menu.addAction(_("Save the reviews…"), self.save_reviews)
        menu.addAction(_("Save the approved answers…"), self.save_replies)
        menu.addAction(_("Say every summary in the program's own words"), self.write_summaries)
        menu.addAction(_("Read again what is not read"), self.read)
        menu.addAction(_("Mark advertising again with today’s rules"), lambda: marking.mark_again(self.desk))
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(self.more.mapToGlobal(self.more.rect().bottomLeft()))

    def save_paper(self) -> None:
        """Ask where to, and print what is looked at as one page of figures, bars and quotes."""
        if self.panel.seen is not None:
            typed = self.search.text().strip()
            told = [self.panel.filters.told, _("with the words “{words}”", words=typed) if typed else ""]
            saving.paper(self.desk, self, self.columns, self.panel.seen, ", ".join(part for part in told if part))

    def save_themes(self) -> None:
        """Ask where to, and write what was counted of every product as a table."""
        saving.table(self.desk, self, self.columns, _("Save the counted themes"), "themes")

    def save_summaries(self) -> None:
        """Ask where to, and write the summary of every product as a table."""
        saving.table(self.desk, self, self.columns, _("Save the summaries"), "summaries")

    def save_reviews(self) -> None:
        """Ask where to, and write every review with what was read in it as a table."""
        saving.table(self.desk, self, self.columns, _("Save the reviews"), "reviews")

    def save_replies(self) -> None:
        """Ask where to, and write the approved answers with the reviews they answer."""
        saving.table(self.desk, self, self.columns, _("Save the approved answers"), "answers")

    def _nothing_yet(self) -> EmptyState:
        text = _(
            "Bring in the reviews that Judge.me, Yotpo, Okendo, Shopify, Amazon, Taobao or JD give you as a file, or "
            "paste them. They are read and counted on this machine. This program never makes up a review."
        )
        return EmptyState(
            "star", _("No reviews yet"), text, (_("Import reviews…"), lambda: self.desk.go("reviews-import"))
        )
