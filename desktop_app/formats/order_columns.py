"""What the columns of an order file hold: by their names (aliases in assets), or by what stands in nameless ones."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import cast

from desktop_app.formats import cells, headers
from desktop_app.trade import STATES, ItemKind, OrderState

_DATE = re.compile(
    r"(?:19|20)\d{2}(?:[-/.年]\d{1,2}[-/.月]\d{1,2}|(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01]))(?:\D.*)?\Z"
)
_NOT_GUESSED = {"time", "name", "note"}  # words too common to make a table one of orders
# What a field needs beside it to be orders: something that was sold or paid, of an order or on a day.
_SOLD = {"line.title", "line.sku", "line.quantity", "line.amount", "line.price", "line.returned", "total"}


@cache
def fields() -> dict[str, str]:
    """Return compared header → field."""
    known: dict[str, list[str]] = headers.table("orders")["fields"]
    return {headers.fold(word): field for field, words in known.items() for word in words}


@cache
def ranks() -> dict[str, int]:
    """Return how well a header names its field; of two columns for one field the better known keeps it."""
    known: dict[str, list[str]] = headers.table("orders")["fields"]
    return {headers.fold(word): n for words in known.values() for n, word in enumerate(words)}


@cache
def all_fields() -> tuple[str, ...]:
    """Return every field a column may be given by hand."""
    return (*headers.table("orders")["fields"], "extra", "ignore")


@cache
def known_words() -> frozenset[str]:
    """Return every header of every dialect, in compared form."""
    own = {headers.fold(w) for d in headers.table("orders")["dialect"] for w in d["roles"]}
    signs = {headers.fold(w) for d in headers.table("orders")["dialect"] for s in d["signs"] for w in s}
    return frozenset(fields()) | own | signs


def compared(header: str) -> str:
    """Return a header as the aliases have it."""
    words = headers.compared(header).words
    return words if words in known_words() else headers.fold(header)


def known(row: Sequence[str]) -> int:
    """Return how many cells of a row are headers of order files."""
    return len({w for cell in row if len(cell) < 80 and (w := compared(cell)) in known_words()})


def dialect(names: Sequence[str]) -> tuple[str, str, dict[str, str]]:
    """Return key, label and own columns of the system a file comes from; empty for none we know."""
    have = {compared(name) for name in names} | {headers.fold(name) for name in names}
    for known_one in headers.table("orders")["dialect"]:
        if any({headers.fold(s) for s in signs} <= have for signs in known_one["signs"]):
            own = {headers.fold(word): role for word, role in known_one["roles"].items()}
            return known_one["key"], known_one["label"], own
    return "", "", {}


def currency(key: str) -> str:
    """Return the currency a shop system always writes its amounts in; "" where it says, or where nobody knows."""
    return next((str(d.get("currency", "")) for d in headers.table("orders")["dialect"] if d["key"] == key), "")


@cache
def _loose() -> dict[str, str]:
    """Return bare header → field, where all headers that are bare so mean one field."""
    found: dict[str, set[str]] = {}
    for words, field in fields().items():
        found.setdefault(_bare(words)[0], set()).add(field)
    return {words: next(iter(named)) for words, named in found.items() if words and len(named) == 1}


@cache
def _bare(words: str) -> tuple[str, bool, bool]:
    """Return a header without small words and what it says of tax, and whether it names the order or the thing sold."""
    listed: dict[str, list[str]] = headers.table("orders")["loose"]
    parts = headers.without_beside(words).split()
    kept = [part for part in parts if part not in {w for key in ("small", "order", "thing") for w in listed[key]}]
    return " ".join(kept), bool(set(parts) & set(listed["order"])), bool(set(parts) & set(listed["thing"]))


@cache
def loosely(words: str) -> str:
    """Return the field of a header that is known but for words around it ("fecha del pedido"); "" for none."""
    bare, order, thing = _bare(words)
    if not bare or bare == words:
        return ""
    field = fields().get(bare) or _loose().get(bare, "")
    if order and field in {"line.price", "line.amount"}:
        return "total"
    if thing and field == "total":
        return "line.amount"
    return "" if field in {"name", "time", "account", "line.quantity"} and (order or thing) else field


_RANKS = (*STATES, "none")
_MANY = {"to.street", "extra", "ignore", "note"}  # fields that several columns may hold


def roles(names: Sequence[str], own: dict[str, str]) -> list[str]:
    """Return the field of each column; what nobody knows is kept beside the order."""
    found = [own.get(compared(name)) or own.get(headers.fold(name)) or "" for name in names]
    best: dict[str, tuple[int, int]] = {role: (-1, n) for n, role in enumerate(found) if role}
    for place, name in enumerate(names):
        words = compared(name)
        role = fields().get(words, "")
        if found[place] or not role:
            continue
        if role in _MANY:
            found[place] = role
        elif role not in best or ranks()[words] < best[role][0]:
            if role in best:
                found[best[role][1]] = "extra"
            best[role] = ranks()[words], place
            found[place] = role
    for place, name in enumerate(names):
        role = "" if found[place] else loosely(compared(name))
        if role and (role in _MANY or role not in found):
            found[place] = role
    _by_token(names, found)
    return _settled([role or "extra" for role in found])


def _by_token(names: Sequence[str], found: list[str]) -> None:
    """Name the first column that says it is of days, or of e-mail, where no other column is ("Käufer E-Mail")."""
    listed: dict[str, list[str]] = headers.table("orders")["tokens"]
    for role in ("date", "email"):
        if role in found:
            continue
        for place, name in enumerate(names):
            told = set(re.findall(r"[a-z]*datum\Z|\w+", headers.fold(name).replace("e mail", "email")))
            if not found[place] and told & set(listed[role]) and not told & set(listed["never"]):
                found[place] = role
                break


def _settled(found: list[str]) -> list[str]:
    """Mend what only the other columns tell: a code that is a product's where there is no title, an amount alone."""
    have = set(found)
    if have & {"line.reason", "line.back"} and not have & {"line.returned", "line.price", "line.amount", "total"}:
        found = ["line.returned" if role == "line.quantity" else role for role in found]  # a list of what came back
    if "line.price" in have and "line.amount" in have and "line.quantity" not in have:
        found[found.index("line.amount")] = "extra"
    if "total" not in have and "line.title" not in have and "line.sku" not in have and "line.amount" in have:
        return found
    return found


