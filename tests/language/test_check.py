"""The check lets a sentence stand when the facts carry it, and names what they do not."""

from __future__ import annotations

import json
import pickle
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app import paths
from desktop_app.language import check, plain
from desktop_app.language.check import SentenceCheck
from desktop_app.records import Fact, Product, Variant

from .products import product


def sample(language: str) -> dict[str, Product]:
    raw: dict[str, Any] = json.loads((paths.assets() / "sample" / f"products.{language}.json").read_text("utf-8"))
    return {
        p["handle"]: Product(
            p["title"],
            facts=tuple(Fact(f["name"], f["value"], f.get("unit", "")) for f in p["facts"]),
            variants=tuple(
                Variant(options=tuple((n, v) for n, v in raw_v.get("options", ()))) for raw_v in p["variants"]
            ),
        )
        for p in raw["products"]
    }


ENGLISH, CHINESE = sample("en"), sample("zh")

TRUE = {
    "bamboo-cutting-board": [
        "A bamboo cutting board for the kitchen.",
        "At 38 × 25 cm, it has a juice groove.",
        "It stands on non-slip feet.",
        "It measures 380 × 250 mm.",
        "It measures 15 × 9.8 in.",
        "Wash it by hand and dry it well after washing.",
        "A simple board for everyday cooking.",
        "这块砧板用竹子制成。",
        "带有汁槽和防滑脚垫。",
        "手洗后擦干即可。",
        "长38厘米，宽25厘米。",
    ],
    "kids-raincoat": [
        "A waterproof raincoat for kids.",
        "It is for children aged 4 to 8.",
        "Made of recycled polyester.",
        "有黄色和天蓝色两种颜色。",
        "适合4到8岁的孩子。",
        "采用再生聚酯纤维制成，带反光条。",
    ],
    "glass-teapot": [
        "The lid is made of bamboo.",
        "The strainer can be removed.",
        "盖子是竹子做的。",
        "高硼硅玻璃，耐热。",
    ],
    "stoneware-bowl": ["It is dishwasher safe.", "It comes in two sizes, 14 cm and 18 cm.", "来自江西景德镇。"],
    "soy-candle": ["It burns for 40 hours.", "Trim the wick before lighting it.", "可燃烧40小时。"],
}
FALSE = {
    "bamboo-cutting-board": [
        ("It is made of oak.", "material"),
        ("The board is dishwasher-safe.", "contradiction"),
        ("It is made of 38 × 25 cm.", "relation"),
        ("It holds 38 cm.", "relation"),
        ("It weighs 38 cm.", "relation"),
        ("It has bamboo feet.", "relation"),
        ("The board without a juice groove.", "contradiction"),
        ("The juice groove has a juice groove.", "repetition"),
        ("The best cutting board for your kitchen.", "superlative"),
        ("It is softer than other boards.", "superlative"),
        ("It never warps.", "absolute"),
        ("It comes in red.", "colour"),
        ("It smells of lavender.", "scent"),
        ("Deliciously crunchy with no added sugar or salt.", "health"),
        ("It was made in Japan.", "origin"),
        ("It is FSC certified.", "certificate"),
        ("An eco-friendly board.", "eco"),
        ("It measures 40 × 25 cm.", "number"),
        ("It has two handles.", "number"),
        ("Our headquarters are in London.", "origin"),
        ("A limited edition just launched.", "scarcity"),
        ("Free shipping on all orders.", "delivery"),
        ("We give refunds.", "returns"),
        ("A bargain.", "discount"),
        ("Loved by thousands of customers.", "popularity"),
        ("Customers say it is nice.", "opinion"),
        ("Suitable for children.", "audience"),
        ("Here is a short description: a board.", "leak"),
        ("A gift for [name].", "placeholder"),
        ("这块砧板很好用。", "language"),
        ("采用橡木制成。", "material"),
        ("材质为38厘米。", "relation"),
        ("这是最好的砧板。", "superlative"),
        ("抗菌又好用。", "health"),
        ("尺寸40 × 25厘米。", "number"),
        ("产自日本。", "origin"),
        ("通过FSC认证。", "certificate"),
        ("全国包邮。", "delivery"),
        ("不带汁槽。", "contradiction"),
        ("终身保修。", "guarantee"),
        ("切菜不伤刀。", "unsupported"),
        ("全网热销。", "popularity"),
    ],
    "glass-teapot": [
        ("It is made of bamboo.", "relation"),
        ("The lid is made of glass.", "relation"),
        ("容量800毫升。", "number"),
    ],
    "kids-raincoat": [
        ("It is not waterproof.", "contradiction"),
        ("这件雨衣不防水。", "contradiction"),
        ("纯棉面料。", "material"),
    ],
    "soy-candle": [("Made of fig scent.", "relation"), ("It is vegan.", "health"), ("助眠安神。", "health")],
}


