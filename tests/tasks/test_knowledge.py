"""What the shop knows: read from files, typed, read again, undone."""

from __future__ import annotations

import threading
from dataclasses import replace
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


def test_a_typed_promotion_ends_with_the_day_its_words_name(shop: Shop) -> None:
    for text, until in (
        ("Until 30 November 2020 you get ten per cent off with WINTER.", "2020-11-30"),
        ("满两百减三十，活动截至2020年11月30日。", "2020-11-30"),
        ("The seams are covered for two years.", ""),
    ):
        id = knowledge.add_policy(shop, question="?", text=text)
        assert shop.passage(id).valid_to == until
    kept = knowledge.add_policy(shop, question="?", text="Until 30 November 2020: 10% off.", valid_to="")
    assert shop.passage(kept).valid_to == ""
    assert [p.id for p in Library(shop, None, on="2026-11-26").passages] == [3, 4]
    assert shop.find_passages(state="ended", on="2026-11-26") == [1, 2]


def test_an_answer_that_would_end_before_it_begins_is_refused(shop: Shop) -> None:
    with pytest.raises(UserError, match="last day"):
        knowledge.add_policy(shop, text="x", valid_from="2026-12-02", valid_to="2026-12-01")
    assert shop.passages() == []


def change(shop: Shop, id: int, text: str) -> None:
    knowledge.change_passage(shop, replace(shop.passage(id), text=text))


def test_what_the_merchant_changed_is_kept_when_another_row_of_the_file_changed(shop: Shop, tmp_path: Path) -> None:
    path = tmp_path / "faq.csv"
    bring(shop, path, FAQ)
    change(shop, 1, "Six days.")
    told = bring(shop, path, FAQ.replace("Four pounds.", "Five pounds."))
    assert (told.changed, told.skipped, told.kept, told.asks) == (1, 1, 1, 0)
    assert [p.text for p in shop.passages()] == ["Six days.", "Five pounds.", "七天内可以退。"]
    assert [row.state for row in shop.passage_rows([1, 2])] == ["changed", ""]
    shop.undo()
    shop.undo()
    assert shop.passage(1).text == "Two days."
    assert bring(shop, path).kept == 0


def test_where_the_file_changed_the_same_row_both_are_kept_and_the_merchant_is_asked(
    shop: Shop, tmp_path: Path
) -> None:
    path = tmp_path / "faq.csv"
    bring(shop, path, FAQ)
    change(shop, 1, "Six days.")
    told = bring(shop, path, FAQ.replace("Two days.", "Three days."))
    assert (told.changed, told.kept, told.asks) == (0, 1, 1)
    assert shop.passage(1).text == "Six days."
    (asked,) = shop.passage_changes(passage=1)
    assert asked.news is not None
    assert (asked.text, asked.news.text) == ("Two days.", "Three days.")
    assert shop.find_passages(state="asks") == [1]
    knowledge.settle_passage(shop, 1, mine=False)
    assert (shop.passage(1).text, shop.find_passages(state="changed")) == ("Three days.", [])
    shop.undo()
    knowledge.settle_passage(shop, 1, mine=True)
    assert (shop.passage(1).text, shop.find_passages(state="asks")) == ("Six days.", [])
    assert bring(shop, path).asks == 0
    assert shop.passage(1).text == "Six days."


def test_a_changed_passage_that_its_file_drops_stays_until_the_merchant_decides(shop: Shop, tmp_path: Path) -> None:
    path = tmp_path / "faq.csv"
    bring(shop, path, FAQ)
    change(shop, 1, "Six days.")
    told = bring(shop, path, FAQ.replace("How long?,Two days.\n", ""))
    assert (told.removed, told.asks, shop.passage(1).text) == (0, 1, "Six days.")
    knowledge.settle_passage(shop, 1, mine=True)
    bring(shop, path, FAQ.replace("How long?,Two days.\n", "New?,Yes.\n"))
    assert (shop.passage(1).text, shop.passage(1).source_name) == ("Six days.", "Typed here")


def test_an_answer_taken_out_of_a_file_stays_out_when_the_file_is_read_again(shop: Shop, tmp_path: Path) -> None:
    path = tmp_path / "faq.csv"
    bring(shop, path, FAQ)
    knowledge.remove_passages(shop, [2])
    assert (bring(shop, path).kept, [p.id for p in shop.passages()]) == (1, [1, 3])
    bring(shop, path, FAQ.replace("Four pounds.", "Five pounds."))
    assert [p.id for p in shop.passages()] == [1, 3]
    while len(shop.passages()) < 3:
        shop.undo()
    assert [p.text for p in shop.passages()] == ["Two days.", "Four pounds.", "七天内可以退。"]


def test_one_of_several_typed_answers_is_taken_out_and_comes_back_with_undo(shop: Shop) -> None:
    ids = [knowledge.add_policy(shop, question=q, text=f"{q}!") for q in ("one", "two", "three")]
    knowledge.remove_passages(shop, [ids[1]])
    assert [p.question for p in shop.passages()] == ["one", "three"]
    shop.undo()
    assert [p.question for p in shop.passages()] == ["one", "two", "three"]


def test_an_offer_without_a_year_means_the_same_day_when_its_file_is_read_a_year_later(
    shop: Shop, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from desktop_app.tasks import knowledge_kept

    path, faq = tmp_path / "faq.csv", "question,answer\nCode?,WINTER: 10% off until 30 November.\n"
    monkeypatch.setattr(knowledge_kept, "now", lambda: "2026-11-02T08:00:00Z")
    bring(shop, path, faq)
    assert shop.passage(1).valid_to == "2026-11-30"
    monkeypatch.setattr(knowledge_kept, "now", lambda: "2027-02-02T08:00:00Z")
    bring(shop, path, faq + "New?,Yes.\n")
    assert [p.valid_to for p in shop.passages()] == ["2026-11-30", ""]


def test_passages_are_found_by_words_source_language_and_state(shop: Shop, tmp_path: Path) -> None:
    bring(shop, tmp_path / "faq.csv", FAQ)
    knowledge.add_policy(shop, question="Code?", text="Four per cent off until 5 May 2020.")
    assert shop.find_passages("four") == [2, 4] or shop.find_passages("four") == [4, 2]
    assert shop.find_passages("four", source=1) == [2]
    assert shop.find_passages(language="zh") == [3]
    assert shop.find_passages("four", state="current", on="2026-11-26") == [2]
    assert shop.find_passages("退", language="en") == []
    assert dict(shop.passage_languages()) == {"en": 3, "zh": 1}
