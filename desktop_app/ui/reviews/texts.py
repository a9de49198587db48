"""The reviews themselves: their own words, what was read in them underlined, and what can be done with each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape

from PySide6.QtCore import QUrl, Signal

from desktop_app.review_records import SETTLED, Review, Understood
from desktop_app.tasks.review_index import CLASH
from desktop_app.ui import local
from desktop_app.ui.reviews import words
from desktop_app.ui.theme import theme
from desktop_app.ui.widgets.linked import LinkedText
from desktop_app.words import _

Shown = tuple[Review, Understood | None]
Choice = tuple[int, str]  # a product and its name
LETTERS, FEWEST = 5000, 5  # shown at once: so many letters, but never fewer reviews
_LINES = {"positive": "good", "negative": "bad", "mixed": "caution"}
_SIDES = {"praise": {"positive", "mixed"}, "blame": {"negative", "mixed"}, "positive": {"positive"},
          "negative": {"negative"}, "mixed": set(_LINES), "neutral": {"neutral"}}  # fmt: skip


def at_a_glance(shown: Sequence[Shown], pages: float) -> Sequence[Shown]:
    """Return the first reviews, of long ones fewer: many are not read at a glance, and take long to lay out."""
    wide = 0
    for place, (review, _read) in enumerate(shown):
        wide += len(review.whole) + sum(letter >= "\u2e80" for letter in review.whole)  # a Han letter has two widths
        if wide > LETTERS * pages and place >= FEWEST:
            return shown[:place]
    return shown


class ReviewTexts(LinkedText):
    """A run of reviews in one document, so that it can be read, searched by eye and copied as a whole."""

    asked = Signal(str, int, int)  # what: "reply", "link", "remove", "count", "aside"; a review; a product or 0

    def __init__(self) -> None:
        super().__init__(_("The reviews behind these figures"))
        self.anchorClicked.connect(self._clicked)
        self._shown: Sequence[Shown] = ()
        self._theme, self._side, self._into = "", "", dict[str, str]()
        self._choices: Mapping[int, Sequence[Choice]] = {}
        self._titles: dict[int, str] = {}
        theme.changed.connect(self._draw)

    def show_reviews(
        self, shown: Sequence[Shown], *, theme_key: str = "", side: str = "", into: dict[str, str] | None = None,
        choices: Mapping[int, Sequence[Choice]] | None = None, titles: dict[int, str] | None = None,
    ) -> None:  # fmt: skip
        """Show reviews; what is said of ``theme_key`` stands out, only ``side`` of it where one is named.

        ``choices``: products a review may be about.
        """
        self._shown, self._theme, self._side, self._into = shown, theme_key, side, into or {}
        self._choices, self._titles = choices or {}, titles or {}
        self._draw()

    def stand_on(self, review: int) -> int:
        """Return how far down (pixels) a review begins, and mark it by scrolling nothing of its own."""
        block = self.document().begin()
        at = next((n for n, (r, _u) in enumerate(self._shown) if r.id == review), -1)
        seen = -1
        while block.isValid() and at >= 0:
            seen += block.text().startswith("\u2060")
            if seen == at:
                layout = self.document().documentLayout()
                return int(layout.blockBoundingRect(block).top()) if layout is not None else 0
            block = block.next()
        return 0

    def _draw(self) -> None:
        self.write("".join(self._review(review, read) for review, read in self._shown))

    def _review(self, review: Review, read: Understood | None) -> str:
        roles = theme.roles
        head = [f'<span style="color:{roles.text}; font-weight:600">{_drawn(review.stars)}</span>']
        head += [escape(p) for p in (review.author, local.days(review.written[:10]), review.variant) if p]
        head += [escape(self._titles[review.product or 0])] if (review.product or 0) in self._titles else []
        head += [
            f'<span style="color:{roles.caution}">{escape(words.mark(m))}</span>' for m in review.marks if m != SETTLED
        ]
        if read is not None and read.clash:
            head.append(f'<span style="color:{roles.caution}">{escape(words.mark(CLASH))}</span>')
        style = f"color:{roles.muted}; font-size:12px; margin:10px 0 2px 0"
        line = f'<p style="{style}" dir="ltr">\u2060{local.beside(*head)}</p>'
        body = f'<p style="color:{roles.text}; margin:0 0 2px 0">{self._marked(review, read)}</p>'
        if review.reply:
            body += f'<p style="color:{roles.muted}; margin:2px 0 2px 16px">{escape(_("You answered:"))} ' \
                    f"{escape(review.reply)}</p>"  # fmt: skip
        return line + body + self._links(review)

    def _marked(self, review: Review, read: Understood | None) -> str:
        whole, at, made = review.whole, 0, list[str]()
        for remark in sorted(read.remarks if read else (), key=lambda r: r.start):
            role = _LINES.get(remark.polarity)
            keys = {self._into.get(key, key) for key, _k in remark.aspects}
            if role is None or remark.start < at:
                continue
            here = self._theme in keys and (not self._side or remark.polarity in _SIDES[self._side])
            strong = "font-weight:600;" if self._theme and here else ""
            colour = getattr(theme.roles, role)
            made.append(escape(whole[at : remark.start]))
            made.append(
                f'<span style="text-decoration:underline; {strong} color:{colour}">'
                f"{escape(whole[remark.start : remark.end])}</span>"
                if not self._theme or strong
                else escape(whole[remark.start : remark.end])
            )
            at = remark.end
        made.append(escape(whole[at:]))
        return "".join(made).replace("\n", "<br>")

    def _links(self, review: Review) -> str:
        some = [(f"link/{review.id}/{product}", _("It is about “{title}”", title=title))
                for product, title in self._choices.get(review.id or 0, ())]  # fmt: skip
        if review.product is not None:
            some.append((f"reply/{review.id}/0", _("Draft a reply")))
        if {"spam", "bought", "default"} & set(review.marks):
            some.append((f"count/{review.id}/0", _("Count it like the others")))
        else:
            some.append((f"aside/{review.id}/0", _("It is advertising")))
        some.append((f"remove/{review.id}/0", _("Remove")))
        ink = theme.roles.accent
        made = [
            f'<a href="{where}" style="color:{ink}; text-decoration:none">{escape(name)}</a>' for where, name in some
        ]
        line = f'<hr style="background-color:{theme.roles.line}">'  # Qt's own is the colour of the text
        return f'<p style="font-size:12px; margin:0 0 6px 0">{" &nbsp;·&nbsp; ".join(made)}</p>{line}'

    def _clicked(self, address: QUrl) -> None:
        what, review, product = address.toString().split("/")
        self.asked.emit(what, int(review), int(product))


def _drawn(stars: float | None) -> str:
    if stars is None:
        return escape(_("no stars"))
    full = round(stars)
    return "★" * full + "☆" * (5 - full)
