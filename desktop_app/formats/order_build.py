"""The rows of one order → an ``Order``: the columns are looked up once a file, each row costs little."""

from __future__ import annotations

import contextlib
import hashlib
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import lru_cache
from operator import itemgetter
from typing import Any, cast

from desktop_app.formats import cells, headers, moments, order_back, order_columns, order_sums
from desktop_app.records import Problem
from desktop_app.trade import STATES, ZERO, Address, Buyer, Consent, Order, OrderLine, OrderState
from desktop_app.words import _

Row = tuple[int, list[str]]
Told = dict[str, str]
ONE = Decimal(1)
_PLAIN_MOMENT = re.compile(r"\d{4}-\d\d-\d\d[ T]\d\d:\d\d(:\d\d)?\Z")
_ZONED = re.compile(r"(?:Z|UTC|GMT|[+-]\d{2}:?\d{2})\s*\Z")
_HAN = re.compile(r"[\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7af]")  # such names begin with the family's
_OWN_KEY = re.compile(r"~[0-9a-f]{18}\Z")
_SINCE_1970 = re.compile(r"(?:\d{10}|\d{13})\Z")
_PERSON = ("name", "first", "last", "email", "phone", "account", "country", "consent", "bill.name")
_UNSAID = ("",) * len(_PERSON)
_STATES = ("state", "state.pay", "state.ship", "state.after")
_BACK = ("line.reason", "line.back", "line.restocked")
_THINGS = ("line.title", "line.sku", "line.barcode")
_STATES_TOLD = frozenset((*_STATES, "paid", "sent", "delivered", "cancelled", "refunded"))
_DATED: tuple[OrderState, ...] = ("paid", "sent", "delivered", "cancelled")
_YES, _NO = {"yes", "true", "1", "是"}, {"no", "false", "0", "否"}
_NOBODY, _NOWHERE = Buyer(), Address()
_REMEMBERED = 100_000
_MARK = "\x1f"
_JOIN = _MARK.join
_ADDRESS = (
    "to.name", "to.first", "to.last", "to.company", "to.street", "to.city", "to.postcode", "to.province", "to.country",
    "to.phone",
)  # fmt: skip


