"""What an order by hand may say beside its goods: shipping and tax, and where it goes. All of it may stay empty."""

from __future__ import annotations

from decimal import Decimal

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from desktop_app.tasks.selling import Defaults, Tax, read_rate
from desktop_app.trade import Address
from desktop_app.ui import local
from desktop_app.ui.widgets import Pick, column, row
from desktop_app.words import _


class TaxFields(QWidget):
    """A rate in per cent, and whether the prices have it in them already."""

    edited = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("plain")
        self.rate = QLineEdit()
        self.rate.setAccessibleName(_("Tax in per cent"))
        self.rate.setPlaceholderText(_("none"))
        self.rate.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.rate.setFixedWidth(64)
        self.side = Pick()
        self.side.setAccessibleName(_("Where the tax stands"))
        self.side.addItem(_("% in the prices"), True)
        self.side.addItem(_("% on top"), False)
        self.setLayout(row(self.rate, self.side, gap=6))
        self.rate.textEdited.connect(lambda _text: self.edited.emit())
        self.side.activated.connect(lambda _at: self.edited.emit())
        self.setFocusProxy(self.rate)

    def show_tax(self, tax: Tax) -> None:
        """Show the tax of the last order; what was typed meanwhile stays."""
        if not self.rate.isModified():
            self.rate.setText(local.number(tax.rate) if tax.rate else "")
            self.side.setCurrentIndex(0 if tax.included else 1)

    def tax(self) -> Tax:
        """Return the tax as it stands; UserError where it is none."""
        return Tax(read_rate(self.rate.text()), bool(self.side.currentData()))


class AddressFields(QWidget):
    """The lines of an address in two rows, each with its name in it."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("plain")
        self.street, self.postcode, self.city = _named(_("Street")), _named(_("Postcode")), _named(_("City"))
        self.province, self.country = _named(_("Province or state")), _named(_("Country"))
        self.default = ""
        below = row(self.postcode, self.city, self.province, self.country, gap=6)
        for place, share in enumerate((3, 4, 5, 4)):
            below.setStretch(place, share)
        self.setLayout(column(self.street, below, gap=6))
        self.setFocusProxy(self.street)

    def show_country(self, defaults: Defaults) -> None:
        """Offer the country of the last order."""
        if not self.country.text():
            self.default = defaults.country
            self.country.setText(self.default)

    def is_typed(self) -> bool:
        """Say whether anything but the offered country stands here."""
        return any(self._parts()[:4]) or self._parts()[4] != self.default

    def address(self) -> Address:
        """Return the address; a country that was only offered makes none."""
        if not any(self._parts()[:4]) and not self.is_typed():
            return Address()
        street, postcode, city, province, country = self._parts()
        return Address(street=street, postcode=postcode, city=city, province=province, country=country)

    def _parts(self) -> list[str]:
        fields = (self.street, self.postcode, self.city, self.province, self.country)
        return [field.text().strip() for field in fields]


def _named(name: str) -> QLineEdit:
    field = QLineEdit()
    field.setPlaceholderText(name)
    field.setAccessibleName(name)
    field.setMinimumWidth(48)
    return field


def typed_amount(text: str) -> Decimal:
    """Return an amount as typed, nothing as zero; ValueError where it is none."""
    return local.read_amount(text) or Decimal(0)
