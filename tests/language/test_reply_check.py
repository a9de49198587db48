"""A reply may say what the shop's knowledge says, and nothing else."""

from __future__ import annotations

import pytest

from desktop_app.language.reply_check import ReplyCheck, check_reply, tells_all

KNOWN = (
    "We refund within 5 working days after the parcel has reached us.",
    "Items marked as final sale cannot be returned. All other reduced items can.",
    "Write to hello@linden.example or see https://linden.example/help.",
    "Toys are for children from 3 years on.",
)
ZH = ("签收后7天内可以无理由退货，不影响二次销售即可。", "质量问题运费由店铺承担。")


@pytest.mark.parametrize(
    ("sentence", "kind"),
    [
        ("We will send you a new one.", "promise"),
        ("You will get your money back tomorrow.", "promise"),
        ("I have refunded your order.", "promise"),
        ("Here is a voucher for you.", "compensation"),
        ("This was the courier's fault.", "blame"),
        ("You should have read the page.", "blame"),
        ("See https://evil.example/pay for details.", "link"),
        ("Call us on +44 7911 123456.", "number"),
        ("We refund within 6 working days after the parcel has reached us.", "number"),
        ("Items marked as final sale can be returned.", "contradiction"),
        ("We refund in 5 working days after the parcel has reached us.", "relation"),
        ("Toys are for children 3 years.", "relation"),
        ("As an AI language model I cannot help.", "leak"),
        ("Our lovely team knits every toy.", "unsupported"),
        ("All items can be returned.", "unsupported"),
    ],
)
def test_what_no_passage_says_is_refused(sentence: str, kind: str) -> None:
    verdict = ReplyCheck(KNOWN, "en")((sentence,))
    assert not verdict.ok
    kinds = {f.kind for f in check_reply(sentence, KNOWN, "en")}
    assert kind in kinds


@pytest.mark.parametrize(
    ("sentence", "kind"),
    [
        ("保证明天就到。", "promise"),
        ("已为您退款。", "promise"),
        ("给您补偿红包。", "compensation"),
        ("这是快递的责任。", "blame"),
        ("签收后15天内可以退货。", "number"),
        ("签收后7天内不可以无理由退货。", "contradiction"),
        ("作为人工智能，我不能回答。", "leak"),
    ],
)
def test_the_same_in_chinese(sentence: str, kind: str) -> None:
    assert kind in {f.kind for f in check_reply(sentence, ZH, "zh")}


@pytest.mark.parametrize(
    ("sentence", "known", "language"),
    [
        ("We refund within five working days after your parcel has reached us.", KNOWN, "en"),
        ("Thank you for asking.", KNOWN, "en"),
        ("Please write to hello@linden.example or see https://linden.example/help.", KNOWN, "en"),
        ("您好，签收后7天内可以无理由退货，不影响二次销售即可。", ZH, "zh"),
    ],
)
def test_what_a_passage_says_may_be_said_in_other_words(sentence: str, known: tuple[str, ...], language: str) -> None:
    assert check_reply(sentence, known, language) == ()


def test_the_merchants_own_words_are_held_to_claims_only() -> None:
    assert check_reply("Our lovely team is looking at the photo.", KNOWN, "en", strict=False) == ()
    assert check_reply("You will get 20 euro back.", KNOWN, "en", strict=False)


def test_an_answer_that_leaves_a_number_out_does_not_say_all() -> None:
    assert not tells_all("Orders leave soon.", "Orders leave within 2 working days.")
    assert tells_all("Our orders leave within two working days.", "Orders leave within 2 working days.")
