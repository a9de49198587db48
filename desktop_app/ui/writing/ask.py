"""Questions: for each product what its description and pictures tell, and what would help its text, one key each."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import islice
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QLineEdit, QWidget

from desktop_app.language.proposals import PICTURE, Proposal
from desktop_app.language.questions import Question
from desktop_app.records import Product
from desktop_app.ui.desk import Desk
from desktop_app.ui.page import Page
from desktop_app.ui.unsaved import Guard
from desktop_app.ui.widgets import Button, EmptyState, Text, at_left, column, footer, row
from desktop_app.ui.widgets.notice import Notice
from desktop_app.words import _, language

_AHEAD = 40  # products that are read at once; more come as these are done


@dataclass(frozen=True)
class Step:
    """One thing to be said about one product."""

    product: Product
    ask: Proposal | Question
    number: int  # of the questions of this product
    of: int

    @property
    def topic(self) -> str:
        """Name it, so that it is not asked again."""
        return self.ask.topic if isinstance(self.ask, Proposal) else f"question:{self.ask.role}"


class QuestionsPage(Page):
    """Return saves an answer, Y and N answer a proposal, Escape skips, Ctrl+D: does not apply, Ctrl+Z takes back."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, _("Questions"))
        self.steps: list[Step] = []
        self._ids: list[int] | None = None
        self._putting_right = False
        self._begun = ""  # what stood in the field before anything was typed
        self._stale = True
        self._build()
        self.show_loading()

    # --- what the window asks ---

    def arrive(self, products: list[int] | None = None, **where: Any) -> None:
        """Ask about these products, or about the whole catalogue."""
        self._ids = products
        self.refresh()

    def refresh(self) -> None:
        """Read again what is to be asked; what is being typed stays."""
        if self._putting_right or (self.steps and self.value.isVisible() and self.value.text().strip()):
            return
        ids = self._ids
        self.desk.ask(
            lambda shop: _read(shop, ids), self._show, key="questions",
            failed=lambda why: self.show_failed(why, self.refresh),
        )  # fmt: skip

    @property
    def step(self) -> Step | None:
        """Return what is asked now."""
        return self.steps[0] if self.steps else None

    # --- what the merchant does ---

    def save(self) -> None:
        """Keep the answer that was typed, or the fact as it was put right; nothing typed skips the question."""
        step, typed = self.step, self.value.text().strip()
        if step is None:
            return
        if not typed:
            self.skip()
        elif isinstance(step.ask, Proposal):
            self._accept(step, step.ask, typed)
        else:
            ask, number, tongue = step.ask, step.product.id or 0, step.product.language or language()
            self._do(lambda tasks, shop: tasks.answer(shop, number, ask, typed, tongue), _("Fact added"))

    def yes(self) -> None:
        """Take the proposed fact as it is."""
        step = self.step
        if step is not None and isinstance(step.ask, Proposal) and not self._putting_right:
            self._accept(step, step.ask, "")

    def no(self) -> None:
        """It does not apply, or is not true."""
        step = self.step
        if step is not None:
            number, topic = step.product.id or 0, step.topic
            self._do(lambda tasks, shop: tasks.never(shop, number, topic), _("Not asked again"))

    def put_right(self) -> None:
        """Change a proposed fact before it is taken."""
        step = self.step
        if step is not None and isinstance(step.ask, Proposal):
            self._putting_right = True
            self._show_step()
            self._begun = step.ask.fact.value.strip()
            self.value.setText(step.ask.fact.value)
            self.value.selectAll()

    def skip(self) -> None:
        """Leave it for another day; while something is put right, leave that."""
        if self._putting_right:
            self._putting_right = False
            self._show_step()
            return
        step = self.step
        if step is not None:
            number, topic = step.product.id or 0, step.topic
            self._do(lambda tasks, shop: tasks.skip(shop, number, topic), _("Skipped"))

    def leave_it(self) -> None:
        """Skip the question; where an answer was typed ask first, since it would be gone."""
        self.guard.leave()

    def _is_typed(self) -> bool:
        return self.value.isVisible() and self.value.text().strip() not in ("", self._begun)

    def next_product(self) -> None:
        """Go to the next product; what is left of this one is asked another time."""
        if self.steps:
            at = self.steps[0].product.id
            rest = [step for step in self.steps if step.product.id != at]
            self.steps = rest + [step for step in self.steps if step.product.id == at]
            self._putting_right = False
            self._show_step()

    # --- building ---

    def _build(self) -> None:
        self.name = Text(size="title", strong=True, wrap=True)
        self.known = Text(tone="muted", wrap=True)
        self.kind = Text(size="small", tone="muted")
        self.question = Text(size="large", strong=True, wrap=True)
        self.quote = Text(tone="muted", wrap=True)
        self.value = QLineEdit()
        self.value.setMinimumHeight(36)
        self.value.returnPressed.connect(self.save)
        self.hint = Text(size="small", tone="muted", wrap=True)
        card = QFrame()
        card.setObjectName("card")
        card.setLayout(
            column(self.kind, self.question, self.quote, self.value, self.hint, gap=8, margins=(24, 20, 24, 20))
        )
        self.yes_button = Button(_("Yes, add it"), self.yes, kind="main", key="Y")
        self.save_button = Button(_("Save"), self.save, kind="main", key="⏎")
        self.edit_button = Button(_("Put it right"), self.put_right, key="E")
        self.no_button = Button(_("No"), self.no, key="N")
        self.never_button = Button(_("Does not apply"), self.no, key="Ctrl D")
        self.skip_button = Button(_("Skip"), self.leave_it, key="Esc")
        self.next_button = Button(_("Next product"), self.next_product, kind="quiet", key="Ctrl ⏎")
        foot = footer(
            row(self.yes_button, self.save_button, self.edit_button, self.no_button, self.never_button,
                self.skip_button, None, self.next_button, margins=(24, 12, 24, 12))
        )  # fmt: skip
        contents = column(column(self.name, self.known, gap=4), card, None, gap=16, margins=(24, 24, 24, 24))
        whole = QWidget()
        self.guard = Guard(whole, self.skip, dirty=self._is_typed)
        both = column(at_left(contents, 720), foot, gap=0)
        both.setStretch(0, 1)
        whole.setLayout(both)
        self.set_full(whole)
        self.header.addStretch(1)
        self.header.addWidget(Button(_("Ask skipped ones again"), self._ask_again, kind="quiet"))
        self._bind_keys()

    def _bind_keys(self) -> None:
        keys: tuple[tuple[str, Callable[[], None], bool], ...] = (
            ("Y", self.yes, True), ("N", self.no, True), ("E", self.put_right, True), ("Escape", self.leave_it, False),
            ("Ctrl+D", self.no, False), ("Ctrl+Return", self.next_product, False),
        )  # fmt: skip
        for key, run, letter in keys:
            shortcut = QShortcut(QKeySequence(key), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(lambda run=run, letter=letter: self._key(run, letter))

    def _key(self, run: Callable[[], None], letter: bool) -> None:
        typing = self.value.isVisible()
        if not (letter and typing):
            run()

    # --- showing ---

    def _show(self, steps: list[Step]) -> None:
        self.steps = steps
        if not steps:
            self.subtitle.setText("")
            self.show_empty(
                EmptyState(
                    "circle-check",
                    _("Nothing is left to ask"),
                    _("Every product has the facts its text needs, or you said it does without."),
                    (_("Write texts…"), lambda: self.desk.go("write")),
                    (_("Ask skipped ones again"), self._ask_again),
                )
            )
            return
        self.show_full()
        self._show_step()

    def _show_step(self) -> None:
        step = self.step
        if step is None:
            self.refresh()
            return
        proposal = step.ask if isinstance(step.ask, Proposal) else None
        self.name.setText(step.product.title)
        said = " · ".join(f"{f.name}: {f.value} {f.unit}".strip() for f in step.product.facts)
        self.known.setText(said or _("Nothing is known of this product yet."))
        which = _("{number} of {count} about this product", number=step.number, count=step.of)
        if proposal:
            read = _("Read in the old description. Is it true?")
            if proposal.fact.source == PICTURE:
                read = _("Read in the words of a picture. Is it true of the product?")
            self.kind.setText(f"{read} · {which}")
            self.question.setText(f"{proposal.fact.name}: {proposal.fact.value}")
            self.quote.setText(f"“{proposal.quote}”")
            self.hint.setText("")
        else:
            question = step.ask
            assert not isinstance(question, Proposal)
            self.kind.setText(which)
            self.question.setText(question.text(language()))
            self.quote.setText("")
            self.hint.setText(_("An empty answer skips the question. It can be undone, like everything."))
            self.value.setPlaceholderText(question.hint(language()))
        typing = proposal is None or self._putting_right
        self.quote.setVisible(proposal is not None)
        self.hint.setVisible(proposal is None)
        self.value.setVisible(typing)
        self.guard.settle()
        self._begun = ""
        self.value.clear()
        self.value.setAccessibleName(self.question.text())
        self.setAccessibleDescription(f"{step.product.title}. {self.kind.text()}. {self.question.text()}")
        for button, shown in (
            (self.yes_button, not typing), (self.edit_button, not typing), (self.no_button, not typing),
            (self.save_button, typing), (self.never_button, proposal is None),
        ):  # fmt: skip
            button.setVisible(shown)
        self.skip_button.setText(_("Cancel") if self._putting_right else _("Skip"))
        if self.isVisible():
            (self.value if typing else self.yes_button).setFocus()

    # --- doing ---

    def _accept(self, step: Step, proposal: Proposal, value: str) -> None:
        number = step.product.id or 0
        self._do(lambda tasks, shop: tasks.accept(shop, number, proposal, value), _("Fact added"))

    def _do(self, task: Callable[[Any, Any], Any], said: str) -> None:
        """Carry out a task; the next question comes at once, and a failure brings this one back."""
        self.value.clear()
        self._putting_right = False
        self.steps = self.steps[1:]
        if self.steps:
            self._show_step()
        else:
            self.show_loading()

        def work(shop: Any) -> Any:
            from desktop_app.tasks import interview

            return task(interview, shop)

        def failed(why: str) -> None:
            self.tell(Notice(why, "bad"))
            self.refresh()

        self.desk.do(work, said=said, failed=failed)

    def _ask_again(self) -> None:
        def work(shop: Any) -> Any:
            from desktop_app.tasks import interview

            return interview.ask_again(shop)

        self.desk.do(work, then=lambda _action: self.refresh())


def _read(shop: Any, ids: list[int] | None) -> list[Step]:
    from desktop_app.tasks import interview

    steps: list[Step] = []
    for ask in islice(interview.asks(shop, ids), _AHEAD):
        several: list[Proposal | Question] = [*ask.proposals, *ask.questions]
        steps += [Step(ask.product, one, n, len(several)) for n, one in enumerate(several, 1)]
    return steps
