"""What every page works with: the open shop, the queues, notices, long work, and the way to other pages."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer, Signal

from desktop_app import settings as store
from desktop_app.settings import Settings
from desktop_app.tasks import connections
from desktop_app.ui import daily, describing, shop_facts, weights_fetching
from desktop_app.ui.commands import Commands
from desktop_app.ui.longwork import LongWork
from desktop_app.ui.past import Past
from desktop_app.ui.shop_facts import ShopFacts
from desktop_app.ui.unfinished import Unfinished
from desktop_app.ui.widgets.notice import Notice
from desktop_app.ui.worker import Job, Work, Worker

if TYPE_CHECKING:
    from desktop_app.records import Action, Counts, Weights, Wishes
    from desktop_app.shop import Shop

log = logging.getLogger(__name__)

_LOOK_AGAIN = 2000  # milliseconds between two looks whether the command line wrote to the shop


class Desk(QObject):
    """Nothing here blocks: every question is answered later, on the window's thread."""

    opened = Signal()  # another shop is open
    refused = Signal(str)  # why a shop could not be opened while none is open
    changed = Signal()  # something in the shop file is different
    counted = Signal(object)  # Counts
    said = Signal(str, bool)  # a sentence for the strip, and whether Undo stands beside it
    noticed = Signal(object)  # Notice for the page that is shown
    going = Signal(str, object)  # a page and what to show there
    weights_known = Signal(object)  # Weights | None
    settings_changed = Signal(object, object)  # before, now
    locked = Signal(object, object)  # the path of a shop whose password is wanted, and what to do once it is given
    renamed = Signal()  # the shop's own name, currency, time zone or language is another one

    def __init__(self, settings: Settings, engines: Callable[[Settings], Any] | None = None) -> None:
        super().__init__()
        self.settings = settings
        self._engines = engines  # who makes the engine, where it is not the usual one
        self.commands = Commands()
        self.shop: ShopFacts | None = None
        self.counts: Counts | None = None
        self.weights: Weights | None = None
        self.resumers: dict[str, Callable[[dict[str, Any]], object]] = {
            "fetch": lambda kept: weights_fetching.go_on(self, kept),
            "answers": lambda kept: self.go("messages", draft=True),
        }
        self.reading = Worker("reading", self.oops, holds=True)
        self.writing = Worker("writing", self.oops, finishes=True)
        self.long = Worker("long writing", self.oops)
        self.files = Worker("files in and out", self.oops)
        self.network = Worker("fetching", self.oops)  # a download runs beside everything
        self.quick = Worker("one text", self.oops)  # the one text somebody is watching; never behind a long job
        self.ahead = Worker("files looked at", self.oops)  # nor does a file wait for the text
        self.looking = Worker("pictures", self.oops)
        # In the order in which they are closed; the one that holds the lock on the shop goes last.
        self.workers = (
            self.quick,
            self.ahead,
            self.network,
            self.files,
            self.long,
            self.writing,
            self.looking,
            self.reading,
        )
        self.work = LongWork({"writing": self.long, "files": self.files, "network": self.network}, self)
        self.night = describing.Night(self)
        self.unfinished = Unfinished(self)
        self.work.held.connect(self.night.by_hand)
        self._connections = connections.made()  # those that are in the settings already
        self._engine: Any = None
        self._engine_lock = threading.Lock()
        self.past = Past(self)
        self.undo, self.redo = self.past.undo, self.past.redo
        self._version: int | None = None
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(700)
        self._soon.timeout.connect(self.touched)
        self._daily = daily.DailyBackup(self)
        self._watch = QTimer(self)
        self._watch.setInterval(_LOOK_AGAIN)
        self._watch.timeout.connect(self._look)

    @property
    def busy(self) -> bool:
        """Tell whether anything runs or waits."""
        return any(worker.busy for worker in self.workers)

    # --- reading and writing ---

    def ask(
        self, read: Callable[[Shop], Any], then: Callable[[Any], object], *, key: str = "", failed: Any = None
    ) -> Job:
        """Read from the shop and hand the answer to ``then``; of several with one ``key`` the newest is answered."""
        return self.reading.submit(Job(lambda shop, stop: read(shop), done=then, failed=failed, key=key))

    def reckon(
        self, read: Callable[[Shop], Any], then: Callable[[Any], object], *, key: str = "", failed: Any = None
    ) -> Job:
        """Do what ``ask`` does on another thread: what takes its time keeps no page waiting."""
        return self.ahead.submit(Job(lambda shop, stop: read(shop), done=then, failed=failed, key=key))

    def do(
        self,
        task: Callable[[Shop], Any],
        *,
        said: str = "",
        then: Callable[[Any], object] | None = None,
        failed: Callable[[str], object] | None = None,
        back: Callable[[Shop], Action] | None = None,
        about: int = 0,
    ) -> Job:
        """Run a short task that writes; afterwards the pages look again and ``said`` stands with Undo for a while.

        ``back`` is the opposite of a decision about the draft ``about``, for an Undo that comes when other things
        were done since.
        """

        def done(result: Any) -> None:
            from desktop_app.records import Action

            self.touched()
            if back is not None and isinstance(result, Action):
                self.past.decided(result, back, about)
            if said:
                self.past.will_say(with_back=back is not None)
                self.said.emit(said, True)
            if then is not None:
                then(result)

        return self.writing.submit(Job(lambda shop, stop: task(shop), done=done, failed=failed))

    def stream(self, work: Work, **hear: Any) -> Job:
        """Run a task that somebody watches, such as one text being written; see ``Job`` for whom to tell."""
        return self.quick.submit(Job(work, **hear))

    def look_ahead(self, work: Work, **hear: Any) -> Job:
        """Run a task that looks at a file and that somebody watches; see ``Job`` for whom to tell."""
        return self.ahead.submit(Job(work, **hear))

    def warm_up(self) -> None:
        """Do ahead, elsewhere, what the first look at a product would wait a second for."""
        from desktop_app.language import facts

        self.quick_look(lambda: facts.kind_of("Weight", "2 kg"), lambda _kind: None)

    def quick_look(self, read: Callable[[], Any], then: Callable[[Any], object]) -> Job:
        """Read something that is no shop, such as a picture file, elsewhere."""
        return self.looking.submit(Job(lambda shop, stop: read(), done=then, failed=lambda why: None))

    def without_shop(
        self, read: Callable[[], Any], then: Callable[[Any], object], failed: Callable[[str], object]
    ) -> Job:
        """Do something that needs no open shop, elsewhere."""
        return self.looking.submit(Job(lambda shop, stop: read(), done=then, failed=failed))

    def touched(self) -> None:
        """Say that the shop file is different now."""
        self.count()
        if self.shop is not None:
            self.ask(shop_facts.read, self._learn, key="facts")
        self.changed.emit()

    def changed_soon(self) -> None:
        """Say so too, but not more often than the eye can follow; for work that saves many things."""
        if not self._soon.isActive():
            self._soon.start()

    def count(self) -> None:
        """Count what stands in the navigation and on the Today page."""
        if self.shop is not None:
            self.ask(lambda shop: shop.counts(), self._counted, key="counts")

    # --- talking ---

    def oops(self, text: str) -> None:
        """Show a failure nobody else waits for."""
        self.noticed.emit(Notice(text, "bad"))

    def tell(self, notice: Notice) -> None:
        """Show a notice at the top of the page."""
        self.noticed.emit(notice)

    def go(self, page: str, **where: Any) -> None:
        """Show another page; ``where`` says what there."""
        self.going.emit(page, where)

    # --- shop files ---

    def open(
        self, path: Path, *, made: Callable[[Path], Any] | None = None, then: Any = None,
        event: Callable[[Any], object] | None = None, failed: Callable[[], object] | None = None,
    ) -> None:  # fmt: skip
        """Open the shop at ``path``; the one in use stays open if that fails.

        ``made`` makes it first, and ``event`` hears how far that is; ``failed`` is called beside what is said.
        """

        def refuse(why: str) -> None:
            self._refuse(why)
            if failed is not None:
                failed()

        def unlocked(go_on: Callable[[], object]) -> None:
            def known(locked: bool) -> None:
                self.locked.emit(path, go_on) if locked else go_on()

            self.reading.submit(Job(lambda shop, stop: _is_locked(path), done=known, failed=refuse))

        def begin() -> None:
            self.reading.open(path, lambda _: self._opened(path, then), refuse)

        def make() -> None:
            self.reading.submit(
                Job(lambda shop, stop: made and made(path), done=lambda _: unlocked(begin), failed=refuse, event=event)
            )

        unlocked(begin if made is None else make)

    def _refuse(self, why: str) -> None:
        self.oops(why) if self.shop is not None else self.refused.emit(why)

    def let_go(self, then: Callable[[], object]) -> None:
        """Close the shop file on every thread, then go on; ``reopen`` opens it again."""
        self._watch.stop()
        self._daily.end()
        left = [len(self.workers)]

        def gone(_result: object) -> None:
            left[0] -= 1
            if not left[0]:
                then()

        for worker in self.workers:
            worker.use(None)
            worker.submit(Job(lambda shop, stop: None, done=gone))

    def reopen(self, path: Path, then: Callable[[], object]) -> None:
        """Open the shop again after ``let_go``, and go on."""
        self.reading.open(path, lambda _: self._opened(path, then), self.oops)

    def _opened(self, path: Path, then: Callable[[], object] | None) -> None:
        for worker in (self.long, self.files, self.quick, self.ahead, self.writing):
            worker.use(path)
        self._version = None
        self.past.forget()

        def known(facts: ShopFacts) -> None:
            self.shop = facts
            self.change_settings(store.remember_shop(self.settings, path))
            self.opened.emit()
            self.touched()
            self._watch.start()
            self._daily.begin()
            self.night.begin()
            if then is not None:
                then()

        self.ask(shop_facts.read, known)

    # --- settings and engine ---

    def change_settings(self, settings: Settings) -> None:
        """Use and keep other settings."""
        before, self.settings = self.settings, settings
        if settings == before:
            return
        store.save(settings)
        if not store.same_engine(settings, before):
            self.drop_engine()
            self.find_weights()
        self.settings_changed.emit(before, settings)

    def find_weights(self) -> None:
        """Find out which weights write here."""
        settings = self.settings

        def look(_shop: object, _stop: object) -> Weights | None:
            from desktop_app.tasks import engines

            return engines.chosen_weights(settings)

        self.looking.submit(Job(look, done=self._weights_found, key="weights"))

    def engine(self) -> Any:
        """Return the engine, made when it is first wanted; called on a worker's thread. None without weights."""
        with self._engine_lock:
            if self._engine is None:
                self._engine = (self._engines or _usual_engine)(self.settings)
            return self._engine

    @property
    def is_ready(self) -> bool:
        """Tell whether the weights are loaded, so that a text begins at once."""
        return self._engine is not None and bool(getattr(self._engine, "alive", True))

    def make_ready(self, wishes: Wishes) -> None:
        """Load the weights before they are asked to write, if they are what would write."""
        from desktop_app import weights

        able = self.weights is not None and weights.can_write(self.weights, wishes.language)
        if able and wishes.writer != "plain" and not self.is_ready and not self.quick.busy:
            # What goes wrong is said by the text that is asked for next, to somebody who waits for it.
            self.quick.submit(Job(lambda shop, stop: self.engine().about(), failed=lambda why: None))

    def drop_engine(self) -> None:
        """Let go of the engine; the next text starts a new one."""
        with self._engine_lock:
            engine, self._engine = self._engine, None
        if engine is not None:
            threading.Thread(target=engine.close, daemon=True).start()

    def close(self) -> None:
        """Stop everything cleanly; what a long job had still to do is remembered."""
        self._watch.stop()
        self._daily.end()
        self.night.end()
        self.count_connections()
        self.unfinished.keep()
        for worker in self.workers:
            worker.close()
        engine, self._engine = self._engine, None
        if engine is not None:
            engine.close()

    def count_connections(self) -> int:
        """Return how many connections were ever opened here, and remember it."""
        fresh, self._connections = connections.made() - self._connections, connections.made()
        if fresh:
            self.change_settings(replace(self.settings, connections=self.settings.connections + fresh))
        return self.settings.connections

    # --- inside ---

    def _learn(self, facts: ShopFacts) -> None:
        if self.shop is not None and facts.path == self.shop.path and facts != self.shop:
            self.shop = facts
            self.renamed.emit()
            self.changed.emit()

    def _counted(self, counts: Counts) -> None:
        self.counts = counts
        self.counted.emit(counts)

    def _weights_found(self, weights: Weights | None) -> None:
        self.weights = weights
        self.weights_known.emit(weights)

    def _look(self) -> None:
        self.count_connections()
        if not self.reading.busy:
            self.ask(lambda shop: shop.version(), self._compare, key="version")

    def _compare(self, version: int) -> None:
        before, self._version = self._version, version
        if before is not None and version != before:
            self.touched()


def _is_locked(path: Path) -> bool:
    from desktop_app.tasks import locking  # late: the first window does not wait for the database

    return locking.needs_password(path)


def _usual_engine(settings: Settings) -> Any:
    from desktop_app.tasks import engines

    return engines.engine_for(settings)
