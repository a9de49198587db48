"""The records of trade: orders and their lines, customers, stock and its ledger, suppliers and purchases.

All are frozen and cross threads by value. Moments are ISO 8601 in UTC ("2026-05-01T09:30:00Z"); ``day`` is the shop's
own calendar day as a number, 0 for 1970-01-01 (numpy's ``datetime64[D]``); money is ``Decimal``.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal

OrderState = Literal["placed", "paid", "packed", "sent", "delivered", "returned", "refunded", "cancelled"]
STATES: tuple[OrderState, ...] = (
    "placed", "paid", "packed", "sent", "delivered", "returned", "refunded", "cancelled",
)  # fmt: skip
# sale: goods for money. credit: a note that takes back what another order sold; its quantities are negative.
# adjustment: stock written up or down, of no value to anybody's sales.
OrderKind = Literal["sale", "credit", "adjustment"]
# What a line is about. Only goods are products; the rest is money that came or went along with them.
ItemKind = Literal["goods", "shipping", "fee", "discount", "gift", "sample", "other"]
# Why stock changed. import: a file said so; cancel: an order was taken back before it went out.
Reason = Literal["sale", "return", "cancel", "count", "purchase", "loss", "import"]
Consent = Literal["", "yes", "no"]  # "": nobody asked
PurchaseState = Literal["draft", "ordered", "part", "received", "cancelled"]
Told = tuple[tuple[int, Decimal], ...]  # days, and how many pieces a dated list gave each
ZERO = Decimal(0)


# --- orders ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Address:
    """Where something goes, or who pays: what a label shows."""

    name: str = ""
    company: str = ""
    street: str = ""  # all lines of it, with line breaks
    city: str = ""
    postcode: str = ""
    province: str = ""
    country: str = ""
    phone: str = ""


@dataclass(frozen=True, slots=True)
class Buyer:
    """What an order says of the person who bought; who that is among the shop's customers is decided by keys."""

    name: str = ""
    email: str = ""
    phone: str = ""
    account: str = ""  # the number or name the channel knows the person by
    country: str = ""
    consent: Consent = ""


@dataclass(frozen=True, slots=True)
class OrderLine:
    """One line of an order. ``price`` is for one; ``discount`` and ``tax`` are for the whole line."""

    title: str = ""
    sku: str = ""
    quantity: Decimal = Decimal(1)
    price: Decimal = ZERO
    discount: Decimal = ZERO
    tax: Decimal = ZERO
    barcode: str = ""
    options: str = ""  # as the file says them: "Size: M, Colour: red"
    kind: ItemKind = "goods"
    cost: Decimal | None = None  # of one, as it was then
    returned: Decimal = ZERO  # how many came back
    item: int | None = None  # the thing that was sold …
    variant: int | None = None  # … and the variant of the catalogue it is, where that is known
    id: int | None = None
    reason: str = ""  # why it came back, …
    back: str = ""  # … when (a moment), …
    restocked: bool = True  # … and whether it is for sale again: as a file says it; the shop keeps them as returns

    @property
    def amount(self) -> Decimal:
        """What the line comes to, its discount taken off."""
        return self.quantity * self.price - self.discount


@dataclass(frozen=True, slots=True)
class Order:
    """An order with its lines, as a file brings it or the shop holds it."""

    number: str = ""
    channel: str = ""
    placed: str = ""  # a moment; from a file also the shop's local time without a zone ("2026-05-01 09:30")
    state: OrderState = "paid"
    kind: OrderKind = "sale"
    lines: tuple[OrderLine, ...] = ()
    currency: str = ""
    discount: Decimal = ZERO  # off the order as a whole; what is off a line stands with the line
    shipping: Decimal = ZERO
    tax: Decimal = ZERO
    fees: Decimal = ZERO  # what the channel keeps
    refunded: Decimal = ZERO
    total: Decimal | None = None  # None: what lines, shipping and tax come to
    paid: str = ""
    sent: str = ""
    closed: str = ""  # delivered, cancelled or refunded
    buyer: Buyer = Buyer()
    ship_to: Address = Address()
    note: str = ""
    extra: tuple[tuple[str, str], ...] = ()  # cells without a field of their own
    key: str = ""  # what the order is known by in its channel; the number, where it has one
    known: bool = True  # whether the file said what state it is in
    customer: int | None = None
    source_file: int | None = None
    source_row: int | None = None
    day: int = 0
    id: int | None = None
    updated: str = ""

    @property
    def tax_inside(self) -> bool:
        """Say whether the prices have the tax in them: the total is what goods and shipping come to without it."""
        goods = sum((line.amount for line in self.lines), ZERO) - self.discount + self.shipping
        return bool(self.tax) and self.total == goods


@dataclass(frozen=True, slots=True)
class OrderRow:
    """One line of the list of orders."""

    id: int
    number: str
    channel: str
    state: OrderState
    kind: OrderKind
    placed: str
    name: str
    country: str
    total: Decimal
    currency: str
    customer: int | None
    lines: int


