"""What a merchant does with drafts: writing one by hand."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop_app.errors import UserError
from desktop_app.language import reader
from desktop_app.records import Draft, Fact, Product
from desktop_app.shop import Shop
from desktop_app.tasks import drafts


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Shop]:
    with Shop.create(tmp_path / "s.zhanggui") as made:
        with made.act("Fill"):
            made.add([Product("Oak tray", facts=(Fact("Material", "oak"),), language="en")])
        yield made


def number(shop: Shop) -> int:
    return shop.search()[0]


def test_a_text_of_ones_own_becomes_a_draft_that_waits(shop: Shop) -> None:
    kept = drafts.write(shop, number(shop), "description", "en", "  A tray of oak, for breakfast in the garden. ")
    assert kept.text == "A tray of oak, for breakfast in the garden."
    assert (kept.source, kept.status) == ("merchant", "new")
    assert kept.made
    assert shop.drafts(status="new") == [kept]


def test_a_number_without_a_fact_is_marked_in_ones_own_words_too(shop: Shop) -> None:
    kept = drafts.write(shop, number(shop), "description", "en", "It holds 12 cups.")
    assert any("12" in finding.text for finding in kept.findings)


def test_a_claim_no_list_knows_is_asked_about_in_ones_own_words(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    marks_all = reader.Reader((0.0,) * reader.SPACE, 0.0, -1e9, -1e9, -1e9)
    monkeypatch.setattr(reader, "of", lambda _language: marks_all)
    kept = drafts.write(shop, number(shop), "description", "en", "Breakfast in the garden on oak.")
    assert [f.kind for f in kept.findings] == ["doubtful"]
    assert "Material: oak" in kept.findings[0].why


def test_the_draft_that_waited_gives_way_and_comes_back_with_undo(shop: Shop) -> None:
    with shop.act("Write"):
        old = shop.add_draft(Draft(number(shop), "description", "en", "An oak tray."))
        other = shop.add_draft(Draft(number(shop), "description", "zh", "橡木托盘。"))
    kept = drafts.write(shop, number(shop), "description", "en", "A tray of oak.")
    assert {d.id for d in shop.drafts(status="new")} == {kept.id, other.id}
    shop.undo()
    assert {d.id for d in shop.drafts(status="new")} == {old.id, other.id}


def test_nothing_is_not_kept(shop: Shop) -> None:
    with pytest.raises(UserError, match="empty"):
        drafts.write(shop, number(shop), "description", "en", "  \n ")
    assert shop.drafts() == []