def asked(sentence: str) -> tuple[dict[str, Product], str]:
    return (CHINESE, "zh") if any("\u4e00" <= c <= "\u9fff" for c in sentence) else (ENGLISH, "en")


@pytest.mark.parametrize(("handle", "sentence"), [(h, s) for h, several in TRUE.items() for s in several])
def test_a_true_sentence_stands(handle: str, sentence: str) -> None:
    shop, language = asked(sentence)
    verdict = SentenceCheck(shop[handle], language)((sentence,))
    assert verdict.ok, (verdict.kind, sentence[verdict.start : verdict.end])


@pytest.mark.parametrize(
    ("handle", "sentence", "kind"), [(h, s, k) for h, several in FALSE.items() for s, k in several]
)
def test_a_false_sentence_is_refused_with_its_kind(handle: str, sentence: str, kind: str) -> None:
    shop, language = asked(sentence)
    if kind == "language":
        language = "en"
    verdict = SentenceCheck(shop[handle], language)((sentence,))
    assert not verdict.ok
    assert 0 <= verdict.start < verdict.end <= len(sentence)
    assert verdict.why
    kinds = {f.kind for f in check.check(sentence, shop[handle], language=language).findings}
    assert kind in kinds | {verdict.kind}


@pytest.mark.parametrize("sentence", ["最近晾干即可使用。", "第一步，手洗。", "最后擦干。"])
def test_words_that_only_look_absolute_are_let_through(sentence: str) -> None:
    kinds = {f.kind for f in check.check(sentence, CHINESE["bamboo-cutting-board"], language="zh").findings}
    assert "superlative" not in kinds


def test_a_policy_carries_what_the_shop_stands_by() -> None:
    board = ENGLISH["bamboo-cutting-board"]
    policy = ("Shipping is free within the EU, and unused goods can be returned within 30 days.",)
    for sentence in ("Shipping is free within the EU.", "Shipping is free within the EU, and unused goods can be "
                     "returned within 30 days."):  # fmt: skip
        assert not SentenceCheck(board, "en")((sentence,)).ok
        assert SentenceCheck(board, "en", stands_by=policy)((sentence,)).ok


@pytest.mark.parametrize(
    "sentence",
    ["Shipping is free.", "Goods can be returned within 30 days.", "Unused goods can be returned within 60 days.",
     "Orders over 60.00 are sent free of charge."],
)  # fmt: skip
def test_a_policy_without_its_condition_or_with_another_number_is_not_carried(sentence: str) -> None:
    policy = ("Shipping is free within the EU.", "Unused goods can be returned within 30 days.",
              "Orders over 60.00 are sent free of charge within the country.")  # fmt: skip
    assert check.check(sentence, ENGLISH["bamboo-cutting-board"], language="en", stands_by=policy).findings


def test_a_chinese_policy_carries_its_sentence_and_is_what_it_rests_on() -> None:
    policy = ("单笔满199元包邮（偏远地区除外），不满199元收运费10元。", "签收后7天内，未使用的商品可以退货。")
    board = CHINESE["bamboo-cutting-board"]
    checked = check.check("签收后7天内，未使用的商品可以退货。", board, language="zh", stands_by=policy)
    assert checked.findings == ()
    assert [span.facts for span in checked.evidence] == [(policy[1],)]
    assert check.check("全国包邮。", board, language="zh", stands_by=policy).findings
    assert check.check("单笔满199元包邮。", board, language="zh", stands_by=policy).findings