# Columns that hold a name or an account, whichever stands in them.
_EITHER = frozenset(
    [
        "customer", "buyer", "kunde", "client", "cliente", "klient", "klant", "musteri", "kund", "zakaznik", "asiakas",
        "kaufer", "acheteur", "comprador", "acquirente", "koper", "kupujacy",
        "клиент", "покупатель", "客户",
    ]
)  # fmt: skip


def people(names: Sequence[str], found: list[str], rows: Sequence[Sequence[str]]) -> list[str]:
    """Return the fields, a column called "Customer" told by what stands in it: names of people are no account.

    An account is what a customer is met by again; a name alone never is.
    """
    if {"name", "first", "last", "bill.name"} & set(found) or "account" not in found:
        return found
    at = found.index("account")
    said = [cell for row in rows if at < len(row) and (cell := row[at].strip())]
    named = sum(1 for cell in said if not any(c.isdigit() or c in "@_" for c in cell) and any(map(str.isalpha, cell)))
    spaced = sum(1 for cell in said if " " in cell)
    if compared(names[at]) in _EITHER and said and named * 10 >= len(said) * 9 and spaced * 2 >= len(said):
        found[at] = "name"
    return found


def is_orders(found: Sequence[str]) -> bool:
    """Say whether columns make orders: something sold or paid, of a numbered order or on a day; or an order's state."""
    have = set(found) - _NOT_GUESSED
    return bool(have & _SOLD and have & {"number", "date"}) or {"number", "date", "state"} <= have


def by_content(rows: Sequence[Sequence[str]]) -> list[str]:
    """Return the fields of nameless columns from what stands in them; all "ignore" where nothing can be told."""
    width = max(len(row) for row in rows)
    found = ["ignore"] * width
    columns = [[row[n].strip() for row in rows if n < len(row) and row[n].strip()] for n in range(width)]
    for place, column in enumerate(columns):
        numbers = [_number(cell) for cell in column]
        if not column:
            continue
        if "date" not in found and all(_DATE.match(cell) for cell in column):
            found[place] = "date"
        elif all(n is not None and n == int(n) and abs(n) < 1000 for n in numbers) and "line.quantity" not in found:
            found[place] = "line.quantity" if "account" in found or "date" in found else "account"
        elif all(n is not None for n in numbers) and any("." in c or "," in c for c in column):
            found[place] = "line.amount" if "line.amount" not in found else "ignore"
        elif "account" not in found and "number" not in found:
            found[place] = "account"
        elif all(n is None for n in numbers) and "line.title" not in found:
            found[place] = "line.title"
    return found


