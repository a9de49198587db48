"""Tests of what is read in sentences by the weights for meaning: denied faults, kind words among curses, less than shown."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path

import numpy as np
import pytest

from desktop_app import weights
from desktop_app.engine import LlamaEngine
from desktop_app.tasks.opinions import adapter
from desktop_app.tasks.understanding import Reader, stretches

# A kind remark, the rest of an angry review.
AMONG_CURSES = [
    ("Shipping was fast.", "But the mug arrived in pieces and nobody answers my mails. Terrible shop, never again."),
    ("Delivery was quick.", "The shirt shrank after one wash and the seams came apart. Total waste of money."),
    ("Nice colour.", "It broke on the first day and they refused a refund. Avoid."),
    ("The box was pretty.", "The lamp does not work at all, the switch is dead."),
    ("Good price.", "Awful quality, it stinks and the zipper is broken."),
    ("The fabric is soft.", "Way too small, sleeves torn, worst purchase ever."),
    ("Customer service was friendly.", "Still no refund after six weeks, the blender is garbage."),
    ("Well packed.", "The speaker crackles and dies after an hour, useless."),
    ("It looks beautiful.", "It leaks everywhere and ruined my bag, horrible."),
    ("It arrived on time.", "Wrong size, wrong colour, and they want me to pay for the return."),
    ("发货很快。", "杯子到手就碎了，客服不理人，太差了，再也不买。"),
    ("物流很快。", "衣服洗一次就缩水，线头到处都是，垃圾。"),
    ("颜色好看。", "第一天就坏了，还不给退，别买。"),
    ("包装很漂亮。", "灯根本不亮，开关是坏的。"),
    ("价格便宜。", "质量太烂，味道刺鼻，拉链也坏了。"),
    ("面料柔软。", "尺码小得离谱，袖子还是破的，最差的一次。"),
    ("客服态度很好。", "可是六个星期了还没退款，机器就是废品。"),
    ("包装严实。", "音箱有杂音，一小时就没电，没用。"),
    ("样子漂亮。", "到处漏水，把我的包都毁了。"),
    ("准时送到。", "尺码错了颜色也错了，还要我付退货运费。"),
]


@pytest.fixture(scope="module")
def reader(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reader]:
    found = weights.starter("meaning")
    assert found is not None, "the starter weights are missing: run `make setup`"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ZHANGGUI_WEIGHTS", str(tmp_path_factory.mktemp("weights")))
        bent = weights.bent(Path(found.path), adapter())
    engine = LlamaEngine(None, meaning_path=bent)
    yield Reader(partial(engine.embed, query=None))
    engine.close()


def test_kind_words_among_curses_are_praise_and_the_review_is_not(reader: Reader) -> None:
    read = reader.understand([f"{kind} {rest}" for kind, rest in AMONG_CURSES])
    first = {kind: one.remarks[0].polarity for (kind, _rest), one in zip(AMONG_CURSES, read, strict=True)}
    assert {kind for kind, side in first.items() if side == "negative"} == set()
    assert sum(side == "positive" for side in first.values()) >= 18
    assert [one.polarity for one in read if one.polarity == "positive"] == []


def test_a_denied_fault_alone_is_praise_as_a_whole(reader: Reader) -> None:
    told = [
        "Not itchy at all.",
        "The lid doesn't leak.",
        "No smell when I opened the box.",
        "没有异味。",
        "一点也不扎人。",
    ]
    assert [one.polarity for one in reader.understand(told)] == ["positive"] * 5
    assert (reader.logits(told) > 0).all()


def test_colour_that_is_blamed_is_not_lost_beside_a_feel_that_will_do(reader: Reader) -> None:
    (read,) = reader.understand(["颜色比图片暗，手感还行"])
    assert read.remarks[0].polarity == "negative"
    assert dict(read.remarks[0].aspects) == {"colour": "negative"} or "colour" not in dict(read.remarks[0].aspects)
    assert read.polarity != "positive"


def test_what_nothing_else_tells_of_is_looked_at_once_more_as_a_whole(reader: Reader) -> None:
    told = "房间不大，电视旧了点，早餐一般，离车站有点远，但是真的很干净很舒服，前台特别热情，下次还来住，推荐给大家"
    (quickly,), (closely,) = reader.understand([told]), reader.understand([told], closely=[True])
    whole = 1 / (1 + np.exp(-reader.logits([told])[0]))
    assert closely.positive == pytest.approx(whole)
    assert closely.positive > 0.8
    assert closely.remarks == quickly.remarks


def test_a_short_clause_about_another_thing_stands_by_itself() -> None:
    def cut(text: str) -> list[str]:
        return [text[start:end] for start, end in stretches(text)]

    assert cut("颜色比图片暗，手感还行") == ["颜色比图片暗", "手感还行"]
    assert cut("包装很漂亮。灯根本不亮") == ["包装很漂亮。", "灯根本不亮"]
    assert cut("很好，很满意，喜欢") == ["很好，很满意，喜欢"]
