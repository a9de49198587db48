"""Drafts keep where they came from, and approvals who, when and which words."""

from __future__ import annotations

from dataclasses import replace

import pytest

from desktop_app.errors import UserError
from desktop_app.records import Draft, Finding, Product, Span
from desktop_app.shop import Shop


@pytest.fixture
def product(shop: Shop) -> int:
    with shop.act("Add"):
        return shop.add([Product("Board")])[0]


def test_a_draft_comes_back_with_its_evidence_and_where_it_came_from(shop: Shop, product: int) -> None:
    draft = Draft(
        product, "description", "en", "竹 text", "new", "weights", (Span(0, 1, ("Material", "Ø")), Span(2, 3)),
        (Finding(0, 1, "竹", "number", "why", None, "x"),), 3, "SmolLM2", "ab" * 32, "describe/1", 2**40,
        (4, 5), True, "then",
    )  # fmt: skip
    with shop.act("Describe"):
        kept = shop.add_draft(draft)
    assert shop.draft(kept.id or 0) == replace(draft, id=kept.id) == kept
    assert shop.counts().drafts_flagged == 1


def test_drafts_are_listed_newest_first_by_status_product_and_number(shop: Shop, product: int) -> None:
    with shop.act("Describe"):
        one, two, three = (shop.add_draft(Draft(product, "description", "en", t)).id or 0 for t in "abc")
        shop.set_draft_status([two], "rejected")
    assert [d.id for d in shop.drafts()] == [three, two, one]
    assert [d.id for d in shop.drafts("new", limit=1)] == [three]
    assert [d.id for d in shop.drafts(product=product, status="rejected")] == [two]
    assert [d.id for d in shop.drafts(ids=[one, two, 99])] == [two, one]
    assert shop.drafts(product=99) == shop.drafts(ids=[]) == []


def test_the_text_approved_last_is_the_one_that_goes_out(shop: Shop, product: int) -> None:
    with shop.act("Describe"):
        one, two = (shop.add_draft(Draft(product, "description", "en", t)).id or 0 for t in "ab")
        zh = shop.add_draft(Draft(product, "description", "zh", "中", "approved")).id
    with shop.act("Approve"):
        shop.set_draft_status([two], "approved")
    with shop.act("Approve"):
        shop.set_draft_status([one], "approved")
    assert [d.id for d in shop.approved()] == [one, zh]
    with shop.act("Approve again"):
        shop.set_draft_status([two], "approved")
    assert [d.id for d in shop.approved([product])] == [two, zh]
    assert shop.approved([99]) == []
    shop.undo()
    assert [d.id for d in shop.approved()] == [one, zh]


def test_an_approval_keeps_who_when_and_which_words(shop: Shop, product: int) -> None:
    with shop.act("Describe"):
        draft = shop.add_draft(Draft(product, "description", "en", "first"))
        shop.set_draft_status([draft.id or 0], "approved")
    with shop.act("Edit"):
        shop.replace_draft(replace(shop.draft(draft.id or 0), text="second"))
    rows = shop._file.all("SELECT draft, at <> '', who <> '', text FROM approvals ORDER BY id")
    assert rows == [(draft.id, 1, 1, "first"), (draft.id, 1, 1, "second")]


def test_what_was_approved_and_not_yet_exported_is_counted(shop: Shop, product: int) -> None:
    with shop.act("Describe"):
        draft = shop.add_draft(Draft(product, "description", "en", "first", "approved"))
    assert shop.counts().approved_not_exported == 1
    shop.mark_exported([draft.id or 0])
    assert shop.counts().approved_not_exported == 0
    with shop.act("Edit"):
        shop.replace_draft(replace(draft, text="second"))
    assert shop.counts().approved_not_exported == 1
    shop.undo()
    assert shop.counts().approved_not_exported == 0
    shop.mark_exported([])


def test_the_list_says_what_text_a_product_has(shop: Shop, product: int) -> None:
    def state() -> str:
        return shop.rows([product])[0].text

    assert state() == "missing"
    with shop.act("Describe"):
        one = shop.add_draft(Draft(product, "description", "en", "a")).id or 0
    assert state() == "draft"
    with shop.act("Approve"):
        shop.set_draft_status([one], "approved")
    assert state() == "approved"
    with shop.act("Describe again"):
        two = shop.add_draft(Draft(product, "description", "en", "b")).id or 0
    assert state() == "draft"
    with shop.act("Reject"):
        shop.set_draft_status([two], "rejected")
    assert state() == "approved"
    with shop.act("Reject"):
        shop.set_draft_status([one], "rejected")
    assert state() == "missing"
    for expected in ("approved", "draft", "approved", "draft", "missing"):
        shop.undo()
        assert state() == expected
    shop.redo(9)
    assert state() == "missing"


def test_an_unknown_draft_is_named_plainly(shop: Shop) -> None:
    with pytest.raises(UserError, match="number 9"):
        shop.draft(9)


def test_a_draft_for_no_product_is_a_bug_and_is_not_kept(shop: Shop) -> None:
    import sqlite3

    with pytest.raises(sqlite3.IntegrityError), shop.act("Describe"):
        shop.add_draft(Draft(99, "description", "en", "a"))
    assert shop.drafts() == []
