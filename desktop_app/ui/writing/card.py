"""One draft, large: its words with what carries them, how long it is, who wrote it, and what stands in the shop now."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QScrollArea, QWidget

from desktop_app.language import fields as known
from desktop_app.language import limits, markup
from desktop_app.language.packs import SHIPPED, Chosen
from desktop_app.records import Draft, Product
from desktop_app.review_records import review_of
from desktop_app.ui import differences, fields, prose
from desktop_app.ui.products.compare import words
from desktop_app.ui.products.description import LIMIT
from desktop_app.ui.products.origin import provenance
from desktop_app.ui.prose import ProseView
from desktop_app.ui.widgets import LengthBar, NoticeBar, Pill, Text, column, row
from desktop_app.ui.widgets.notice import Notice
from desktop_app.ui.writing.queue import Item
from desktop_app.words import _


class DraftCard(QScrollArea):
    """The draft under review. Input methods are off here, so that letters are keys; while editing they are on."""

    def __init__(self, write_again: Callable[[], object]) -> None:
        super().__init__()
        self._write_again = write_again
        self._product: Product | None = None
        self._draft: Draft | None = None
        self.packs = SHIPPED  # the rule packs of the shop, whose channels say how long a text may be
        self._review = ""  # the words that the draft answers
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.title = Text(size="title", strong=True, wrap=True)
        self.state = Pill()
        self.kind = Text(tone="muted")
        self.view = ProseView(large=True, least=146)
        self.view.setAccessibleName(_("Draft"))
        self.bar = LengthBar(140)
        self.length = Text(size="small", tone="muted")
        self.origin = Text(size="small", tone="muted", wrap=True)
        self.notice = NoticeBar(closable=False)
        self.back_title = Text(_("Read back"), "small", tone="muted")
        self.back = Text(tone="muted", wrap=True)
        self.now_title = Text(_("In the shop now"), "small", tone="muted")
        self.now = words()
        head = row(self.title, self.state, gap=12)
        head.setStretch(0, 1)
        measure = column(row(self.bar, self.length, None, gap=12), self.origin, gap=4)
        inside = QWidget()
        inside.setObjectName("plain")
        inside.setLayout(
            column(column(head, self.kind, gap=4), self.view, measure, self.notice, self.back_title, self.back, 8,
                   self.now_title, self.now, None,
                   gap=14, margins=(28, 24, 28, 24))
        )  # fmt: skip
        self.setWidget(inside)
        self.editing(False)

    def show_item(self, item: Item, product: Product | None) -> None:
        """Show a draft; ``product`` follows a moment later."""
        draft = item.draft
        self._draft, self._product, self._review = draft, product, ""
        self.title.setText(item.title)
        said, tone = item.state()
        self.state.say(said if tone in ("bad", "caution") else "", tone)
        named = fields.channel(draft.channel, self.packs)
        parts = (fields.field(draft.field), fields.language(draft.language), named)
        self.kind.setText(" · ".join(filter(None, parts)))
        self.view.show_draft(draft)
        self.measure(draft.text)
        self.origin.setText(provenance(draft))
        self._show_findings(draft)
        self.back.setText(draft.back)
        for part in (self.back_title, self.back):
            part.setVisible(bool(draft.back))
        self._show_now()
        self.verticalScrollBar().setValue(0)

    def show_product(self, product: Product, review: str = "") -> None:
        """Show what stands in the shop now, or the review that is answered."""
        self._product, self._review = product, review
        self._show_now()

    def hold_to(self, packs: Chosen) -> None:
        """Measure texts by the rule packs of the shop."""
        if packs != self.packs:
            self.packs = packs
            self.measure(self.view.text)

    def measure(self, text: str) -> None:
        """Show how long a text is."""
        draft = self._draft
        measure, most = known.room(draft.field, draft.channel, self.packs) if draft else ("letters", LIMIT)
        count = limits.size(text, measure)
        self.bar.show_length(count, most)
        said = _("{count} of {limit} characters") if measure == "letters" else _("{count} of {limit} bytes")
        self.length.setText(said.format(count=count, limit=most))

    def begin(self) -> None:
        """Make ready for a text that streams in."""
        self.view.begin()
        self.notice.clear()
        self.state.say("", "")
        self.origin.setText("")
        self.view.setPlaceholderText(_("The words appear here as they are written."))

    def editing(self, on: bool) -> None:
        """Let the merchant write, or take letters as keys again."""
        if on:
            self.view.edit()
        else:
            self.view.done_editing()
        for widget in (self, self.viewport(), self.view, self.view.viewport()):
            widget.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, on)

    def _show_findings(self, draft: Draft) -> None:
        if not draft.findings:
            self.notice.clear()
            return
        first, *others = draft.findings
        more = [prose.why(f) for f in others]
        more.append(_("The text can be written again without it, or the fact added."))
        self.notice.show_notice(
            Notice(prose.why(first), "bad", more="\n".join(more), button=_("Write again"), run=self._write_again)
        )

    def _show_now(self) -> None:
        answers = self._draft is not None and review_of(self._draft.field) is not None
        stands = markup.to_text(self._product.description) if self._product else ""
        current = self._review if answers else stands
        self.now_title.setText(_("The review") if answers else _("In the shop now"))
        self.now_title.setVisible(bool(current))
        self.now.setVisible(bool(current))
        self.now.setText(differences.marked(current, current)[0])
