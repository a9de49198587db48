"""Which reviews are looked at: time, stars, variant, language, and what is set aside."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop_app.tasks.review_desk import Look
from desktop_app.tasks.review_index import CLASH, Filter
from desktop_app.ui import fields, local
from desktop_app.ui.reviews import words
from desktop_app.ui.widgets import Button, FlowLayout, Pick
from desktop_app.words import _

STARS: tuple[tuple[int, ...], ...] = ((), (5,), (4,), (3,), (2,), (1,), (4, 5), (1, 2))


class FilterBar(QWidget):
    """Boxes to pick from; ``changed`` comes when somebody did."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("plain")
        self.span, self.stars, self.variant, self.language, self.mark = (Pick() for _n in range(5))
        self._theme, self._polarity = "", ""
        for name, days in words.spans():
            self.span.addItem(name, days)
        self.language.setVisible(False)
        self.theme = Button("", self.drop_theme, small=True)
        self.theme.setIconSize(self.theme.iconSize())
        self.side = Pick()
        self.side.activated.connect(lambda _n: self.ask_side(self.side.currentData()))
        line = FlowLayout(self)
        for pick, name in ((self.span, _("Time")), (self.stars, _("Stars")), (self.variant, _("Variant")),
                           (self.language, _("Language")), (self.mark, _("Which reviews"))):  # fmt: skip
            pick.setAccessibleName(name)
            pick.setSizeAdjustPolicy(Pick.SizeAdjustPolicy.AdjustToContents)
            pick.activated.connect(lambda _n: self.changed.emit())
            line.addWidget(pick)
        line.addWidget(self.theme)
        line.addWidget(self.side)
        self.side.setAccessibleName(_("What is said of the theme"))
        self._fill(self.side, words.sides(), "")
        self.theme.hide()
        self.side.hide()
        self._fill(self.stars, [(_stars(some), some) for some in STARS], ())
        self._fill(self.mark, [(_("Those that count"), "")], "")

    def asked(self, product: int | None) -> Filter:
        """Return what is asked for."""
        mark = self.mark.currentData() or ""
        return Filter(
            product=product, stars=tuple(self.stars.currentData() or ()),
            since=words.since(self.span.currentData() or 0),
            variant=self.variant.currentData() or "", language=self.language.currentData() or "", theme=self._theme,
            polarity=self._polarity, aside=mark == "aside", mark="" if mark == "aside" else mark,
        )  # fmt: skip

    def ask_theme(self, theme: str, name: str, side: str = "") -> None:
        """Ask for one theme, or one side of it, or for none."""
        self._theme, self._polarity = theme, side
        self._fill(self.side, words.sides(), side)
        self.side.setVisible(bool(theme))
        self.theme.setText(f"{name} ✕" if theme else "")
        self.theme.setAccessibleName(_("Show all themes again, not only {name}", name=name))
        self.theme.setVisible(bool(theme))
        self.changed.emit()

    def ask_side(self, side: str) -> None:
        """Ask for one side of the theme that is asked for."""
        self._polarity = side
        self._fill(self.side, words.sides(), side)
        self.changed.emit()

    def ask_blame(self) -> None:
        """Ask for reviews that blame, whatever their stars."""
        self._theme, self._polarity = "", "negative"
        self.side.hide()
        self.theme.setText(f"{_('Criticism')} ✕")
        self.theme.setAccessibleName(_("Show all reviews again, not only criticism"))
        self.theme.setVisible(True)

    def ask_span(self, days: int) -> None:
        """Ask for the reviews of the last days, where that is a span one can pick."""
        self.span.setCurrentIndex(max(0, self.span.findData(days)))

    def ask_stars(self, some: tuple[int, ...]) -> None:
        """Ask for reviews with so many stars."""
        self.stars.setCurrentIndex(STARS.index(some) if some in STARS else 0)

    def clear(self) -> None:
        """Ask for everything."""
        for pick in (self.span, self.stars, self.variant, self.language, self.mark):
            pick.setCurrentIndex(0)
        self._theme = self._polarity = ""
        self.theme.hide()
        self.side.hide()

    @property
    def wanted_theme(self) -> str:
        """Return the theme asked for."""
        return self._theme

    @property
    def wanted_side(self) -> str:
        """Return which side of it is asked for, "" for all."""
        return self._polarity if self._theme else ""

    @property
    def told(self) -> str:
        """Return in words what is let through; "" where everything is."""
        parts = [pick.currentText() for pick in (self.span, self.stars, self.variant, self.language, self.mark)
                 if pick.currentIndex() > 0]  # fmt: skip
        asked = self.told_theme or (self.theme.text().removesuffix(" ✕") if self._polarity else "")
        return ", ".join([*parts, asked] if asked else parts)

    @property
    def told_theme(self) -> str:
        """Return in words which theme and which side of it is asked for; "" for none."""
        name = self.theme.text().removesuffix(" ✕") if self._theme else ""
        return f"{name} ({self.side.currentText()})" if self.wanted_side else name

    def offer(self, look: Look) -> None:
        """Offer what there is to pick from among the product's reviews."""
        asked = look.asked
        self._fill(self.variant, [(_("All variants"), ""), *((v, v) for v in look.variants)], asked.variant)
        told = [(fields.language(code), code) for code in look.languages]
        self._fill(self.language, [(_("All languages"), ""), *told], asked.language)
        self.variant.setVisible(bool(look.variants))
        self.language.setVisible(len(look.languages) > 1 or bool(asked.language))
        marks = [(f"{words.mark(key)} {local.number(n)}", key) for key, n in look.aside]
        now = "aside" if asked.aside else asked.mark
        whole = [(_("All that are set aside"), "aside")] if len(marks) > 1 else []
        odd = [(f"{words.mark(CLASH)} {local.number(look.clash)}", CLASH)] if look.clash or now == CLASH else []
        self._fill(self.mark, [(_("Those that count"), ""), *whole, *marks, *odd], now)
        self.mark.setVisible(bool(marks or odd) or bool(now))

    def drop_theme(self) -> None:
        """Ask for all themes again."""
        self.ask_theme("", "")

    def _fill(self, pick: Pick, items: Sequence[tuple[str, object]], chosen: object) -> None:
        if [(pick.itemText(n), pick.itemData(n)) for n in range(pick.count())] != [(t, d) for t, d in items]:
            pick.clear()
            for text, value in items:
                pick.addItem(text, value)
        pick.setCurrentIndex(next((n for n, (_t, d) in enumerate(items) if d == chosen), 0))


def _stars(some: tuple[int, ...]) -> str:
    if not some:
        return _("All stars")
    return "★ " + "–".join(str(n) for n in some)
