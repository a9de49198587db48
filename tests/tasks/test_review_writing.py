"""Texts made of reviews: an answer to each in the reviewer's language, and what customers say for the product page."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from desktop_app.records import Draft, Fact, Product, Saved
from desktop_app.review_records import review_of
from desktop_app.shop import Shop
from desktop_app.tasks import drafts, import_reviews, knowledge, review_replies, review_texts, voice
from desktop_app.tasks.reading import read_all
from desktop_app.tasks.review_desk import ReviewDesk
from desktop_app.tasks.understanding import Reader

STOP = threading.Event()
VERSION = Reader(None).version


@pytest.fixture
def mug(shop: Shop) -> int:
    with shop.act("Add"):
        (first,) = shop.add([Product("Blue mug", "mug", facts=(Fact("Size", "9 × 8 cm"), Fact("容量", "300 毫升")))])
    return first


def put(shop: Shop, folder: Path, rows: list[tuple[str, float | str, str]]) -> dict[str, int]:
    """Bring reviews in and read them; return their ids by their words."""
    path = folder / "r.csv"
    lines = [f'mug,{stars},"{text}",{author}' for author, stars, text in rows]
    path.write_text("\n".join(["product_handle,rating,body,author", *lines]), "utf-8")
    list(import_reviews.import_reviews(shop, STOP, reading=import_reviews.look(shop, path)))
    list(read_all(shop, Reader(None), STOP))
    return {review.text: review.id or 0 for review in shop.reviews(shop.review_ids())}


def answered(shop: Shop, ids: dict[str, int]) -> dict[str, Draft]:
    made = review_replies.reply_to_reviews(shop, STOP, reviews=list(ids.values()), version=VERSION)
    by_id = {review_of(e.draft.field): e.draft for e in made if isinstance(e, Saved)}
    return {text: by_id[id] for text, id in ids.items() if id in by_id}


def test_each_review_is_answered_in_its_own_language(shop: Shop, mug: int, tmp_path: Path) -> None:
    ids = put(shop, tmp_path, [
        ("Anna Smith", 5, "Great quality, sturdy"), ("小王", 1, "质量太差了，一用就坏"),
        ("Jens", 2, "Leider ist die Tasse nicht gut und viel zu klein"), ("c***9", 5, "Très bon produit, je suis ravie de cette tasse"),
    ])  # fmt: skip
    texts = {text: draft.text for text, draft in answered(shop, ids).items()}
    english, chinese, german, french = (texts[text] for text in ids)
    assert english.startswith("Hello Anna,\n\n")
    assert "quality." in english
    assert chinese.startswith("小王，您好！\n\n")
    assert "质量" in chinese
    assert "你" not in chinese
    assert german.startswith("Hallo Jens,\n\nvielen Dank für Ihre offenen Worte. Es tut uns leid")
    assert french.startswith("Bonjour,\n\nmerci")


def test_blame_is_met_with_the_fact_it_is_about_and_the_shops_own_policy(shop: Shop, mug: int, tmp_path: Path) -> None:
    knowledge.add_policy(shop, question="Can I return it?", text="Unused goods can come back within 30 days.")
    ids = put(shop, tmp_path, [("Anna", 2, "The size is too small"), ("Ben", 5, "Perfect size")])
    bad, good = answered(shop, ids).values()
    assert "Size – 9 × 8 cm." in bad.text
    assert "Our rule for this: Unused goods can come back within 30 days." in bad.text
    assert ("Size",) in [span.facts for span in bad.evidence]
    assert "30 days" not in good.text


def test_fifty_answers_are_not_one_text(shop: Shop, mug: int, tmp_path: Path) -> None:
    ids = put(shop, tmp_path, [(f"A{n}", 5, f"Great quality, cup number {n}") for n in range(12)])
    texts = {draft.text for draft in answered(shop, ids).values()}
    assert len(texts) >= 4


def test_the_rule_quoted_is_the_one_about_returns(shop: Shop, mug: int, tmp_path: Path) -> None:
    knowledge.add_policy(shop, question="Can I change my order?", text="Yes, until it is packed; then use the return.")
    long = "Unused goods can come back within 30 days; the refund takes 5 days after the return has arrived."
    knowledge.add_policy(shop, question="How do returns work?", text=long)
    ids = put(shop, tmp_path, [("Anna", 1, "The size is too small")])
    (draft,) = answered(shop, ids).values()
    assert f"Our rule for this: {long}" in draft.text


def test_what_is_delicate_is_left_to_the_merchant(shop: Shop, mug: int, tmp_path: Path) -> None:
    ids = put(shop, tmp_path, [("Anna", 1, "The handle broke and I cut my hand, my lawyer will write")])
    (draft,) = answered(shop, ids).values()
    assert "answer you personally" in draft.text
    assert draft.findings[0].kind == "delicate"


def test_an_answer_is_drafted_once_and_undone_as_one_action(shop: Shop, mug: int, tmp_path: Path) -> None:
    ids = put(shop, tmp_path, [("Anna", 5, "Great"), ("Ben", 5, "Perfect"), ("", 5, "此用户没有填写评价。")])
    assert len(answered(shop, ids)) == 2
    assert answered(shop, ids) == {}
    shop.undo()
    assert len(answered(shop, ids)) == 2
    drafts.approve(shop, [d.id or 0 for d in shop.drafts(status="new")])
    target = tmp_path / "answers.csv"
    assert review_replies.export_replies(shop, target) == 2
    assert "Great" in target.read_text("utf-8-sig")


def test_the_text_for_the_page_is_balanced_counted_and_publishable(shop: Shop, mug: int, tmp_path: Path) -> None:
    rows = [(f"A{n}", 5, "Great quality, sturdy") for n in range(9)]
    rows += [(f"B{n}", 2, "The size is too small") for n in range(6)]
    put(shop, tmp_path, rows)
    draft = review_texts.page_draft(shop, ReviewDesk(VERSION), mug, "en")
    assert draft is not None
    assert draft.text == (
        "9 of 15 rated reviews give four or five stars. Praised: quality (9), for example “Great quality, sturdy”. "
        "Criticised: size and fit (6), for example “The size is too small”."
    )
    assert not draft.findings


def test_a_quote_that_may_not_be_published_is_not_quoted(shop: Shop, mug: int, tmp_path: Path) -> None:
    put(shop, tmp_path, [(f"A{n}", 5, "全网最好的质量") for n in range(7)])
    draft = review_texts.page_draft(shop, ReviewDesk(VERSION), mug, "zh")
    assert draft is not None
    assert "最好" not in draft.text
    assert "质量（7条）" in draft.text
    assert not draft.findings


def test_too_few_reviews_make_no_text(shop: Shop, mug: int, tmp_path: Path) -> None:
    put(shop, tmp_path, [("A", 5, "Great quality"), ("B", 4, "Sturdy")])
    assert review_texts.page_draft(shop, ReviewDesk(VERSION), mug, "en") is None
    assert (
        list(review_texts.write_pages(shop, ReviewDesk(VERSION), STOP, products=[mug], language="en"))[-1].too_few == 1
    )


def test_answers_to_reviews_are_in_the_voice_of_the_shop_and_its_policy_stays(
    shop: Shop, mug: int, tmp_path: Path
) -> None:
    knowledge.add_policy(shop, question="Can I return it?", text="Unused goods can come back within 30 days.")
    knowledge.add_policy(shop, question="可以退货吗？", text="您可以在三十天内退货。")
    voice.change(shop, use=(("hello", "hi"), ("goods", "things"), ("size", "measure")), avoid=("thank",), address="你")
    ids = put(shop, tmp_path, [("Anna", 2, "The size is too small"), ("小王", 1, "质量太差了，一用就坏")])
    english, chinese = answered(shop, ids).values()
    assert english.text.startswith("Hi Anna,")
    assert "Unused goods can come back within 30 days." in english.text
    assert "Size – 9 × 8 cm." in english.text
    assert all(english.text[s.start : s.end].strip() for s in english.evidence)
    assert "您可以在三十天内退货。" in chinese.text
    assert "您" not in chinese.text.replace("您可以在三十天内退货。", "")
    marked = [finding.text.casefold() for finding in english.findings if finding.kind == "voice"]
    assert ("thank" in english.text.casefold().split()) == bool(marked)