def _number(cell: str) -> float | None:
    try:
        value = cells.number(cell)
    except ValueError:
        return None
    return None if value is None else float(value)


def is_baskets(rows: Sequence[Sequence[str]]) -> bool:
    """Say whether each row is a basket: words only, in rows of many lengths."""
    filled = [cell.strip() for row in rows for cell in row if cell.strip()]
    numbers = sum(1 for cell in filled if any(c.isdigit() for c in cell))
    widths = {sum(1 for cell in row if cell.strip()) for row in rows}
    return len(widths) > 2 and len(filled) > 3 and numbers * 10 < len(filled)


def says_day_first(header: str) -> bool:
    """Say whether a column of days is named in a language that writes the day first: any of ours but English."""
    words = set(headers.compared(header).words.split())
    return bool(words) and (not words & _ENGLISH or bool(words & {"de", "du"}))


_ENGLISH = {"date", "day", "time", "timestamp", "created", "placed", "at", "on", "paid", "invoicedate", "sold", "when"}


@cache
def state_words() -> dict[str, OrderState]:
    """Return words for states in compared form, as cells say them."""
    listed: dict[str, list[str]] = headers.table("orders")["states"]
    return {headers.fold(word): cast(OrderState, state) for state, words in listed.items() for word in words}


@cache
def state_of(cell: str) -> OrderState | None:
    """Return the state a cell names; of several in it the one named by the longest word."""
    words = _but_partly_refunded(headers.fold(cell))
    known_states = state_words()
    if not words or words in known_states:
        found = known_states.get(words)
    else:
        hits = [(len(w), _RANKS.index(s), s) for w, s in known_states.items() if _within(w, words)]
        found = max(hits)[2] if hits else None
    return found if found in STATES else None


@cache
def is_undone(cell: str) -> bool:
    """Say whether a return with this state did not happen, or not yet: refused, called off, asked for."""
    words = headers.fold(cell)
    known = state_words().get(words, "")
    return known == "none" or state_of(cell) in {"cancelled", "placed"}


@cache
def is_no_state(cell: str) -> bool:
    """Say whether a cell says something that no state and no word for none is found in."""
    words = _but_partly_refunded(headers.fold(cell))
    return bool(words) and state_of(cell) is None and not any(_within(word, words) for word in state_words())


def _but_partly_refunded(words: str) -> str:
    """Leave out that a part of the money went back, which says nothing of how far an order is."""
    for partly in sorted(map(headers.fold, headers.table("orders")["partly"]["words"]), key=len, reverse=True):
        if _within(partly, words):
            words = f" {words} ".replace(f" {partly} ", " ").strip() if partly.isascii() else words.replace(partly, "")
    return words.strip()


def _within(word: str, words: str) -> bool:
    return f" {word} " in f" {words} " if word.isascii() else word in words


@cache
def is_unsaleable(cell: str) -> bool:
    """Say whether a cell says that what came back is not for sale again."""
    words = headers.fold(cell)
    return words in {headers.fold(word) for word in headers.table("orders")["unsaleable"]["words"]}


@cache
def _kinds() -> dict[str, ItemKind]:
    listed: dict[str, list[str]] = headers.table("orders")["kinds"]
    return {headers.fold(w): kind for kind, ws in listed.items() if kind != "begins" for w in ws}  # type: ignore[misc]


@cache
def kind_of(title: str, sku: str) -> ItemKind:
    """Return what a line is about: goods, or money for postage, fees, discounts and the like."""
    words, code = headers.fold(title), headers.fold(sku)
    kinds = _kinds()
    if words in kinds:
        return kinds[words]
    if code in kinds and not title:
        return kinds[code]
    begins = tuple(w if "_" in w else headers.fold(w) for w in headers.table("orders")["kinds"]["begins"])
    return "gift" if words.startswith(begins) or sku.casefold().startswith(begins) else "goods"
