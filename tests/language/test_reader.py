"""A second look at what people write: unknown words that say nothing pass, quiet claims are asked about, nothing else."""

from __future__ import annotations

import pytest

from desktop_app import paths, words
from desktop_app.language import check, reader, reader_signs
from desktop_app.records import Fact, Finding, Product

LAMP = Product(
    "Ferrow desk lamp",
    facts=(
        Fact("Shade", "powder-coated steel"), Fact("Base", "solid walnut"), Fact("Height", "42", "cm"),
        Fact("Cable", "braided cotton, 1.8 m"), Fact("Bulb", "E14, not included"), Fact("Switch", "on the cable"),
        Fact("Box", "lamp, hex key"),
    ),
)  # fmt: skip
LAMP_ZH = Product(
    "麓野台灯",
    facts=(
        Fact("灯罩", "喷塑钢"), Fact("底座", "胡桃木实木"), Fact("高度", "42", "厘米"), Fact("电线", "棉编织，1.8米"),
        Fact("灯泡", "E14，不含"), Fact("开关", "在电线上"), Fact("盒内", "台灯、六角扳手"),
    ),
)  # fmt: skip
OPEN = reader.Reader((0.0,) * reader.SPACE, 0.0, 1e9, -1e9, -1e9)  # lets everything pass and marks everything


def of(text: str, *unknown: str, strict: bool = True) -> list[Finding]:
    """What stands of a sentence in which the lists found only these unknown words, or nothing."""
    language = "en" if text.isascii() else "zh"
    found = [Finding(text.index(w), text.index(w) + len(w), w, "unsupported", "") for w in unknown]
    return reader.look_again(text, found, LAMP if language == "en" else LAMP_ZH, language, strict=strict)


def test_an_unknown_word_that_says_nothing_of_the_product_passes() -> None:
    assert not of("You tighten it with the hex key that comes along.", "tighten")
    assert [f.text for f in of("Comes with a spare shade.", "spare")] == ["spare"]


@pytest.mark.parametrize("text", ["整灯都是胡桃木。", "角度随便转。"])
def test_a_claim_that_no_list_knows_is_asked_about(text: str) -> None:
    assert [(f.kind, f.text) for f in of(text)] == [("doubtful", text)]


def test_the_reason_names_the_nearest_fact_in_the_merchants_language() -> None:
    assert "“底座: 胡桃木实木”" in of("整灯都是胡桃木。")[0].why
    words.use("zh")
    assert of("整灯都是胡桃木。")[0].why.startswith("这样的句子常常和资料对不上。最接近的是“底座：胡桃木实木”")


@pytest.mark.parametrize("kind", [k for k in check.ORDER if k not in ("unsupported", "doubtful")])
def test_what_is_found_of_any_other_kind_never_vanishes(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader, "of", lambda _language: OPEN)
    text = "Spare shades of tin."
    found = [Finding(0, 5, "Spare", "unsupported", ""), Finding(16, 19, "tin", kind, "")]
    assert reader.look_again(text, found, LAMP, "en") == found
    assert reader.look_again(text, found[1:], LAMP, "en") == found[1:]
    assert reader.look_again(text, found[:1], LAMP, "en") == []


@pytest.mark.parametrize(
    "text",
    ["The switch is on the cable.", "The base is solid walnut.", "开关在电线上。", "Ferrow desk lamp", "麓野台灯"],
)
def test_a_fact_or_title_said_again_is_never_asked_about(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader, "of", lambda _language: OPEN)
    assert not of(text)


def test_the_same_words_with_only_or_not_are_no_fact_said_again() -> None:
    have = ("The base is walnut.", "Only the base is walnut.", "The base is not walnut.", "The shade is walnut.")
    assert [reader_signs.restates(text, "en", LAMP) for text in have] == [True, False, False, False]


def test_where_claims_alone_need_facts_less_is_asked_about() -> None:
    for language in ("en", "zh"):
        held = reader.of(language)
        assert held.passes < held.strict < held.lenient
    text = next(t for t in ("猫跳上桌也碰不倒。", "角度随便转。") if of(t))
    value = reader.score(reader_signs.signs(text, "zh", LAMP_ZH, []), reader.of("zh"))
    assert bool(of(text, strict=False)) == (value > reader.of("zh").lenient)


def test_a_text_of_people_is_looked_at_again_and_what_code_and_weights_write_is_not(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(reader, "of", lambda _language: OPEN)
    text, policy = "Read in bed with it. Unused lamps can be returned.", "Unused lamps can be returned."
    found = check.check(text, LAMP, language="en", stands_by=(policy,), looks_again=True).findings
    assert [(f.kind, f.text) for f in found] == [("doubtful", "Read in bed with it.")]
    assert not check.check("Read in bed with it.", LAMP, language="en").findings
    assert check.SentenceCheck(LAMP, "en", scenes=True)(("Read in bed with it.",)).ok


def test_words_of_the_goods_are_masked_by_what_they_are() -> None:
    have = reader_signs.known(Product("Stool", facts=(Fact("Material", "oiled ash"), Fact("Height", "45", "cm"))))
    masked = [t.masked for t in reader_signs.tokens("Made of ash, 45 cm high.", have, [])]
    assert masked == ["made", "of", "<material>", ",", "<N>", "<size>", "high", "."]


def test_the_trained_numbers_are_small() -> None:
    assert (paths.assets() / "language" / "reader.npz").stat().st_size < 50_000
