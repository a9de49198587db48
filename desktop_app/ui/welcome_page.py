"""The first run: language, a shop, the weights found here, and a first text that writes itself before one's eyes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any, Literal

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QStackedWidget, QVBoxLayout, QWidget
from shiboken6 import isValid

from desktop_app import words
from desktop_app.records import Counts, Progress, Weights
from desktop_app.ui import local, places
from desktop_app.ui.choices import ChoiceCard
from desktop_app.ui.desk import Desk
from desktop_app.ui.importing.choose import DropZone
from desktop_app.ui.page import Page
from desktop_app.ui.trail import Trail
from desktop_app.ui.widgets import Button, Card, LengthBar, Text, column, footer, row
from desktop_app.ui.widgets.notice import Notice
from desktop_app.words import _

LANGUAGE, SHOP, WEIGHTS, FIRST = range(4)
_step_kept = LANGUAGE  # the page is made anew when the language changes


def offer(desk: Desk) -> None:
    """Show the first-run page to somebody new whose shop is empty; anybody else stays where they are."""
    if desk.settings.welcomed or places.known("welcome") is None:
        return

    def counted(counts: Counts) -> None:
        if not counts.products and not counts.archived:
            desk.go("welcome")
        else:
            _greeted(desk)

    desk.ask(lambda shop: shop.counts(), counted)


class WelcomePage(Page):
    """Four short steps; each can be skipped, and all of them at once."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, _("Welcome"))
        self._files: list[Path] = []
        self.trail = Trail((_("Language"), _("Your shop"), _("What writes"), _("A first text")))
        self.header.addStretch(1)
        self.header.addWidget(self.trail)
        self.steps = QStackedWidget()
        for step in (self._build_language(), self._build_shop(), self._build_weights(), self._build_first()):
            self.steps.addWidget(step)
        self.back = Button(_("Back"), lambda: self.show_step(self.trail.at - 1))
        self.skip = Button(_("Skip all this"), self.skip_all, kind="quiet")
        self.next = Button("", self.go_on, kind="main")
        self.far, self.bar = Text(tone="muted"), LengthBar(220)
        self.bar.setAccessibleName(_("Progress"))
        foot = footer(row(self.back, self.bar, self.far, None, self.skip, self.next, gap=12, margins=(24, 12, 24, 12)))
        self._make_ready(False)
        whole = QWidget()
        whole.setObjectName("plain")
        box = column(gap=0)
        box.addWidget(self.steps, 1)
        box.addWidget(foot)
        whole.setLayout(box)
        self.set_full(whole)
        self.show_full()
        desk.weights_known.connect(self._show_weights)
        self._show_weights(desk.weights)
        self.show_step(_step_kept)

    def arrive(self, **where: Any) -> None:
        """Begin where the keyboard is expected."""
        # Soon: made anew in another language, the page is not seen yet, and what is not seen takes no keyboard.
        QTimer.singleShot(0, self, self._focus)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go on with Return, wherever the keyboard is."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self.go_on()
        else:
            super().keyPressEvent(event)

    def show_step(self, step: int) -> None:
        """Show one of the four."""
        global _step_kept
        _step_kept = step
        self.trail.show_step(step)
        self.steps.setCurrentIndex(step)
        self.back.setVisible(step != LANGUAGE)
        self.next.setText(_("Continue") if step != self._last else self._last_words())
        self._focus()

    def go_on(self) -> None:
        """Go to the next step, and after the last one to the products."""
        if self.trail.at != self._last:
            self.show_step(self.trail.at + 1)
            return
        self.finish()

    def finish(self) -> None:
        """Do what was chosen and go there."""
        self._end()
        chosen = self._shops.checkedId()
        if chosen == 1 and self._files:
            self.desk.go("import", paths=self._files)
        elif chosen == 1:
            self.desk.go("import")
        elif chosen == 2:
            self.desk.go("products")
        else:
            self._open_sample()

    def skip_all(self) -> None:
        """Go straight to work; nothing is opened and nothing is changed."""
        self._end()
        self.desk.go("today")

    @property
    def _last(self) -> int:
        """The last step: only in the sample shop is there a product to write for at once."""
        return FIRST if max(self._shops.checkedId(), 0) == 0 else WEIGHTS

    # --- the four steps ---

    def _build_language(self) -> QWidget:
        self._languages = QButtonGroup(self)
        self.language_cards: dict[str, ChoiceCard] = {}
        # Each in its own language: who cannot read the other one must find theirs.
        sentences = {"en": "The window and new texts in English.", "zh": "界面和新写的文字都用中文。"}
        codes: tuple[Literal["en", "zh"], ...] = ("en", "zh")
        for number, code in enumerate(codes):
            card = ChoiceCard(words.LANGUAGES[code], sentences[code])
            card.setChecked(code == words.language())
            self._languages.addButton(card, number)
            self.language_cards[code] = card
            card.clicked.connect(partial(self._speak, code))
        title = _("掌柜 writes your product texts, here on this computer")
        text = _(
            "From your own product data, checked against your own facts, and nothing leaves "
            "this computer. You approve every text; everything can be undone."
        )
        return _step(title, text, *self.language_cards.values())

    def _build_shop(self) -> QWidget:
        self._shops = QButtonGroup(self)
        self.shop_cards = (
            ChoiceCard(
                _("Look around in the sample shop"),
                _("About 30 products, some without a description. Nothing of yours is touched."),
            ),
            ChoiceCard(
                _("Bring in my own products"),
                _("The product file of your shop system: Shopify, WooCommerce, or any table."),
            ),
            ChoiceCard(_("Start with an empty shop"), _("Add products by hand, one by one.")),
        )
        for number, card in enumerate(self.shop_cards):
            self._shops.addButton(card, number)
        self.shop_cards[0].setChecked(True)
        for card in self.shop_cards:
            card.toggled.connect(lambda _on: self.trail.show_first(self._last + 1))
        self.zone = DropZone("", _("Drop the file here, or choose it"), _("Choose a file…"), self._take)
        self.zone.title.hide()
        self.zone.button.setProperty("kind", "")
        self.zone.setMinimumHeight(170)
        self.zone.hide()
        self.shop_cards[1].toggled.connect(self.zone.setVisible)
        return _step(
            _("Which shop do you want to begin with?"), "", *self.shop_cards[:2], self.zone, self.shop_cards[2]
        )

    def _build_weights(self) -> QWidget:
        self.writer = Text("", strong=True, wrap=True)
        self.can = Text("", tone="muted", wrap=True)
        self.other = Button(_("Fetch or choose better weights…"), self._other_weights)
        card = Card(gap=4)
        card.body.addWidget(self.writer)
        card.body.addWidget(self.can)
        promise = Text(
            _(
                "Texts from the facts alone always work, in English and "
                "Chinese. You can change what writes at any time."
            ),
            "small",
            tone="muted",
            wrap=True,
        )
        return _step(_("What writes the texts"), "", card, promise, row(self.other, None))

    def _build_first(self) -> QWidget:
        self._firsts = QButtonGroup(self)
        self.first_cards = (
            ChoiceCard(
                _("Write a first description"), _("For one product of the sample shop; you see it being written.")
            ),
            ChoiceCard(_("Only look around"), _("Nothing is written before you press a button.")),
        )
        for number, card in enumerate(self.first_cards):
            self._firsts.addButton(card, number)
        self.first_cards[0].setChecked(True)
        text = _(
            "What the weights write is held against the facts of the product. You approve it, change it or undo it."
        )
        return _step(_("A first text"), text, *self.first_cards)

    # --- what is chosen ---

    def _speak(self, code: Literal["en", "zh"], _on: bool = True) -> None:
        if code != words.language():
            self.desk.change_settings(replace(self.desk.settings, language=code))

    def _take(self, files: Sequence[Path]) -> None:
        self._files = list(files)
        self.zone.text.setText(", ".join(path.name for path in files))
        self.show_step(WEIGHTS)

    def _show_weights(self, weights: Weights | None) -> None:
        if not isValid(self):
            return
        if weights is None:
            self.writer.setText(_("No weights were found here"))
            self.can.setText(
                _(
                    "Texts are made from the facts of each product: plain, correct, "
                    "in English and Chinese. Weights can be added later."
                )
            )
            return
        self.writer.setText(_("{name}, found on this computer", name=weights.name))
        more = (
            _("{size}. Small and quick.", size=local.size(weights.size))
            if weights.starter
            else f"{local.size(weights.size)}."
        )
        self.can.setText(f"{more} {_writes(weights)}")

    def _other_weights(self) -> None:
        self.desk.go("weights")
        text = _("Choose or add weights here, then go on with the first steps.")
        self.desk.tell(Notice(text, button=_("Go on"), run=lambda: self.desk.go("welcome")))

    def _open_sample(self) -> None:
        from desktop_app.ui import actions

        desk = self.desk
        path, write = actions.sample_path(), self._firsts.checkedId() == 0
        self._make_ready(True)
        desk.open(
            path, made=_make_sample, then=lambda: _first_text(desk, write=write), event=self._made,
            failed=lambda: self._make_ready(False),
        )  # fmt: skip

    def _make_ready(self, on: bool) -> None:
        """Say that the sample shop is being made, which takes some seconds, in place of the buttons."""
        if not isValid(self):
            return
        for part in (self.far, self.bar):
            part.setVisible(on)
        self.back.setVisible(not on and self.trail.at != LANGUAGE)
        self.skip.setVisible(not on)
        self.next.setEnabled(not on)
        self.far.setText(_("Making the sample shop …"))
        self.bar.show_share(0.05)

    def _made(self, event: Any) -> None:
        if isinstance(event, Progress) and event.total and isValid(self):
            self.bar.show_share(max(event.done / event.total, 0.05))
            self.far.setText(f"{_('Making the sample shop …')} {event.what}".strip())

    def _last_words(self) -> str:
        return (_("Open the sample shop"), _("Import"), _("Open my shop"))[max(self._shops.checkedId(), 0)]

    def _end(self) -> None:
        global _step_kept
        _step_kept = LANGUAGE
        _greeted(self.desk)

    def _focus(self) -> None:
        if self.isVisible():
            chosen = self.shop_cards[max(self._shops.checkedId(), 0)]
            first = self.first_cards[max(self._firsts.checkedId(), 0)]
            target = (self.language_cards[words.language()], chosen, self.next, first)[self.trail.at]
            QTimer.singleShot(0, target, target.setFocus)


