"""Who an order's buyer is among the shop's customers: by e-mail, account, phone with name, or name with address.

Never by name alone: two people of one name stay two. Whoever was merged wrongly can be parted again, since orders keep
the customer they came with and ``main`` only points at the one they are shown under.
"""

from __future__ import annotations

import contextlib
import json
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

from desktop_app.shop import parts
from desktop_app.shop.connect import File, Row
from desktop_app.trade import Address, Buyer, Order

CUSTOMERS = (
    "main, name, email, phone, company, country, address, tags, note, consent, consent_at, language, made, updated"
)
_LOOSE = re.compile(r"[\W_]+")
_NOT_DIGITS = re.compile(r"\D+")
_MASK = re.compile(r"[*＊•]")
_THESE = "(SELECT value FROM json_each(?))"
_MANY = 1_000
Key = tuple[str, str]


def fold(text: str) -> str:
    """Return a name or street as it is compared: no case, accents, punctuation."""
    flat = unicodedata.normalize("NFKD", text.casefold())
    return _LOOSE.sub(" ", "".join(c for c in flat if not unicodedata.combining(c))).strip()


def keys_of(buyer: Buyer, to: Address, channel: str) -> list[Key]:
    """Return what a buyer is recognised by, the surest first.

    A masked value (138****1234) is no key: it fits many. The account is the channel's; an e-mail is everybody's.
    """
    found: list[Key] = []
    email = buyer.email.strip().casefold()
    if "@" in email and not _MASK.search(email):
        found.append(("email", email))
    if buyer.account and not _MASK.search(buyer.account):
        found.append(("account", f"{channel}:{buyer.account.strip()}"))
    name = fold(buyer.name or to.name)
    phone = buyer.phone or to.phone
    digits = _NOT_DIGITS.sub("", phone) if phone and not _MASK.search(phone) else ""
    if len(digits) >= 7 and name:
        found.append(("phone", f"{digits.lstrip('0')[-11:]} {name}"))
    if name and to.street and to.postcode and not _MASK.search(to.street):
        found.append(("place", f"{name} {fold(to.street)} {fold(to.postcode)}"))
    return found


class Known:
    """The keys of the customers that were asked for, and the making of new customers."""

    def __init__(self, file: File) -> None:
        self._file = file
        self._ids: dict[Key, int] = {}
        self.made = 0

    def forget(self) -> None:
        """Forget what was known: somebody else wrote to the file."""
        self._ids.clear()

    def of(self, orders: Sequence[Order]) -> list[int | None]:
        """Return the customer of each order, made where nobody known has one of its keys; None for no key at all."""
        keys = [keys_of(o.buyer, o.ship_to, o.channel) if o.customer is None else [] for o in orders]
        self._look_up({key for own in keys for key in own})
        id = int(self._file.value("SELECT ifnull(max(id), 0) + 1 FROM customers"))
        at, fresh, more = parts.now(), list[Row](), list[tuple[int, Key]]()
        found: list[int | None] = []
        for order, own in zip(orders, keys, strict=True):
            if not own:
                found.append(order.customer)
                continue
            customer = next((self._ids[key] for key in own if key in self._ids), None)
            if customer is None:
                customer = id
                id += 1
                fresh.append((customer, *new_row(order, at)))
            for key in own:
                if self._ids.setdefault(key, customer) == customer and (customer, key) not in self._written:
                    more.append((customer, key))
                    self._written.add((customer, key))
            found.append(customer)
        self.made += len(fresh)
        fill(self._file, "customers", CUSTOMERS, fresh)
        start = int(self._file.value("SELECT ifnull(max(id), 0) + 1 FROM customer_keys"))
        rows = [(start + n, customer, *key) for n, (customer, key) in enumerate(more)]
        fill(self._file, "customer_keys", "customer, kind, value", rows)
        return found

    _written: set[tuple[int, Key]]

    def _look_up(self, keys: Iterable[Key]) -> None:
        self._written = set()
        wanted = [key for key in keys if key not in self._ids]
        if not wanted or not self._file.value("SELECT 1 FROM customer_keys LIMIT 1"):
            return
        rows = self._file.all(
            f"SELECT kind, value, min(customer) FROM customer_keys WHERE value IN {_THESE} GROUP BY kind, value",
            (json.dumps([value for _kind, value in wanted], ensure_ascii=False),),
        )
        for kind, value, customer in rows:
            self._ids[kind, value] = customer
            self._written.add((customer, (kind, value)))


def new_row(order: Order, at: str) -> Row:
    """Return the row of a customer whom this order is the first of."""
    b, to = order.buyer, order.ship_to
    consent_at = order.placed if b.consent else ""
    return (
        None, b.name or to.name or _speaking(b.account), b.email, b.phone or to.phone, to.company,
        to.country or b.country, address_text(to), "", "", b.consent, consent_at, "", at, at,
    )  # fmt: skip


def _speaking(account: str) -> str:
    """Return what an account is called where that is a name and no number: hand-written tables know nothing else."""
    return "" if any(c.isdigit() or c in "@_*" for c in account) else account.strip()


def address_text(address: Address) -> str:
    """Return an address as it is kept."""
    told = {name: value for name in Address.__slots__ if (value := getattr(address, name))}
    return json.dumps(told, ensure_ascii=False, separators=(",", ":")) if told else ""


def fill(file: File, table: str, columns: str, rows: Sequence[Row]) -> None:
    """Insert rows that carry their ids, one after another, as one entry of the journal."""
    if rows:
        with unwatched(file, table, len(rows)):
            file.fill_flat(table, f"id, {columns}", list(chain.from_iterable(rows)))
        journal(file, table, rows[0][0], rows[-1][0])


@contextlib.contextmanager
def unwatched(file: File, table: str, rows: int) -> Iterator[None]:
    """Let ``rows`` in that the journal's trigger does not write down: the caller writes one entry for all.

    To ask the trigger costs some time for each row, so where they are many it goes and comes back, in the open
    transaction: whatever ends that early brings it back too.
    """
    name = f"journal_{table}_insert"
    sql = file.value("SELECT sql FROM sqlite_master WHERE name = ?", (name,)) if rows >= _MANY else None
    file.run(f"DROP TRIGGER {name}" if sql else "UPDATE doing SET ranged = 1")
    yield
    file.run(sql or "UPDATE doing SET ranged = 0")


def journal(file: File, table: str, first: int, last: int) -> None:
    """Write one entry of the journal for rows that came with the ids from ``first`` to ``last``."""
    file.run(
        "INSERT INTO journal (action, tbl, op, row, detail) SELECT action, ?, 'insert', ?, ? FROM doing",
        (table, first, last),
    )