class OrderBuilder:
    """Makes orders of one file's rows. Cells of the order as a whole are taken from the first row that has them."""

    def __init__(
        self,
        mapping: Sequence[tuple[str, str]],
        channel: str,
        comma: bool,
        first: bool | None,
        format: str,
        coded: bool = False,
        currency: str = "",
    ) -> None:
        self._at: dict[str, int] = {}
        self._streets: list[int] = []
        self._extras: list[tuple[int, str]] = []
        for place, (column, role) in enumerate(mapping):
            if role == "to.street":
                self._streets.append(place)
            elif role == "extra":
                self._extras.append((place, column))
            if role not in self._at:
                self._at[role] = place
        self._columns = [column for column, _role in mapping]
        self._channel, self._comma, self._first = channel, comma, first
        money = ("total", "line.amount", "line.price")  # the currency stands with them where there is no column for it
        self._money_at = [self._at[r] for r in money if coded and r in self._at and "currency" not in self._at]
        self._usual = currency
        self._baskets = format == "baskets"
        self._table = format == "table"  # a shop system's own file is of one channel, whatever it says
        self._one_row = not any(role.startswith("line.") and role not in _BACK for role in self._at)
        self._of_returns = "line.returned" in self._at and "line.quantity" not in self._at
        self._copies: Counter[str] = Counter()
        self._problems: list[Problem] = []
        self._unknown: set[str] = set()  # words for states that nobody knows
        self._has_person = any(role in self._at for role in _PERSON)
        self._dated = any(role in self._at for role in _DATED)
        self._has_address = any(role in self._at for role in _ADDRESS) or bool(self._streets)
        self._whole = [
            (r, n) for r, n in self._at.items() if not r.startswith("line.") and r not in {"extra", "ignore"}
        ]
        own = [n for n, (_column, role) in enumerate(mapping) if role.startswith("line.") or role == "total"]
        # The same thing in the same number at the same price makes the same line, over and over.
        self._of_line = itemgetter(*own, *own[: len(own) < 2]) if own else tuple
        self._marks = max(len(own), 2) - 1
        # By their cells joined: a long word is looked up twice as fast. Cells that hold the mark are not kept.
        self._lines: dict[str, OrderLine | None] = {}
        self._empty = False  # whether some of them are None: rows of the order as a whole
        self._buyers: dict[tuple[str, ...], Buyer] = {}

    def orders(self, rows: Sequence[Row]) -> Iterator[Order | Problem]:
        """Yield the order that rows of one number make, or one for each channel, and what could not be read of them."""
        if self._of_returns:
            rows, undone = order_back.happened(rows, self._at, self._columns)
            yield from undone
        place = self._at.get("channel") if self._table else None
        if place is None or len(rows) <= 1:
            yield from self._made(rows)
            return
        start, now = 0, rows[0][1][place].strip()
        for at, (_number, record) in enumerate(rows):
            if (channel := record[place].strip()) and channel != now:
                yield from self._made(rows[start:at])
                start, now = at, channel
        yield from self._made(rows[start:])

    def goes_on(self, record: Sequence[str]) -> bool:
        """Say whether a row belongs to the order above it: one cell may hold the number of several rows."""
        if any(record[n].strip() for _role, n in self._whole) or headers.is_total(record):
            return False
        return any(record[self._at[role]].strip() for role in _THINGS if role in self._at)

    def _channel_of(self, told: Told) -> str:
        return told.get("channel", "") or self._channel if self._table else self._channel

    def _made(self, rows: Sequence[Row]) -> Iterator[Order | Problem]:
        if not rows:
            return
        order = self._basket(rows[0]) if self._baskets else self._order(rows)
        if self._problems:
            yield from self._problems
            self._problems = []
        if order is not None:
            yield order

    def _basket(self, row: Row) -> Order:
        number, record = row
        titles = Counter(title for cell in record if (title := cell.strip()))
        lines = tuple(OrderLine(title, quantity=Decimal(count)) for title, count in titles.items())
        return Order(key=self._key_of(record), lines=lines, source_row=number)

    def _order(self, rows: Sequence[Row]) -> Order | None:
        first_row, first = rows[0]
        at = self._at
        lines = [] if self._one_row else self._lines_of(rows)
        if not lines and not self._one_row and self._problems:
            return None
        told = self._told(rows)
        get = told.get
        number = get("number", "")
        date = self._moment(get("date", "") or get("paid", "") or get("sent", ""), get("time", ""))
        if not date and headers.is_total(first):
            self._problems = [Problem(first_row, "", _("This row only adds up the others, so it was left out."))]
            return None
        if (
            "date" in at
            and not (date or "date" in told)
            and not any(c.isdigit() for c in number)
            and order_sums.of_nothing(lines)
        ):
            why = _("This row names no day and nothing that was sold, so it was left out.")
            self._problems = [Problem(first_row, "", why)]
            return None
        if not (date or number or "date" in told) and {"date", "number"} <= at.keys():
            why = _("This row names neither an order nor a day, so it was left out.")
            self._problems.append(Problem(first_row, "", why))
            return None
        if not lines and not self._one_row and not ("total" in told or (date and told.keys() & _STATES_TOLD)):
            self._problems.append(Problem(first_row, "", _("Nothing that was sold stands in this row.")))
            return None
        if "date" in at and not date and "date" in told:
            why = _("“{cell}” could not be read as a day.", cell=told["date"][:40])
            self._problems.append(Problem(first_row, self._columns[at["date"]], why))
        elif "date" in at and not date and lines:
            why = _("There is no day in this row, so the order stands on none.")
            self._problems.append(Problem(first_row, self._columns[at["date"]], why))
        elif self._first is not None and "date" in told and moments.turned(told["date"], self._first):
            why = _("“{cell}” can only be read the other way round than the rest of the file: as {day}.",
                    cell=told["date"][:40], day=date[:10])  # fmt: skip
            self._problems.append(Problem(first_row, self._columns[at["date"]], why))
        buyer = self._buyer(told) if self._has_person else _NOBODY
        kind = order_sums.kind(lines, buyer)
        said = self._state(told)
        if said is None:
            self._ask_state(told.get("state", ""), first_row)
        key = number or self._key_of(first)
        number = "" if _OWN_KEY.match(number) else number  # of an order without one, out of our own table
        return Order(
            number, self._channel_of(told), date, said or ("refunded" if kind == "credit" else "paid"), kind,
            tuple(lines), get("currency", "").upper()[:3] or self._currency(first), abs(self._money(told, "discount")),
            self._shipping(rows, told),
            self._money(told, "tax"), abs(self._money(told, "fees")), self._refunded(rows, told),
            self._total(rows, told, lines), *self._moments(told), buyer,
            self._address(told, first) if self._has_address else _NOWHERE, get("note", ""), self._extra(first),
            key, said is not None, None, None, first_row,
        )  # fmt: skip

    def _currency(self, record: Sequence[str]) -> str:
        return next((code for n in self._money_at if (code := cells.currency(record[n]))), self._usual)

    def _told(self, rows: Sequence[Row]) -> dict[str, str]:
        """Return what the cells of the order as a whole say, each from the first row that says anything."""
        found: dict[str, str] = {}
        for role, place in self._whole:
            for _number, record in rows:
                if cell := record[place].strip():
                    found[role] = cells.plain(cell)
                    break
        return found

    def _key_of(self, record: Sequence[str]) -> str:
        """Return a key for an order without a number: the same when the same file comes again."""
        said = "\x1f".join(record)
        self._copies[said] += 1
        text = f"{said} {self._copies[said]}".encode("utf-8", "replace")
        return "~" + hashlib.blake2b(text, digest_size=9).hexdigest()

    # --- lines ---------------------------------------------------------------------------------------------------

    def _lines_of(self, rows: Sequence[Row]) -> list[OrderLine]:
        known, of_line = self._lines, self._of_line
        if len(known) > _REMEMBERED:
            known.clear()
        with contextlib.suppress(KeyError):  # most rows say what others said before
            same = [known[_JOIN(of_line(record))] for _number, record in rows]
            return [line for line in same if line is not None] if self._empty else cast(list[OrderLine], same)
        found = []
        for number, record in rows:
            own = _JOIN(of_line(record))
            if own in known:
                line = known[own]
            else:
                before = len(self._problems)
                line = self._line(number, record)
                if len(self._problems) == before and own.count(_MARK) == self._marks:
                    known[own] = line
                    self._empty |= line is None
            if line is not None:
                found.append(line)
        return found

    def _line(self, number: int, record: list[str]) -> OrderLine | None:
        at = self._at
        title = tidy(record[at["line.title"]]) if "line.title" in at else ""
        sku = cells.plain(record[at["line.sku"]]) if "line.sku" in at else ""
        barcode = cells.plain(record[at["line.barcode"]]) if "line.barcode" in at else ""
        amount_at = at.get("line.amount", at.get("total", -1) if "line.price" not in at else -1)
        try:
            quantity = self._number(record[at["line.quantity"]]) if "line.quantity" in at else ONE
            price = self._number(record[at["line.price"]]) if "line.price" in at else None
            amount = self._number(record[amount_at]) if amount_at >= 0 and price is None else None
            discount = self._number(record[at["line.discount"]]) if "line.discount" in at else None
            tax = self._number(record[at["line.tax"]]) if "line.tax" in at else None
            cost = self._number(record[at["line.cost"]]) if "line.cost" in at else None
            back = self._number(record[at["line.returned"]]) if "line.returned" in at else None
        except ValueError as error:
            why = _("“{cell}” is not a number, so the line was left out.", cell=str(error)[:40])
            self._problems.append(Problem(number, self._column_of(str(error), record), why))
            return None
        if not (title or sku or barcode):
            if price is None and amount is None and quantity in {None, ONE}:
                return None  # a row of the order as a whole
            title = "" if amount is None and price is None else _("Sale")
        if back is not None and "line.quantity" not in at:
            quantity = ZERO  # a list of what came back says nothing of what was sold
        quantity = ONE if quantity is None else quantity
        options = tidy(record[at["line.options"]]) if "line.options" in at else ""
        each, off = order_sums.each(quantity, price, amount, abs(discount) if discount else ZERO)
        return OrderLine(
            title, sku, quantity, each, off, tax or ZERO, barcode, "" if options == title else options,
            order_columns.kind_of(title, sku), cost, abs(back) if back else ZERO,
            **(self._came_back(record) if back else {}),
        )  # fmt: skip

    def _came_back(self, record: Sequence[str]) -> dict[str, Any]:
        """Return why pieces came back, when, and whether they are for sale again, where the file says."""
        said = {role: record[self._at[role]].strip() for role in _BACK if role in self._at}
        return {
            "reason": tidy(said.get("line.reason", "")), "back": self._moment(said.get("line.back", "")),
            "restocked": not order_columns.is_unsaleable(said.get("line.restocked", "")),
        }  # fmt: skip

    def _column_of(self, cell: str, record: Sequence[str]) -> str:
        same = (n for n, c in enumerate(record[: len(self._columns)]) if c.strip() == cell.strip())
        place = next(same, None)
        return "" if place is None else self._columns[place]

    def _number(self, cell: str) -> Decimal | None:
        return cells.number(cell, self._comma)

    # --- the order as a whole ------------------------------------------------------------------------------------

    def _money(self, told: Told, role: str) -> Decimal:
        return self._amount(told[role]) or ZERO if role in told else ZERO

    def _amount(self, cell: str) -> Decimal | None:
        try:
            return self._number(cell) if cell else None
        except ValueError:
            return None

    def _total(self, rows: Sequence[Row], told: Told, lines: Sequence[OrderLine]) -> Decimal | None:
        if "total" not in told or (len(rows) > 1 and "number" not in self._at):
            return None
        amount, place = self._amount(told["total"]), self._at["total"]
        cell = rows[0][1][place]
        if len(rows) == 1 or (all(r[place] == cell for _n, r in rows) and not order_sums.is_part(amount, lines)):
            return amount
        return order_sums.total([self._amount(record[place].strip()) for _n, record in rows], lines)

    def _refunded(self, rows: Sequence[Row], told: Told) -> Decimal:
        """Return the money that went back."""
        if "refunded" not in told:
            return ZERO
        if not self._of_returns:
            return abs(self._money(told, "refunded"))
        return order_back.money(rows, self._at["refunded"], self._amount)

    def _shipping(self, rows: Sequence[Row], told: Told) -> Decimal:
        place = self._at.get("line.shipping")
        if place is None:
            return self._money(told, "shipping")
        return sum((self._amount(record[place].strip()) or ZERO for _n, record in rows), ZERO)

    def _moment(self, cell: str, time: str = "") -> str:
        whole = f"{cell} {time}".strip()
        if found := moment(whole, self._first) if cell else "":
            return found
        return moment(whole, not self._first) if cell and moments.turned(cell, self._first) else ""

    def _moments(self, told: Told) -> tuple[str, str, str]:
        """Return when an order was paid, sent and ended."""
        if not self._dated:
            return "", "", ""
        get, read = told.get, self._moment
        return read(get("paid", "")), read(get("sent", "")), read(get("delivered") or get("cancelled", ""))

    def _state(self, told: Told) -> OrderState | None:
        """Return how far an order is: the furthest of what its states and dates say; None if they say nothing."""
        found = [state for role in _STATES if role in told and (state := order_columns.state_of(told[role]))]
        found += [state for state in _DATED if state in told]
        if "refunded" in found and "state.after" in told and self._in_part(told):
            found = [state for state in found if state != "refunded"]
        if len(found) < 2:
            return found[0] if found else None
        return max(found, key=STATES.index)

    def _ask_state(self, cell: str, row: int) -> None:
        """Say a word once that is no state anybody knows: such orders count as paid."""
        if cell and cell not in self._unknown and order_columns.is_no_state(cell):
            self._unknown.add(cell)
            why = _("“{cell}” is no state that is known here, so such orders count as paid.", cell=cell[:40])
            self._problems.append(Problem(row, self._columns[self._at["state"]], why))

    def _in_part(self, told: Told) -> bool:
        """Say whether the return that came after an order gave back a part of its money: the rest of it stands."""
        back = abs(self._money(told, "refunded"))
        whole = (order_columns.state_of(told.get(role, "")) for role in _STATES if role != "state.after")
        return ZERO < back < self._money(told, "total") and "refunded" not in whole

    def _buyer(self, told: Told) -> Buyer:
        own = tuple(map(told.get, _PERSON, _UNSAID))
        if own not in self._buyers:
            if len(self._buyers) > _REMEMBERED:
                self._buyers.clear()
            name, first, last, email, phone, account, country, said, billed = own
            parts = (first, last) if (first + last).isascii() or not _HAN.search(first + last) else (last + first,)
            name = name or " ".join(filter(None, parts)) or billed
            if account.endswith(".0") and account[:-2].isdecimal():  # a number that went through a spreadsheet
                account = account[:-2]
            said = said.casefold()
            consent: Consent = "yes" if said in _YES else "no" if said in _NO else ""
            self._buyers[own] = Buyer(name, email, phone, account, country, consent)
        return self._buyers[own]

    def _address(self, told: Told, first: Sequence[str]) -> Address:
        street = "\n".join(dict.fromkeys(part for n in self._streets if (part := first[n].strip())))
        get = told.get
        name = get("to.name") or " ".join(filter(None, (get("to.first"), get("to.last"))))
        return Address(
            name, get("to.company", ""), street, get("to.city", ""), get("to.postcode", ""), get("to.province", ""),
            get("to.country", ""), get("to.phone", ""),
        )  # fmt: skip

    def _extra(self, record: Sequence[str]) -> tuple[tuple[str, str], ...]:
        if not self._extras:
            return ()
        return tuple((name, cell) for place, name in self._extras if (cell := record[place].strip()))


@lru_cache(1 << 14)
def tidy(cell: str) -> str:
    """Return a title without what exports put around it: TABs, guards, runs of spaces, marks written as &amp;."""
    return " ".join(cells.unescaped(cells.plain(cell)).split())


@lru_cache(1 << 14)
def moment(cell: str, first: bool | None) -> str:
    """Return a moment as ISO 8601: in UTC where the cell names a zone, else as the shop's own time; "" for none."""
    if _PLAIN_MOMENT.match(cell):
        return cell
    found = moments.moment(cell, first)
    return found if _ZONED.search(cell) or _SINCE_1970.match(cell) else found.removesuffix("Z")
