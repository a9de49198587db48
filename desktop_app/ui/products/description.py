"""The description of one product: written before one's eyes, changed by a button, edited, compared, approved."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Literal

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from desktop_app.language import markup
from desktop_app.records import Action, Described, Draft, Failed, Loading, Note, Piece, Product, Rejected, Saved, Wishes
from desktop_app.ui import describing, prose
from desktop_app.ui.desk import Desk
from desktop_app.ui.products import text_menu
from desktop_app.ui.products.compare import CompareView
from desktop_app.ui.products.origin import provenance, text_hint, writer_hint
from desktop_app.ui.products.text_buttons import TextButtons
from desktop_app.ui.prose import ProseView
from desktop_app.ui.unsaved import Guard
from desktop_app.ui.widgets import Button, LengthBar, Pill, Text, column, row
from desktop_app.ui.widgets.texts import Tone
from desktop_app.ui.worker import Job
from desktop_app.words import _, several

LIMIT = 500  # characters that shop pages show before "read more"; a thin bar, never a wall
State = Literal["none", "writing", "draft", "editing", "comparing"]
NOTHING: tuple[str, Tone] = ("", "muted")
STATUS: dict[str, tuple[str, Tone]] = {"new": ("Draft", "caution"), "approved": ("Approved", "good")}


class DescriptionPanel(QWidget):
    """Everything about the text of the product that is shown."""

    changed = Signal()  # a draft was saved, approved, rejected or edited

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.product: Product | None = None
        self.draft: Draft | None = None
        self.state: State = "none"
        self._job: Job | None = None
        self._streamed = ""
        self._refused = 0
        self._edited_from = ""  # the text an edit began with
        self._build()
        desk.weights_known.connect(self._show_hint)

    # --- what the page asks ---

    def show_product(self, product: Product, draft: Draft | None) -> None:
        """Show the text of ``product``; a text that is being written or edited for it is left alone."""
        same = self.product is not None and self.product.id == product.id
        if same and self.state in ("writing", "editing"):
            self.product = product
            return
        if not same:
            self._let_go()
            self.notice.hide()
        self.product, self.draft = product, draft
        keep = same and self.state == "comparing" and draft is not None
        self._enter("comparing" if keep else "draft" if draft else "none")

    def write(self, **change: Any) -> None:
        """Write a description; ``change`` (length, tone, language) is remembered for the next."""
        if self.product is None or self.product.id is None or self.state == "writing":
            return
        wishes = replace(describing.wishes(self.desk), **change)
        describing.keep(self.desk, wishes)
        tries = (self.draft.seed if self.draft else 0) + 1
        self._start(self.product.id, replace(wishes, seed=tries if self.draft else 0))

    def stop(self) -> None:
        """Stop writing; what is there is kept as a draft."""
        if self._job is not None:
            self._job.cancel()

    def approve(self) -> None:
        """Approve the draft: an export takes it from now on."""
        self._decide("approve", _("Draft approved"))

    def reject(self) -> None:
        """Put the draft away."""
        self._decide("reject", _("Draft rejected"))

    def edit(self) -> None:
        """Let the merchant change the words, or, where there is no draft, write them from what is in the shop now."""
        if self.product is not None and self.state != "writing":
            if self.draft is None:
                self.view.show_text(markup.to_text(self.product.description))
            self._edited_from = self.view.text
            self.notice.hide()
            self._enter("editing")
            self.view.edit()

    def keep_edit(self) -> None:
        """Save what was typed and not saved yet; somebody who goes on to something else does not lose it."""
        if self._is_typed() and self.view.text.strip():
            self.save_edit()

    def _is_typed(self) -> bool:
        return self.state == "editing" and self.view.text != self._edited_from

    def take_focus(self) -> None:
        """Put the keyboard on the first of the buttons."""
        self.offered.take_focus()

    def words(self) -> str:
        """Return the text that is shown: the draft, or what is in the shop now."""
        if self.draft is not None:
            return self.view.text if self.state == "editing" else self.draft.text
        return markup.to_text(self.product.description) if self.product else ""

    # --- building ---

    def _build(self) -> None:
        self.status = Pill()
        self.compare = Button(_("Compare"), self._compare, kind="quiet", small=True)
        self.compare.setCheckable(True)
        self.more = Button("", lambda: text_menu.open_menu(self), kind="quiet", icon="ellipsis", small=True)
        self.more.setAccessibleName(_("More for this text"))
        self.more.setToolTip(_("More for this text"))
        self.view = ProseView(least=132, most=420)
        self.view.setAccessibleName(_("Description"))
        self.view.finished.connect(self.save_edit)
        self.view.edited.connect(self._measure)
        self.compared = CompareView()
        self.bar = LengthBar(100)
        self.length = Text(size="small", tone="muted")
        self.origin = Text(size="small", tone="muted", wrap=True)
        self.notice = Text(size="small", tone="caution", wrap=True)
        self.findings = Text(size="small", tone="bad", wrap=True)
        self.hint = Text(size="small", tone="muted", wrap=True)
        self.offered = TextButtons(self)
        self.buttons = self.offered.line
        self.guard = Guard(self, self._drop_edit, dirty=self._is_typed, before=self.offered, keeps=True)
        self.view.given_up.connect(self.guard.leave)
        head = row(Text(_("Description"), "small", tone="muted"), self.status, None, self.compare, self.more, gap=8)
        self.measure = QWidget()
        self.measure.setLayout(row(self.bar, self.length, None, gap=8))
        self.setLayout(
            column(head, self.view, self.compared, self.measure, self.origin,
                   self.findings, self.notice, self.offered, self.hint, gap=8)
        )  # fmt: skip
        self.notice.hide()

    def _enter(self, state: State) -> None:
        self.state = state
        self.guard.settle()
        draft, product = self.draft, self.product
        current = markup.to_text(product.description) if product else ""
        comparing = state == "comparing"
        if state == "draft" and draft is not None:
            self.view.show_draft(draft)
        elif state == "none":
            self.view.show_text("")
        if state != "editing":
            self.view.done_editing()
        self.view.setVisible(not comparing and state != "none")
        self.view.setPlaceholderText(self._waiting_words() if state == "writing" else "")
        words, tone = STATUS.get(draft.status, NOTHING) if draft and state != "writing" else NOTHING
        self.status.say(_(words), tone)
        self.compare.setVisible(bool(draft and current) and state in ("draft", "comparing"))
        self.compare.setChecked(comparing)
        self._show_now(current, comparing)
        self._show_origin()
        self._show_findings()
        self._measure()
        self.offered.renew()
        self._show_hint()

    def _waiting_words(self) -> str:
        if self.desk.weights is not None and not self.desk.is_ready:
            return _("{name} gets ready; the first text takes a moment …", name=self.desk.weights.name)
        return _("The words appear here as they are written.")

    def _show_now(self, current: str, comparing: bool) -> None:
        if comparing and self.draft is not None:
            self.compared.show_texts(current, self.draft.text)
        else:
            self.compared.show_texts(current if self.state == "none" else "")

    def _show_origin(self) -> None:
        draft = self.draft if self.state in ("draft", "comparing") else None
        said = provenance(draft) if draft else ""
        if draft is not None and draft.stopped:
            said = f"{said} · {_('stopped early')}"
        self.origin.setText(said)
        self.origin.setToolTip("")
        self.origin.setVisible(bool(said))

    def _show_findings(self) -> None:
        found = self.draft.findings if self.draft and self.state in ("draft", "comparing") else ()
        self.findings.setText("\n".join(prose.why(f) for f in found))
        self.findings.setVisible(bool(found))

    def _measure(self) -> None:
        text = self.view.text if self.state in ("writing", "editing") else (self.draft.text if self.draft else "")
        self.measure.setVisible(bool(text) and self.state != "none")
        self.bar.show_length(len(text), LIMIT)
        self.length.setText(_("{count} of {limit} characters", count=len(text), limit=LIMIT))

    def _show_hint(self, _weights: object = None) -> None:
        bare = self.product is not None and not self.product.facts
        hint = "" if self.state in ("writing", "editing") else text_hint(self.desk, bare=bare)
        self.hint.setText(hint)
        self.hint.setVisible(bool(hint))

    # --- writing ---

    def _start(self, product: int, wishes: Wishes) -> None:
        self._streamed, self._refused = "", 0
        self.notice.hide()
        self._enter("writing")
        self.view.begin()

        def work(shop: Any, stop: Any) -> Any:
            from desktop_app.tasks import describe

            return describe.describe(shop, self.desk.engine(), stop, products=[product], wishes=wishes)

        self._job = self.desk.stream(work, event=self._hear, done=self._done, failed=self._failed, ended=self._ended)

    def _hear(self, event: Any) -> None:
        if isinstance(event, Piece):
            self._streamed += event.text
            self.view.add(event.text)
            self._measure()
        elif isinstance(event, Rejected):
            self._refused += 1
            # That the check itself failed is for the log; the merchant can do nothing about it.
            self._show_taken_back("" if event.verdict.kind == "check" else event.verdict.why)
        elif isinstance(event, Loading) and not self._streamed:
            self.view.setPlaceholderText(event.what)
        elif isinstance(event, Note):
            if not writer_hint(self.desk, describing.wishes(self.desk)):  # which stood here before and will again
                self._say(event.text)
        elif isinstance(event, Failed):
            self._say(event.why)
        elif isinstance(event, Saved):
            self.draft = event.draft

    def _show_taken_back(self, why: str) -> None:
        # Nothing is added to the text meanwhile: say that work goes on. What was wrong frightens who sees it first.
        anew = several("{count} sentence was written anew", "{count} sentences were written anew", self._refused)
        self.origin.setText(_("Each sentence is held against the facts; {anew}", anew=anew))
        self.origin.setToolTip(why)
        self.origin.show()

    def _done(self, result: Any) -> None:
        self.view.end()
        self._enter("draft" if self.draft else "none")
        self.desk.touched()
        if isinstance(result, Described) and result.count:
            self.desk.said.emit(_("Draft saved"), True)

    def _failed(self, why: str) -> None:
        self.view.end()
        self._enter("draft" if self.draft else "none")
        self._say(why)

    def _ended(self) -> None:
        self._job = None
        if self.state == "writing":
            self._enter("draft" if self.draft else "none")

    def _let_go(self) -> None:
        """Another product is shown: what is written for the old one goes on, unseen; what was typed is saved."""
        self.keep_edit()
        if self._job is not None:
            self._job.event = self._job.done = self._job.failed = None
            self._job.ended = self.desk.touched
            self._job = None
        self.state = "none"

    # --- deciding ---

    def _decide(self, what: str, said: str) -> None:
        draft = self.draft
        if draft is None or draft.id is None or self.state not in ("draft", "comparing"):
            return
        ids = [draft.id]

        def decide(shop: Any) -> Action:
            from desktop_app.tasks import drafts

            return (drafts.approve if what == "approve" else drafts.reject)(shop, ids)

        def back(shop: Any) -> Action:
            from desktop_app.tasks import drafts

            return drafts.reopen(shop, ids)

        self.desk.do(decide, said=said, then=lambda _r: self.changed.emit(), back=back)

    def save_edit(self) -> None:
        """Save what was typed as the draft of the product."""
        draft, text, product = self.draft, self.view.text, self.product.id if self.product else None
        if product is None:
            return
        language = describing.wishes(self.desk).language

        def save(shop: Any) -> Draft:
            from desktop_app.tasks import drafts

            if draft is None or draft.id is None:
                return drafts.write(shop, product, "description", language, text)
            drafts.edit(shop, draft.id, text)
            kept: Draft = shop.draft(draft.id)
            return kept

        def saved(kept: Draft) -> None:
            if self.product is not None and self.product.id == kept.product and self.state == "editing":
                self.draft = kept
                self._enter("draft")
            self.changed.emit()

        self.desk.do(save, said=_("Text saved"), then=saved, failed=self._say)

    def _say(self, text: str) -> None:
        self.notice.setText(text)
        self.notice.show()

    def _drop_edit(self) -> None:
        self.notice.hide()
        self._enter("draft" if self.draft else "none")
        self.take_focus()

    def _compare(self) -> None:
        self._enter("draft" if self.state == "comparing" else "comparing")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Stop with Escape wherever the focus is in this panel."""
        if event.key() == Qt.Key.Key_Escape and self.state == "writing":
            self.stop()
        else:
            super().keyPressEvent(event)
