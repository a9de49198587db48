"""What was done can be taken back and done again, exactly."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from desktop_app import words
from desktop_app.errors import UserError
from desktop_app.records import Draft, Fact, Image, Product, SourceFile, Variant
from desktop_app.shop import Shop, history

Dumper = Callable[[Path], Any]
BOARD = Product(
    "竹砧板 Board", "board", "<p>Bamboo</p>", tags=("厨房",), facts=(Fact("Material", "bamboo"),),
    variants=(Variant("KIT-1", price=Decimal("19.9"), stock=3), Variant("KIT-2")), images=(Image("a.jpg"),),
)  # fmt: skip


def test_an_action_that_changed_nothing_leaves_no_trace(shop: Shop) -> None:
    with shop.act("Save"):
        pass
    with shop.act("Add"):
        (id,) = shop.add([BOARD])
    with shop.act("Save again"):
        shop.replace(shop.product(id))
        shop.set_status([id], "active")
    assert [action.name for action in shop.actions()] == ["Add"]


def test_an_action_that_fails_is_taken_back_whole(shop: Shop, path: Path, dump: Dumper) -> None:
    before = dump(path)
    with pytest.raises(ZeroDivisionError), shop.act("Add"):
        shop.add(_breaking_off())
    assert dump(path) == before
    assert shop.actions() == []
    with shop.act("Add"):
        shop.add([BOARD])
    assert len(shop.search()) == 1


def test_names_of_actions_are_read_in_the_language_of_the_reader(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    with shop.act("Archive {n} products", n=3):
        shop.add([BOARD])
    assert shop.actions()[0].name == "Archive 3 products"
    monkeypatch.setattr(words._current, "gettext", {"Archive {n} products": "收起 {n} 件商品"}.get)
    assert shop.actions()[0].name == "收起 3 件商品"


def test_undo_and_redo_of_an_edit_that_touches_every_part(shop: Shop, path: Path, dump: Dumper) -> None:
    with shop.act("Add"):
        (id,) = shop.add([BOARD])
    before = dump(path)
    old = shop.product(id)
    with shop.act("Edit"):
        edited = replace(
            old, title="Board", tags=(), facts=(*old.facts[:0], Fact("Size", "30", "cm")), variants=old.variants[1:],
            images=(replace(old.images[0], alt="a board"), Image("b.jpg")),
        )  # fmt: skip
        shop.replace(edited)
    after = dump(path)
    assert before != after
    shop.undo()
    assert dump(path) == before
    shop.redo()
    assert dump(path) == after


def test_an_import_of_two_thousand_products_is_one_action(shop: Shop, path: Path, dump: Dumper) -> None:
    before = dump(path)
    action = shop.begin("Import {name}", name="file.csv")
    data = bytes(range(256)) * 9
    with shop.step(action):
        source = shop.add_source(SourceFile("file.csv", "x", data, "table", "utf-8", "{}", "now"))
    for start in range(0, 2000, 500):
        with shop.step(action):
            shop.add([replace(BOARD, title=f"Board {n}", source_row=n) for n in range(start, start + 500)], source)
    ended = shop.end(action)
    assert ended is not None
    assert ended.changes == 1 + 2000 * 5
    after = dump(path)
    assert [a.name for a in shop.undo_to(ended.id)] == ["Import file.csv"]
    assert dump(path) == before
    shop.redo()
    assert dump(path) == after
    assert shop.source(source).data == data


def test_a_new_action_ends_what_could_be_redone(shop: Shop) -> None:
    for name in ("One", "Two"):
        with shop.act(name):
            shop.add([BOARD])
    shop.undo()
    assert [(a.name, a.undone) for a in shop.actions()] == [("Two", True), ("One", False)]
    with shop.act("Nothing"):
        pass
    assert [a.name for a in shop.redo()] == ["Two"]
    shop.undo()
    with shop.act("Three"):
        shop.add([BOARD])
    assert shop.redo() == []
    assert [a.name for a in shop.actions()] == ["Three", "One"]


def test_undo_to_takes_back_an_action_and_all_after_it(shop: Shop) -> None:
    for name in ("One", "Two", "Three"):
        with shop.act(name):
            shop.add([BOARD])
    second = shop.actions()[1]
    assert [a.name for a in shop.would_undo(second.id)] == ["Three", "Two"]
    assert [a.name for a in shop.undo_to(second.id)] == ["Three", "Two"]
    assert [a.name for a in shop.actions(include_undone=False)] == ["One"]
    assert shop.undo_to(second.id) == []
    assert shop.would_undo(999) == []
    assert [a.name for a in shop.redo(5)] == ["Two", "Three"]


def test_undo_with_nothing_done_does_nothing(shop: Shop) -> None:
    assert shop.undo() == []
    assert shop.redo() == []
    assert shop.undo(0) == []


def test_a_change_outside_an_action_is_a_bug(shop: Shop) -> None:
    with pytest.raises(RuntimeError):
        shop.add([BOARD])
    with shop.act("One"), pytest.raises(RuntimeError), shop.act("Two"):
        pass


def test_decisions_made_during_a_long_job_are_undone_in_the_order_they_were_made(
    shop: Shop, path: Path, dump: Dumper
) -> None:
    with shop.act("Add"):
        ids = shop.add([BOARD] * 3)
    states = [dump(path)]
    job = shop.begin("Describe {n} products", n=3)
    with shop.step(job):
        draft = shop.add_draft(Draft(ids[0], "description", "en", "one", made="now"))
    states.append(dump(path))
    with Shop.open(path) as other, other.act("Approve one draft"):
        other.set_draft_status([draft.id or 0], "approved")
    states.append(dump(path))
    with shop.step(job):
        shop.add_draft(Draft(ids[1], "description", "en", "two", made="now"))
    states.append(dump(path))
    done = shop.end(job)
    assert done is not None
    assert (done.id, done.changes) == (job.id, 2)
    names = ["Describe 3 products", "Approve one draft", "Describe 3 products"]
    assert [a.name for a in shop.would_undo(done.id)] == names
    for state in reversed(states[:-1]):
        shop.undo()
        assert dump(path) == state
    for state in states[1:]:
        shop.redo()
        assert dump(path) == state


def test_what_is_still_running_is_not_undone(shop: Shop, path: Path) -> None:
    job = shop.begin("Import {name}", name="a.csv")
    with shop.step(job):
        shop.add([BOARD])
    for undoing in (shop, Shop.open(path)):
        with pytest.raises(UserError, match="still running"):
            undoing.undo()
        if undoing is not shop:
            undoing.close()
    shop.end(job)
    assert len(shop.undo()) == 1


def test_a_long_action_that_changed_nothing_leaves_no_trace(shop: Shop) -> None:
    job = shop.begin("Import {name}", name="a.csv")
    with shop.step(job):
        pass
    assert shop.end(job) is None
    assert shop.actions() == []


def test_a_failed_step_leaves_the_steps_before_it(shop: Shop) -> None:
    job = shop.begin("Import {name}", name="a.csv")
    with shop.step(job):
        shop.add([BOARD])
    with pytest.raises(ZeroDivisionError), shop.step(job):
        shop.add(_breaking_off())
    shop.end(job)
    assert len(shop.search()) == 1
    shop.undo()
    assert shop.search() == []


def test_a_bulk_add_that_fails_within_an_action_leaves_the_rest_undoable(shop: Shop, path: Path, dump: Dumper) -> None:
    before = dump(path)
    with shop.act("Add"):
        shop.add([BOARD])
        with pytest.raises(UserError):
            shop.add([BOARD, Product("Dear", variants=(Variant(price=Decimal(10) ** 30),))])
        shop.add([replace(BOARD, title="Last")])
    assert len(shop.search()) == 2
    shop.undo()
    assert dump(path) == before


def test_the_journal_forgets_the_oldest_actions_and_never_the_last_ones(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(history, "ENTRIES", 60)
    monkeypatch.setattr(history, "KEPT", 5)
    for n in range(40):
        with shop.act("Add {n}", n=n):
            shop.add([BOARD])
    names = [a.name for a in shop.actions()]
    assert names[0] == "Add 39"
    assert 5 <= len(names) <= 60 // 4
    assert shop._file.value("SELECT count(*) FROM journal") <= 60
    monkeypatch.setattr(history, "ENTRIES", 3)
    with shop.act("Big"):
        for _n in range(4):
            shop.add([BOARD])
    assert len(shop.actions()) == 5
    assert len(shop.undo(9)) == 5
    assert len(shop.redo(9)) == 5


def test_a_setting_written_outside_any_action_survives_undo_and_redo_around_it(shop: Shop) -> None:
    with shop.act("Remember"):
        shop.set_setting("a", 1)
    shop.undo()
    shop.set_setting("a", 2)
    shop.set_setting("b", json.loads("[1]"))
    shop.redo()
    assert (shop.setting("a"), shop.setting("b")) == (1, [1])
    shop.undo()
    assert (shop.setting("a"), shop.setting("b")) == (2, [1])


def test_every_data_table_has_its_three_triggers(shop: Shop) -> None:
    from desktop_app.shop import schema

    journal = "type = 'trigger' AND name LIKE 'journal_%'"
    rows = shop._file.all(f"SELECT tbl_name, name FROM sqlite_master WHERE {journal} ORDER BY name")
    assert rows == sorted(
        ((table, f"journal_{table}_{event}") for table in schema.DATA for event in ("delete", "insert", "update")),
        key=lambda row: row[1],
    )
    known = {name for (name,) in shop._file.all("SELECT name FROM sqlite_master WHERE type = 'table'")}
    aside = {"actions", "journal", "doing", "_sqlite_migrations", "sqlite_sequence", *schema.DERIVED, *schema.BOOKS}
    assert {name for name in known - aside if not name.startswith("search_")} == set(schema.DATA)


def _breaking_off() -> Iterator[Product]:
    yield from [BOARD] * 5001  # more than is written at once
    raise ZeroDivisionError