@dataclass(frozen=True, slots=True)
class Which:
    """Which orders are meant: those that fit every part that is given; all of them where none is.

    ``counted`` narrows to what a figure is made of: orders that sold goods and count ("sales"), orders that count
    ("orders"), orders of which something came back in the span ("returns").
    """

    ids: tuple[int, ...] | None = None
    states: tuple[OrderState, ...] = ()
    since: int | None = None  # days, both counted
    until: int | None = None
    channel: str | None = None
    currency: str | None = None
    category: str | None = None  # of a product sold; "": of none
    items: tuple[int, ...] | None = None  # things sold
    weekday: int | None = None  # 0: Monday
    counted: Literal["", "sales", "orders", "returns"] = ""
    back: bool = False  # something came back, whenever


EVERY = Which()
WAITING = Which(states=("placed", "paid", "packed"), counted="orders")  # that are to be sent


@dataclass(frozen=True, slots=True)
class Return:
    """Goods of one line that came back, or money for them that went back."""

    line: int
    quantity: Decimal
    amount: Decimal = ZERO
    reason: str = ""
    note: str = ""
    at: str = ""
    restocked: bool = True
    id: int | None = None
    told: Told = ()  # what dated lists of returns said of these very pieces


@dataclass(frozen=True, slots=True)
class Doubtful:
    """Pieces of a dated list that are likely written down already (``booked``: when), or that were never sold ("")."""

    number: str
    row: int  # of the list
    title: str
    pieces: Decimal
    told: str  # when they came back, by the list
    booked: str = ""


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of a batch of orders."""

    added: int = 0
    changed: int = 0
    same: int = 0
    lines: int = 0
    customers: int = 0
    orders: tuple[int, ...] = ()  # the ids that were added or changed
    unknown: tuple[str, ...] = ()  # numbers of orders of which something came back, and which the shop does not have

    def __add__(self, other: Taken) -> Taken:
        """Return both together."""
        return Taken(
            self.added + other.added, self.changed + other.changed, self.same + other.same, self.lines + other.lines,
            self.customers + other.customers, self.orders + other.orders, self.unknown + other.unknown,
        )  # fmt: skip


# --- customers -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Customer:
    """A person the shop sold to. ``main`` names the customer this one was found to be the same as."""

    name: str = ""
    email: str = ""
    phone: str = ""
    company: str = ""
    country: str = ""
    address: Address = Address()
    tags: tuple[str, ...] = ()
    note: str = ""
    consent: Consent = ""
    consent_at: str = ""
    language: str = ""
    main: int | None = None
    keys: tuple[tuple[str, str], ...] = ()  # (kind, value): what the person is recognised by
    made: str = ""
    updated: str = ""
    id: int | None = None

    @property
    def account(self) -> str:
        """Return what a channel knows the person by; empty where none does."""
        return next((value.partition(":")[2] for kind, value in self.keys if kind == "account"), "")


@dataclass(frozen=True, slots=True)
class CustomerRow:
    """One line of the list of customers."""

    id: int
    name: str
    email: str
    country: str
    orders: int
    spent: Decimal
    currency: str
    first_day: int | None
    last_day: int | None
    account: str = ""  # what a channel knows the person by


# --- stock -----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Move:
    """One change of the stock of one variant, and why."""

    variant: int
    change: int
    reason: Reason
    at: str = ""
    line: int | None = None  # the order line it belongs to
    purchase: int | None = None  # the purchase line it belongs to
    note: str = ""
    id: int | None = None


@dataclass(frozen=True, slots=True)
class Coded:
    """A variant found by what a scanner read."""

    variant: int
    title: str
    options: str
    code: str
    stock: int | None


@dataclass(frozen=True, slots=True)
class Lacking:
    """A variant of which more went out than was there."""

    variant: int
    product: int
    title: str
    options: str
    stock: int  # below zero


@dataclass(frozen=True, slots=True)
class Supplier:
    """Who the shop buys from."""

    name: str
    email: str = ""
    phone: str = ""
    address: str = ""
    currency: str = ""
    lead_days: int | None = None  # from order to delivery
    minimum: Decimal | None = None  # the least an order must come to
    note: str = ""
    id: int | None = None
    updated: str = ""


@dataclass(frozen=True, slots=True)
class Supply:
    """That a supplier has a variant, under which code, for how much and how soon."""

    supplier: int
    variant: int
    code: str = ""
    cost: Decimal | None = None
    pack: int = 1  # how many come together
    lead_days: int | None = None  # None: the supplier's
    id: int | None = None


@dataclass(frozen=True, slots=True)
class PurchaseLine:
    """One variant of a purchase order."""

    variant: int | None
    quantity: int
    received: int = 0
    cost: Decimal | None = None  # of one
    title: str = ""
    id: int | None = None


@dataclass(frozen=True, slots=True)
class Purchase:
    """An order to a supplier."""

    supplier: int
    number: str = ""
    state: PurchaseState = "draft"
    ordered: str = ""
    expected: str = ""  # a day: 2026-05-01
    received: str = ""
    currency: str = ""
    shipping: Decimal = ZERO
    note: str = ""
    lines: tuple[PurchaseLine, ...] = field(default=())
    id: int | None = None
    updated: str = ""