def _step(title: str, text: str, *parts: Any) -> QWidget:
    inside = QWidget()
    inside.setObjectName("plain")
    inside.setMaximumWidth(560)
    inside.setMinimumWidth(420)
    box = QVBoxLayout(inside)
    box.setContentsMargins(0, 0, 0, 0)
    box.setSpacing(8)
    box.addStretch(2)
    box.addWidget(Text(title, "title", strong=True, wrap=True))
    if text:
        box.addWidget(Text(text, tone="muted", wrap=True))
    box.addSpacing(8)
    for part in parts:
        box.addWidget(part) if isinstance(part, QWidget) else box.addLayout(part)
    box.addStretch(3)
    whole = QWidget()
    whole.setObjectName("plain")
    middle = row(gap=0, margins=(24, 16, 24, 16))
    middle.addStretch(1)
    middle.addWidget(inside, 12)
    middle.addStretch(1)
    whole.setLayout(middle)
    return whole


def _writes(weights: Weights) -> str:
    from desktop_app.weights import can_write

    if can_write(weights, "zh"):
        return _("Writes English and Chinese.")
    return _("Writes English. Chinese texts are made from the facts alone, or by larger weights you add later.")


def _make_sample(path: Path) -> Iterator[Progress]:
    from desktop_app.tasks import shops

    return shops.make_sample(path)


def _first_text(desk: Desk, *, write: bool) -> None:
    """Stand on a product without a description and begin to write one, or leave that to the button beside it."""

    def found(ids: list[int]) -> None:
        desk.go("products", **({"product": ids[0], "write": write} if ids else {}))

    desk.ask(lambda shop: list(shop.search(text="missing")[:1]), found)


def _greeted(desk: Desk) -> None:
    desk.change_settings(replace(desk.settings, welcomed=True))