def test_a_fact_carries_a_green_word() -> None:
    shirt = product("Shirt", ("Material", "organic cotton"))
    assert SentenceCheck(shirt, "en")(("It is made of organic cotton.",)).ok
    assert not SentenceCheck(product("Shirt", ("Material", "cotton")), "en")(("It is made of organic cotton.",)).ok


def test_what_a_fact_denies_may_be_denied_and_not_claimed() -> None:
    jar = product("Glass jar", ("Dishwasher safe", "No"))
    assert SentenceCheck(jar, "en")(("It is not dishwasher safe.",)).ok
    assert SentenceCheck(jar, "en")(("It is dishwasher safe.",)).kind == "contradiction"


def test_less_strict_lets_unknown_words_pass_but_no_claim() -> None:
    board = ENGLISH["bamboo-cutting-board"]
    assert SentenceCheck(board, "en", strict=False)(("It sparkles in the moonlight.",)).ok
    assert not SentenceCheck(board, "en", strict=False)(("It is made of oak.",)).ok


def test_saying_it_again_is_refused() -> None:
    board = ENGLISH["bamboo-cutting-board"]
    verdict = SentenceCheck(board, "en")(("It has a juice groove and feet.", "It has a juice groove and feet."))
    assert verdict.kind == "repetition"


def test_findings_of_a_text_point_into_it() -> None:
    text = "A bamboo board. It is made of oak.\n\n- Free shipping"
    checked = check.check(text, ENGLISH["bamboo-cutting-board"], language="en")
    assert {f.kind for f in checked.findings} == {"material", "delivery"}
    assert all(text[f.start : f.end] == f.text for f in checked.findings)
    assert any("Material" in s.facts for s in checked.evidence)


def test_a_check_crosses_a_process() -> None:
    held = SentenceCheck(ENGLISH["bamboo-cutting-board"], "en")
    assert pickle.loads(pickle.dumps(held))(("It is made of oak.",)).kind == "material"


@pytest.mark.parametrize("language", ["en", "zh"])
def test_what_the_plain_writer_says_stands(language: str) -> None:
    shop = ENGLISH if language == "en" else CHINESE
    for handle, thing in shop.items():
        for length in ("short", "long"):
            text = plain.write(thing, language=language, length=length, tone="warm").text  # type: ignore[arg-type]
            found = check.check(text, thing, language=language).findings
            assert found == (), (handle, text, [(f.kind, f.text) for f in found])


@given(st.text(max_size=80), st.sampled_from(["en", "zh"]))
def test_any_sentence_gets_a_verdict(sentence: str, language: str) -> None:
    verdict = SentenceCheck(ENGLISH["bamboo-cutting-board"], language)((sentence,))
    assert verdict.ok or 0 <= verdict.start < verdict.end <= len(sentence)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("It holds 12 cups.", "12"),
        ("Fits 4 plates.", "4"),
        ("It serves 6 people.", "6"),
        ("There is room for six people.", "six"),
        ("It seats up to 8 guests.", "8"),
        ("可放12个杯子。", "12"),
        ("能坐8个人。", "8"),
    ],
)
def test_how_much_goes_in_is_said_of_the_thing(text: str, number: str) -> None:
    tray = Product("Oak tray 橡木托盘", facts=(Fact("Material", "oak"), Fact("材质", "橡木")))
    found = check.check(text, tray, language="en" if text.isascii() else "zh").findings
    assert number in [finding.text for finding in found]


def test_a_garment_that_is_a_layer_does_not_come_with_one() -> None:
    short = Product("Kenobi running shorts", facts=(Fact("Style bottom", "Base Layer"), Fact("Material", "nylon")))
    assert "base layer" in [f.text for f in check.check("It comes with a base layer.", short, language="en").findings]
    assert "base layer" not in plain.write(short, language="en").text
