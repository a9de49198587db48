"""A code → the bars that a scanner reads, by `python-barcode`; no pictures, no fonts: dark and light modules alone."""

from __future__ import annotations

from dataclasses import dataclass

EAN = {13: "ean13", 12: "upca", 8: "ean8"}


@dataclass(frozen=True, slots=True)
class Bars:
    """A barcode: its kind ("EAN-13", …), the words below it, and its modules from left to right, "1" dark."""

    kind: str
    text: str
    modules: str


def bars(code: str) -> Bars | None:
    """Return the bars of a code: EAN-13, UPC-A or EAN-8 where its check digit fits, else Code 128.

    None for nothing, and for what Code 128 cannot say (anything but ASCII).
    """
    code = code.strip()
    if not code or not code.isascii() or not code.isprintable():
        return None
    import barcode  # late: only labels need it

    if code.isdigit() and len(code) in EAN and fits(code):
        made = barcode.get_barcode_class(EAN[len(code)])(code[:-1])
        kind = {13: "EAN-13", 12: "UPC-A", 8: "EAN-8"}[len(code)]
        return Bars(kind, code, "".join(made.build()))
    made = barcode.get_barcode_class("code128")(code)
    return Bars("Code 128", code, "".join(made.build()))


def fits(code: str) -> bool:
    """Tell whether the last digit of an EAN, UPC or GTIN is the right check digit (GS1 General Specifications 7.9)."""
    total = sum(int(digit) * (3 if place % 2 else 1) for place, digit in enumerate(reversed(code)))
    return code.isdigit() and total % 10 == 0
