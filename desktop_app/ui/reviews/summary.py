"""A summary as it is read: words with the quotes in them, each of which opens the review it stands in."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from PySide6.QtCore import QUrl, Signal

from desktop_app.review_records import Quote, Summary
from desktop_app.tasks.review_mismatches import Mismatch
from desktop_app.ui.theme import theme
from desktop_app.ui.widgets.linked import LinkedText
from desktop_app.words import _, several

PEN = "✎"  # stands behind a sentence in the weights' own words
_PEN = f'&nbsp;<span style="color:{{ink}}">{PEN}</span>'


class SummaryView(LinkedText):
    """Shows the sentences of a summary; ``opened`` says which review's words were clicked, and of which theme."""

    opened = Signal(int, str)

    def __init__(self) -> None:
        super().__init__(_("Summary"))
        self.anchorClicked.connect(self._clicked)
        self._summary: Summary | None = None
        self._against: Sequence[Mismatch] = ()
        theme.changed.connect(self._draw)

    @property
    def summary(self) -> Summary | None:
        """Return what is shown."""
        return self._summary

    def show_summary(self, summary: Summary | None) -> None:
        """Show a summary."""
        self._summary = summary
        self._draw()

    def show_against(self, found: Sequence[Mismatch]) -> None:
        """Show what reviews say against the description, each with both quotes, in place of a summary."""
        self._against = found
        self.setAccessibleName(_("What reviews say against your description"))
        self._draw()

    def _draw(self) -> None:
        made = self._summary
        quotes = [(t.theme, q) for t in made.themes for q in t.quotes] if made else []
        own = (made.own or (False,) * len(made.sentences)) if made else ()
        lines = [
            self._sentence(text, on, quotes) + (_PEN.format(ink=theme.roles.muted) if by_weights else "")
            for (text, on), by_weights in zip(made.sentences if made else (), own, strict=True)
        ]
        lines += [_mismatch(one) for one in self._against]
        self.write("".join(f'<p style="margin:0 0 6px 0">{line}</p>' for line in lines))

    def _sentence(self, text: str, on: tuple[str, ...], quotes: list[tuple[str, Quote]]) -> str:
        made = escape(text)
        for key, quote in quotes:
            words = escape(quote.text)
            if key in on:  # with its marks: one quote may be the beginning of another
                link = f'“<a href="{quote.review}/{key}" style="color:{theme.roles.accent}">{words}</a>”'
                made = made.replace(f"“{words}”", link, 1)
        return made

    def _clicked(self, address: QUrl) -> None:
        review, _slash, key = address.toString().partition("/")
        self.opened.emit(int(review), key)


def _mismatch(one: Mismatch) -> str:
    """Return one mismatch as a line: the claim, how many say otherwise, and their words."""
    ink = theme.roles.accent
    links = ", ".join(f'“<a href="{q.review}/" style="color:{ink}">{escape(q.text)}</a>”' for q in one.quotes)
    count = several("{count} review of {all} says otherwise", "{count} reviews of {all} say otherwise", one.voices,
                    all=one.reviews)  # fmt: skip
    few = "" if one.enough else " " + _("(too few to count; read them)")
    return f"<b>{escape(one.name)}</b> – “{escape(one.claim)}”<br>{escape(count)}{escape(few)}: {links}"
