"""What the shop knows: read from files, typed, read again, undone."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from desktop_app.engine import ScriptedEngine
from desktop_app.errors import UserError
from desktop_app.knowledge_records import KnowledgeImported
from desktop_app.records import Draft
from desktop_app.shop import Shop
from desktop_app.tasks import knowledge
from desktop_app.tasks.library import Library


def bring(shop: Shop, path: Path, text: str = "") -> KnowledgeImported:
    if text:
        path.write_text(text, "utf-8")
    found = list(knowledge.import_knowledge(shop, threading.Event(), looked=knowledge.look(shop, path)))
    assert isinstance(found[-1], KnowledgeImported)
    return found[-1]


FAQ = "question,answer\nHow long?,Two days.\nWhat does it cost?,Four pounds.\n可以退货吗,七天内可以退。\n"


def test_a_file_is_one_action_that_can_be_undone_and_done_again(shop: Shop, tmp_path: Path) -> None:
    told = bring(shop, tmp_path / "faq.csv", FAQ)
    assert (told.added, told.changed, told.removed) == (3, 0, 0)
    assert shop.find_passages("退") == [3]
    shop.undo()
    assert shop.passages() == []
    assert shop.find_passages("退") == []
    assert shop.knowledge_sources() == []
    shop.redo()
    assert [p.text for p in shop.passages()] == ["Two days.", "Four pounds.", "七天内可以退。"]
    assert shop.find_passages("pounds") == [2]


def test_a_file_that_changed_is_read_again_and_only_what_is_new_is_embedded(shop: Shop, tmp_path: Path) -> None:
    path = tmp_path / "faq.csv"
    bring(shop, path, FAQ)
    embedded: list[str] = []

    class Counting(ScriptedEngine):
        def embed(self, texts, *, query=False):
            if not query:
                embedded.extend(texts)
            return super().embed(texts, query=query)

    engine = Counting()
    Library(shop, engine, on="2026-11-25")
    assert len(embedded) == 3
    assert knowledge.changed_files(shop) == []
    path.write_text(FAQ.replace("Four pounds.", "Five pounds.").replace("How long?,Two days.\n", ""), "utf-8")
    assert [s.name for s in knowledge.changed_files(shop)] == ["faq.csv"]
    (told,) = [e for e in knowledge.read_again(shop, threading.Event()) if isinstance(e, KnowledgeImported)]
    assert (told.added, told.changed, told.skipped, told.removed) == (0, 1, 1, 1)
    assert [(p.id, p.text) for p in shop.passages()] == [(2, "Five pounds."), (3, "七天内可以退。")]
    embedded.clear()
    Library(shop, engine, on="2026-11-25")
    assert embedded == ["What does it cost?\nFive pounds."]
    shop.undo()
    embedded.clear()
    Library(shop, engine, on="2026-11-25")
    assert embedded == []


def test_a_file_that_is_gone_takes_no_answer_with_it(shop: Shop, tmp_path: Path) -> None:
    bring(shop, tmp_path / "faq.csv", FAQ)
    (tmp_path / "faq.csv").unlink()
    assert list(knowledge.read_again(shop, threading.Event())) == []
    assert len(shop.passages()) == 3


def test_a_passage_answers_only_from_its_first_to_its_last_day(shop: Shop) -> None:
    knowledge.add_policy(
        shop, question="offer?", text="Ten per cent off.", valid_from="2026-11-01", valid_to="2026-11-11"
    )
    for day, there in (("2026-10-31", 0), ("2026-11-01", 1), ("2026-11-11", 1), ("2026-11-12", 0)):
        assert len(Library(shop, None, on=day).passages) == there


def test_a_gap_is_counted_and_settled_by_its_answer_in_one_action(shop: Shop) -> None:
    knowledge.note_gaps(shop, ["Do you gift wrap?"])
    knowledge.note_gaps(shop, ["Do you gift wrap?"])
    (gap,) = shop.gaps()
    assert gap.times == 2
    knowledge.add_policy(shop, question=gap.question, text="Yes, for two pounds.", gap=gap.id)
    assert shop.gaps() == []
    assert shop.gaps("answered")[0].passage == shop.passages()[0].id
    shop.undo()
    assert len(shop.gaps()) == 1
    assert shop.passages() == []


def test_a_file_without_any_answer_changes_nothing_and_says_what_to_do(shop: Shop, tmp_path: Path) -> None:
    (tmp_path / "x.csv").write_text("sku,price\nA,1\nB,2\n")
    with pytest.raises(UserError, match="--map"):
        knowledge.look(shop, tmp_path / "x.csv")
    assert shop.actions() == []


def test_approved_texts_become_knowledge_and_follow_what_is_approved(sample: Shop) -> None:
    product = sample.search()[0]
    with sample.act("Write"):
        draft = sample.add_draft(Draft(product, "description", "en", "Made of oak. Wipe it with a dry cloth."))
        sample.set_draft_status([draft.id or 0], "approved")
    before = len(sample.passages())
    (told,) = [e for e in knowledge.read_approved(sample, threading.Event()) if isinstance(e, KnowledgeImported)]
    assert told.added >= 1
    assert "Wipe it with a dry cloth." in sample.passages()[-1].text
    sample.undo()
    assert len(sample.passages()) == before
