"""Customers: found, noted, merged and parted, given a copy of, and forgotten so that nothing brings them back."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path

import pytest

from desktop_app.errors import UserError
from desktop_app.message_records import Conversation, Message
from desktop_app.shop import Shop
from desktop_app.tasks import customers, history, reckoning
from desktop_app.trade import Address, Buyer, Order, OrderLine


def order(number: str, name: str, email: str = "", phone: str = "", postcode: str = "", street: str = "Elm 7") -> Order:
    to = Address(name, street=street, city="Leeds", postcode=postcode, country="GB", phone=phone)
    line = OrderLine("Oak tray", "T1", Decimal(1), Decimal(20))
    return Order(
        number, "shop", "2026-05-01 10:00", lines=(line,), currency="GBP", buyer=Buyer(name, email, phone), ship_to=to,
        note=f"For {name}",
    )  # fmt: skip


@pytest.fixture
def filled(shop: Shop) -> Shop:
    with shop.act("Orders"):
        shop.intake().take([
            order("1", "Ada Quill", "ada@quill.example", "07700 900111", "LS1"),
            order("2", "Ada Quill", "ada.q@work.example", "", "LS1", "Park Row"),
            order("3", "A. Quill", "third@quill.example", "07700 900111", "LS9"),
            order("4", "Ada Quill", "other@ada.example", "", "YO1"),
            order("5", "Bo Stern", "bo@stern.example", "", "M1"),
        ])  # fmt: skip
    return shop


def of(shop: Shop, email: str) -> int:
    (found,) = shop.find_customers(email)
    return found


def test_a_customer_is_found_by_name_address_and_phone(filled: Shop) -> None:
    assert len(filled.find_customers()) == 5
    assert len(filled.find_customers("quill")) == 4
    assert filled.find_customers("bo@stern") == filled.find_customers("stern")
    (row,) = filled.customer_rows([of(filled, "bo@stern.example")])
    assert (row.name, row.orders, row.spent, row.currency) == ("Bo Stern", 1, Decimal(20), "GBP")
    by_name = [row.name for row in filled.customer_rows(filled.find_customers(sort="name", descending=False))]
    assert by_name == ["A. Quill", "Ada Quill", "Ada Quill", "Ada Quill", "Bo Stern"]


def test_who_may_be_the_same_is_never_told_by_the_name_alone(filled: Shop) -> None:
    first = of(filled, "ada@quill.example")
    found = dict(filled.alike(first))
    assert found == {of(filled, "ada.q@work.example"): "place", of(filled, "third@quill.example"): "phone"}
    assert filled.alike(of(filled, "other@ada.example")) == []


def test_merged_customers_are_one_in_every_list_and_can_be_parted_and_undone(filled: Shop) -> None:
    first, second = of(filled, "ada@quill.example"), of(filled, "ada.q@work.example")
    customers.merge(filled, [second], first)
    assert len(filled.find_customers()) == 4
    (row,) = filled.customer_rows([first])
    assert (row.orders, row.spent) == (2, Decimal(40))
    assert filled.find_customers("ada.q@work.example") == [first]
    known = customers.person(filled, second)
    assert known.customer.id == first
    assert [order.number for order in known.orders] == ["2", "1"]
    customers.part(filled, [second])
    assert len(filled.find_customers()) == 5
    history.undo(filled, 2)
    assert filled.merged_under(first) == []
    history.redo(filled, 1)
    assert filled.merged_under(first) == [second]


def test_a_note_and_a_consent_are_kept_with_their_day_and_undone(filled: Shop) -> None:
    id = of(filled, "bo@stern.example")
    customers.set_note(filled, id, " Rings twice ")
    customers.set_consent(filled, id, "yes")
    kept = filled.customer(id)
    assert (kept.note, kept.consent, bool(kept.consent_at)) == ("Rings twice", "yes", True)
    assert customers.set_consent(filled, id, "yes") is None
    history.undo(filled, 2)
    assert filled.customer(id).note == ""
    assert all("Stern" not in action.name for action in filled.actions())


def test_a_person_gets_a_copy_of_everything_kept_of_them_and_of_nobody_else(filled: Shop, tmp_path: Path) -> None:
    assert customers.export_person(filled, of(filled, "bo@stern.example"), tmp_path / "bo.json") == 1
    text = (tmp_path / "bo.json").read_text("utf-8")
    told = json.loads(text)
    assert [o["number"] for o in told["orders"]] == ["5"]
    assert told["customers"][0]["email"] == "bo@stern.example"
    assert "Quill" not in text


def test_a_forgotten_person_is_in_no_byte_of_the_file_and_undo_does_not_bring_them_back(filled: Shop) -> None:
    first = of(filled, "ada@quill.example")
    customers.merge(filled, [of(filled, "ada.q@work.example")], first)
    customers.set_note(filled, first, "Zebracrossing")
    sold = filled.customer_rows([first])[0].spent
    assert customers.erase(filled, first) == 2
    assert [len(filled.find_customers("work.example")), len(filled.find_customers())] == [0, 3]
    orders = filled.orders(filled.find_orders())
    assert sum(line.amount for o in orders for line in o.lines) == Decimal(100)
    assert sold == Decimal(40)
    path = filled.path
    filled.close()
    raw = path.read_bytes()
    for word in (b"ada@quill.example", b"ada.q@work", b"Zebracrossing", b"For Ada"):
        assert (word in raw) == (word == b"For Ada"), word  # order 4 is of another Ada
    with Shop.open(path) as again:
        while again.undo():
            pass
        assert again.find_customers() == []
        again.redo()
        names = {again.customer(id).email for id in again.find_customers()}
        assert "ada@quill.example" not in names
    raw = path.read_bytes()
    assert b"ada@quill.example" not in raw


def test_nobody_can_be_forgotten_twice(filled: Shop) -> None:
    id = of(filled, "bo@stern.example")
    customers.erase(filled, id)
    with pytest.raises(UserError):
        customers.erase(filled, id)


def test_messages_of_a_forgotten_person_go_with_them_linked_or_known_by_address(filled: Shop, tmp_path: Path) -> None:
    id = of(filled, "bo@stern.example")
    with filled.act("Messages"):
        for customer, address, text in (
            (id, "", "Quokka one"),
            (None, "bo@stern.example", "Quokka two"),
            (None, "x@y.example", "Stays"),
        ):
            thread = filled.add_conversation(Conversation("Bo", address, customer=customer))
            filled.add_message(thread, Message(text, text, "Bo", address))
    customers.export_person(filled, id, tmp_path / "bo.json")
    text = (tmp_path / "bo.json").read_text("utf-8")
    assert [word in text for word in ("Quokka one", "Quokka two", "Stays")] == [True, True, False]
    customers.erase(filled, id)
    path = filled.path
    filled.close()
    raw = path.read_bytes()
    assert [word in raw for word in (b"Quokka", b"stern.example", b"Stays")] == [False, False, True]


def test_what_a_customer_will_bring_is_that_customers_own(shop: Shop) -> None:
    def bought(who: int, month: int, pieces: int) -> Order:
        buyer = Buyer(f"Buyer {who:02}", f"b{who}@x.example")
        lines = (OrderLine("Tray", "T", Decimal(pieces), Decimal(10)),)
        kind = "credit" if pieces < 0 else "sale"
        return Order(f"{who}-{month}", "shop", f"2026-{month:02}-0{who % 9 + 1}", "paid", kind, lines, buyer=buyer)  # type: ignore[arg-type]

    with shop.act("Orders"):  # the first only gave something back, and so will bring nothing that can be told
        shop.intake().take(
            [bought(0, 1, -1), *(bought(who, month, who) for who in range(1, 41) for month in (2, 5, 8))]
        )
    assert customers.person(shop, of(shop, "b0@x.example")).value is None
    values = [customers.person(shop, of(shop, f"b{who}@x.example")).value for who in (2, 20, 40)]
    told = [value[0] for value in values if value is not None]
    assert len(told) == 3
    assert told == sorted(told)
    found = reckoning.customer_value(shop, reckoning.today_of(shop))
    assert found is not None
    names, worth = found
    assert len(names) == len(worth.expected) == 40
    by_name = dict(zip(names, worth.expected.tolist(), strict=True))
    assert by_name["Buyer 40"] > by_name["Buyer 20"] > by_name["Buyer 02"]
