"""What a message asks is read question by question."""

from __future__ import annotations

import pytest

from desktop_app.language import reply_reading


@pytest.mark.parametrize(
    ("message", "questions"),
    [
        ("Is the beanie real wool, and can I machine wash it?", ["Is the beanie real wool", "can I machine wash it?"]),
        ("Is it heavy and should I oil it?", ["Is it heavy", "should I oil it?"]),
        ("盖碗可以放微波炉吗？容量多大？", ["盖碗可以放微波炉吗？", "容量多大？"]),
        ("盖碗可以放微波炉吗 容量多大", ["盖碗可以放微波炉吗", "容量多大"]),
    ],
)
def test_each_question_of_a_message_is_one(message: str, questions: list[str]) -> None:
    assert [asked.text for asked in reply_reading.read(message).questions] == questions


def test_a_short_question_is_not_looked_up_with_another() -> None:
    first, second = reply_reading.read("这个碗，能机洗吗，多重？").questions
    assert first.lookups == ("能机洗吗", "这个碗 能机洗吗")
    assert not any("机洗" in words for words in second.lookups)


@pytest.mark.parametrize("text", ["is it real wool", "Are they genuine leather?", "是真皮的吗", "是纯棉的吗"])
def test_whether_it_is_a_stuff_asks_for_the_material(text: str) -> None:
    assert "material" in reply_reading.fact_kinds(text)


@pytest.mark.parametrize("text", ["Does it scratch glass?", "is it real", "Is it heavy?", "是真的吗", "是新款吗"])
def test_other_questions_do_not(text: str) -> None:
    assert "material" not in reply_reading.fact_kinds(text)


def test_how_an_order_stands_does_not_answer_what_else_is_asked_of_it() -> None:
    told = ("When will my order arrive?", "Where is my parcel?", "我的快递什么时候到", "Has my order shipped yet?")
    assert all(map(reply_reading.order_tells, told))
    open_ones = ("Can I change the colour of my order?", "Can you gift wrap the order?", "订单可以改颜色吗")
    assert not any(map(reply_reading.order_tells, open_ones))
