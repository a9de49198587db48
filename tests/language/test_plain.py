"""The plain writer says what the facts say, in sentences a shopkeeper would publish, and nothing else."""

from __future__ import annotations

import itertools
import json
import re
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app import paths
from desktop_app.language import numbers, phrases, plain, telling
from desktop_app.records import Fact, Product, Variant

from .products import BOARD, BOARD_ZH, product


def sample(language: str) -> list[Product]:
    read: dict[str, Any] = json.loads((paths.assets() / "sample" / f"products.{language}.json").read_text("utf-8"))
    return [_product(raw, language, n) for n, raw in enumerate(read["products"], 1)]


def _product(raw: dict[str, Any], language: str, number: int) -> Product:
    return Product(
        raw["title"],
        language=language,
        tags=tuple(raw.get("tags", ())),
        facts=tuple(Fact(f["name"], f["value"], f.get("unit", "")) for f in raw["facts"]),
        variants=tuple(
            Variant(options=tuple((n, v) for n, v in raw_v.get("options", ())), price=Decimal(raw_v["price"]))
            for raw_v in raw["variants"]
        ),
        id=number,
    )


def text(thing: Product, language: str = "en", **wishes: Any) -> str:
    return plain.write(thing, language=language, **wishes).text


def test_a_board_is_described_in_english() -> None:
    written = text(BOARD, variety=0)
    assert "38 × 25 cm" in written
    assert "juice groove and non-slip feet" in written
    assert "Wash by hand." in written


def test_a_board_is_described_in_chinese() -> None:
    written = text(BOARD_ZH, "zh")
    assert "38 × 25厘米" in written
    assert "汁槽和防滑脚垫" in written
    assert written.endswith("。")


@pytest.mark.parametrize("variety", range(7))
def test_a_size_is_never_what_it_is_made_of(variety: int) -> None:
    assert not re.search(r"made of \d|holds \d+ × ", text(BOARD, variety=variety))


def test_articles_follow_the_sound() -> None:
    words = [
        "oak tray",
        "hourglass",
        "unit",
        "LED lamp",
        "11 cm jar",
        "8 cm jar",
        "USB cable",
        "umbrella",
        "one-size hat",
    ]
    assert [phrases.indefinite(w) for w in words] == ["an", "an", "a", "an", "an", "an", "a", "an", "a"]


def test_several_gloves_are_these_and_they() -> None:
    gloves = product("Gardening gloves", ("Material", "cotton"), ("Features", "waterproof"))
    assert re.match(r"These gardening gloves are|Gardening gloves|Made of cotton, these", text(gloves))
    assert "They are waterproof" in text(gloves, variety=1) or "are waterproof" in text(gloves, variety=1)


def test_sizes_in_a_row_become_a_range_and_others_a_list() -> None:
    assert "sizes XS to L" in text(product("Tee", options={"Size": ["L", "S", "XS", "M"]}))
    assert "sizes S and L" in text(product("Tee", options={"Size": ["S", "L"]}))


def test_a_brand_name_is_not_put_in_lower_case() -> None:
    assert "Chaz Kangeroo Hoodie" in text(product("Chaz Kangeroo Hoodie", ("Material", "Cocona® performance fabric")))


def test_where_nothing_is_known_but_a_name_nothing_is_written() -> None:
    for title, language in (("Belt", "en"), ("An album", "en"), ("T-Shirt with Logo", "en"), ("雪松木铅笔", "zh")):
        assert text(product(title), language) == ""
    assert text(product("iPod Nano", vendor="Apple")) == ""


def test_a_long_name_is_something_to_say_and_becomes_a_sentence() -> None:
    assert text(product("Small aqua blue raku vase for dried flowers")).startswith(
        "This is a small aqua blue raku vase"
    )


def test_what_suits_all_weather_needs_no_windy_days() -> None:
    hoodie = product(
        "Hoodie", ("Climate", "All-weather"), ("Climate", "Windy"), ("Climate", "Spring"), ("Climate", "Indoor")
    )
    assert "all weather as well as indoor use" in text(hoodie)
    assert "windy" not in text(hoodie)
    assert "适合室内，也适合各种天气" in text(hoodie, "zh")


def test_what_one_chooses_from_is_not_all_there_at_once() -> None:
    variants = tuple(Variant(f"C-{n}", options=(("香味", s),)) for n, s in enumerate(("无花果", "桂花", "雪松")))
    assert "可选香味：无花果、桂花、雪松" in text(replace(product("大豆蜡蜡烛"), variants=variants), "zh")
    assert "双肩" not in text(product("Tote", ("Strap bags", "Double"), ("Material", "cotton")), "zh")


def test_an_english_title_that_tells_a_thing_is_no_name_in_chinese() -> None:
    vase = product("Decorative white horsehair raku vase", ("Material", "ceramic"))
    assert "花瓶" in text(vase, "zh")
    assert "vase" not in text(vase, "zh")
    assert "Hera" in text(product("Hera Pullover Hoodie", ("Material", "wool")), "zh")


def test_a_stated_fact_is_told_though_the_name_says_it() -> None:
    assert text(product("Oak tray", ("Material", "oak")))
    assert not text(Product("Black Armchairs", tags=("Black",)))


def test_oak_says_more_than_wood() -> None:
    assert "wood" not in text(product("Tray", ("Material", "Wood"), ("Material", "Oak")))


@pytest.mark.parametrize("vendor", ["Company 123", "My Store", "Default Vendor", "Test", "品牌1", "示例公司"])
def test_a_placeholder_is_nobodys_brand(vendor: str) -> None:
    lamp = product("Floor Lamp", ("Colour", "black"), vendor=vendor)
    assert vendor not in text(lamp)
    assert vendor not in text(lamp, "zh", length="long")


def test_many_tags_are_words_people_search_for_and_no_facts() -> None:
    tags = ("Saggar", "Raku", "Red", "Animals", "Interior design", "Handmade", "Ancient", "Sculpted", "Magical")
    assert " red" not in text(product("Pit fired saggar vase", ("Material", "ceramic"), tags=tags))
    assert "red" in text(product("Vase", ("Material", "ceramic"), tags=("Red", "Decor")))


@pytest.mark.parametrize(
    "title", ["Piccolo vaso decorativo saggar", "Vase aus Keramik für Blumen", "Jarrón de cerámica para flores"]
)
def test_a_title_in_another_language_takes_no_english_or_chinese_around_it(title: str) -> None:
    vase = product(title, ("Materiali", "Ceramica"))
    assert title not in text(vase)
    assert "made of ceramic" in text(vase).lower()
    assert title not in text(vase, "zh")


def test_a_given_name_in_capitals_keeps_them() -> None:
    jacket = product("Jade Yoga Jacket", ("Material", "nylon"), options={"Color": ["Black", "Blue", "Gray"]})
    assert "Jade Yoga Jacket" in text(jacket)
    assert "jade bracelet" in text(product("Jade Bracelet", ("Length", "18", "cm"))).lower()


def test_a_trade_name_stays_as_the_merchant_writes_it() -> None:
    assert "TENCEL" in text(product("Tee", ("Material", "TENCEL"), ("Material", "cotton")))
    assert "Lycra®" in text(product("Tee", ("Material", "Lycra®"), ("Material", "Spandex")), "zh")


def test_what_may_be_said_of_two_straps_is_not_said_of_one() -> None:
    bag = product(
        "Duffle Bag",
        *(("Strap", s) for s in ("Adjustable", "Cross Body", "Detachable", "Double", "Padded", "Shoulder")),
    )
    for variety in range(6):
        assert "strap is" not in text(bag, variety=variety)
    assert "Strap: adjustable, cross-body, detachable, double, padded and shoulder" in text(bag)
    one = product("Duffle Bag", *(("Strap", s) for s in ("Adjustable", "Padded", "Shoulder")))
    assert "The shoulder strap is adjustable and padded." in text(one)


def test_an_english_sentence_has_one_mind() -> None:
    bag = product("Duffle Bag", ("Strap", "Double"), ("Strap", "Shoulder"), ("Material", "nylon"), ("Activity", "gym"))
    assert not any(text(bag, variety=n).startswith("With ") for n in range(12))


def test_in_chinese_what_follows_is_said_of_the_thing_and_not_of_its_lid() -> None:
    lamp = Product("橡木台灯", facts=(Fact("灯罩材质", "纸"), Fact("高度", "34", "厘米"), Fact("功率", "5 W"), Fact("包含", "LED灯泡"),
                                   Fact("克重", "100", "克/平方米"), Fact("认证", "FSC"), Fact("釉面", "哑光釉")))  # fmt: skip
    for variety in range(10):
        written = plain.write(lamp, language="zh", variety=variety).text
        assert not re.search(
            r"(灯罩|釉面)[^。]*，(?:功率|克重|通过|附|随附)|(?:克重|功率)[^。]*，(?:通过|附|随附)", written
        ), written


def test_a_taste_and_a_pattern_are_said_as_people_say_them() -> None:
    oil = Product("辣椒油", facts=(Fact("口味", "麻辣"), Fact("净含量", "210克")))
    assert "麻辣口味" in plain.write(oil, language="zh").text
    blanket = Product("羊毛盖毯", facts=(Fact("图案", "格纹"), Fact("特点", "流苏"), Fact("尺寸", "130 × 180", "厘米")))
    assert "格纹图案。" not in plain.write(blanket, language="zh", variety=1).text
    assert "帽围" not in plain.write(Product("草帽", facts=(Fact("尺寸", "57厘米"),)), language="zh").text


def test_facts_in_another_language_are_translated_where_words_are_known() -> None:
    assert "bamboo" in text(BOARD_ZH)
    assert not re.search(r"[\u4e00-\u9fff]", text(BOARD_ZH))
    assert "带" in text(BOARD, "zh") or "配有" in text(BOARD, "zh")
    assert "ceramic" in text(product("Vase", ("Materiali", "Ceramica")))


def test_an_unknown_fact_stands_as_it_was_written() -> None:
    assert "Roast: medium" in text(product("Coffee", ("Roast", "medium"), ("Origin", "Peru")))


def test_a_number_without_a_unit_is_not_told() -> None:
    assert "0.6" not in text(product("iPod Nano", ("Width", "0.6"), ("Weight", "0.07")))


def test_neighbours_in_a_catalogue_do_not_open_alike() -> None:
    trays = [
        product("Oak tray", ("Size", "40 × 28 cm"), ("Features", "two handles"), ("Finish", "oiled"), id=n)
        for n in range(1, 9)
    ]
    texts = [text(t) for t in trays]
    assert all(first.split()[0] != second.split()[0] for first, second in itertools.pairwise(texts))


def test_trying_again_gives_another_text() -> None:
    first = text(BOARD)
    assert text(BOARD, avoid=(first,)) != first


def test_short_is_shorter_than_long() -> None:
    (shirt,) = [p for p in sample("en") if p.title == "Linen shirt"]
    assert len(text(shirt, length="short")) < len(text(shirt, length="medium")) <= len(text(shirt, length="long"))


def test_warm_adds_a_friendly_sentence_and_no_claim() -> None:
    assert text(BOARD, tone="warm").startswith(text(BOARD))


def test_search_texts_keep_their_limits() -> None:
    for thing in [*sample("en"), *sample("zh")]:
        title, _, meta = text(thing, thing.language, field="seo").partition("\n")
        assert 0 < len(title) <= 60
        assert bool(thing.facts) <= bool(meta)
        assert len(meta) <= 155
        assert title not in meta.splitlines()


def test_points_are_lines_with_a_bullet() -> None:
    assert all(line.startswith("- ") for line in text(BOARD, field="bullets").splitlines())


@pytest.mark.parametrize("length", ["short", "medium", "long"])
@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_sample_shop_reads_clean(language: str, length: str) -> None:
    for origin in ("en", "zh"):
        for thing in sample(origin):
            written = plain.write(thing, language=language, length=length)  # type: ignore[arg-type]
            if not written.text:
                assert not thing.facts
                continue
            assert not re.search(r"\u200b|\{|\}|  |\.\.|,,|，，|。。| ,| \.|None", written.text), written.text
            assert numbers.unsupported(written.text, thing) == [], written.text
            first = written.text.lstrip("- ")[0]
            assert not first.islower(), written.text


@pytest.mark.parametrize("field", ["description", "title", "bullets", "seo"])
def test_evidence_spans_hold_words_of_their_facts(field: Any) -> None:
    for language in ("en", "zh"):
        for thing in sample(language):
            written = plain.write(thing, language=language, field=field)
            names = {f.name for f in telling.usable(thing)}
            last = 0
            for span in written.evidence:
                assert last <= span.start < span.end <= len(written.text)
                assert span.facts
                assert set(span.facts) <= names
                last = span.end


@given(
    st.text(max_size=40),
    st.lists(st.tuples(st.text(max_size=12), st.text(max_size=30)), max_size=5),
    st.sampled_from(["en", "zh"]),
    st.sampled_from(["description", "title", "bullets", "seo"]),
)
def test_any_product_gets_a_text_without_an_error(
    title: str, pairs: list[tuple[str, str]], language: str, field: Any
) -> None:
    thing = Product(title, facts=tuple(Fact(n, v) for n, v in pairs))
    written = plain.write(thing, language=language, field=field)
    assert all(0 <= s.start < s.end <= len(written.text) for s in written.evidence)


def test_english_words_without_a_chinese_are_left_out_of_a_chinese_text() -> None:
    bag = Product("Canvas tote bag", facts=(Fact("Material", "cotton canvas"), Fact("Use", "shopping, school"),
                                            Fact("Size", "38 × 42 cm"), Fact("Brand", "adidas")))  # fmt: skip
    text = plain.write(bag, language="zh", length="long").text
    assert "shopping" not in text
    assert "38 × 42" in text
    assert "adidas" in text


def test_how_food_is_packed_is_not_said_where_no_fact_says_it() -> None:
    mushrooms = Product("干香菇", facts=(Fact("净含量", "250克"), Fact("产地", "湖北")), language="zh")
    for variety in range(12):
        assert not set("袋盒瓶罐") & set(plain.write(mushrooms, language="zh", variety=variety).text)


def test_a_unit_that_stands_beside_a_value_is_said_with_it() -> None:
    cable = product(
        "USB-C Cable", ("Power", "max. 60", "W"), ("Size per panel", "140 x 245", "cm"), ("Diameter", "14 and 18", "cm")
    )
    assert {"max. 60 W", "140 x 245 cm"} <= {line.split(": ")[-1] for line in text(cable).splitlines()}
    assert "14 and 18 cm" in text(cable)


def test_degrees_keep_their_capital_and_their_minus() -> None:
    rose = product("Rose", ("Hardy to", "-20 °C"), ("Care", "30 °C gentle"), ("Height", "40", "cm"))
    assert "-20 °C" in text(rose)
    assert "°c" not in text(rose)


def test_a_blend_is_said_once_and_in_shares() -> None:
    shirt = product("Linen Shirt", ("Material", "Linen;Viscose"), ("Composition", "55% linen 45% viscose"))
    assert text(shirt).count("viscose") == 1
    socks = Product("羊毛袜", facts=(Fact("成分", "羊毛62% 锦纶36% 氨纶2%"),))
    assert re.search("62%羊毛、36%锦纶和2%氨纶", plain.write(socks, language="zh").text)


def test_a_title_in_both_languages_is_called_by_its_own_words() -> None:
    sticks = product("Natural Chopsticks 筷子", ("材质", "楠竹"), ("长度", "24厘米"))
    assert "natural chopsticks are" in text(sticks)


def test_a_name_that_is_several_has_verbs_for_several() -> None:
    assert text(product("Resistance Bands", ("Material", "natural latex"))).startswith("Resistance Bands are made of")
    assert "The Garlic Press is" in text(
        product("Garlic Press", ("Material", "zinc"), ("Length", "17", "cm")), variety=1
    )


def test_a_name_with_lines_only_stands_over_them() -> None:
    assert text(product("Crispy Chilli Oil", ("Heat", "3/5"), ("Ingredients", "oil, chilli"))).startswith(
        "Crispy Chilli Oil\n\n- "
    )


def test_in_chinese_a_hood_that_comes_off_is_had_and_how_a_thing_is_made_is_no_surface() -> None:
    coat = Product("儿童雨衣", facts=(Fact("细节", "反光条，可拆卸帽子，两个口袋"), Fact("面料", "PU涂层涤纶")))
    assert re.search("(带|带有|配有)[^。]*可拆卸帽子", plain.write(coat, language="zh").text)
    fish = Product("三文鱼冻干", facts=(Fact("工艺", "冻干"), Fact("净含量", "100g")))
    assert "表面" not in plain.write(fish, language="zh").text
    frame = Product("白橡木相框", facts=(Fact("材质", "橡木，上木蜡油"), Fact("尺寸", "13×18cm")))
    assert "木蜡油制成" not in plain.write(frame, language="zh").text


def test_several_parts_are_one_sentence() -> None:
    candle = product("Fig Candle", ("Wax", "Soy"), ("Vessel", "Amber glass"), ("Wick", "Cotton"))
    assert "The wax is soy, the vessel is amber glass and the wick is cotton." in text(candle)


def test_a_thread_count_is_no_set_and_a_number_no_colour() -> None:
    bedding = product(
        "Percale bedding set", ("Thread count", "200"), ("Colours", "24"), ("Fragrance", "no synthetic perfume")
    )
    written = text(bedding, length="long")
    assert "set of 200" not in written
    assert "in 24" not in written
    assert "fragrance of" not in written
    assert "hread count: 200" in written


def test_a_power_bank_holds_no_volume() -> None:
    bank = Product(
        "充电宝", facts=(Fact("容量", "10000 mAh"), Fact("重量", "215克"), Fact("接口", "1个Type-C；1个USB-A"))
    )
    assert "容量10000" not in plain.write(bank, language="zh").text
    assert "；" not in plain.write(bank, language="zh").text


def test_a_sentence_put_in_front_leaves_no_capital_behind() -> None:
    gloves = product("Wool gloves", ("Material", "wool"), ("Features", "two buttons"))
    assert all("Wool" not in text(gloves, variety=n)[1:] for n in range(6))


def test_a_hoodie_with_a_hood_is_not_called_hooded_too() -> None:
    hoodie = product(
        "Hero Top", ("Style general", "Hooded"), ("Features", "drawstring hood"), ("Features", "waterproof")
    )
    assert "hooded" not in text(hoodie)
    assert "waterproof" in text(hoodie)


def test_leather_beside_suede_is_said_and_an_adjustable_single_strap_has_no_comma() -> None:
    bag = product(
        "Field Messenger bag",
        ("Material", "Leather"),
        ("Material", "Suede"),
        ("Strap", "Adjustable"),
        ("Strap", "Single"),
    )
    assert "leather and suede" in text(bag)
    assert "an adjustable single strap" in text(bag)


def test_a_line_of_details_keeps_the_merchants_own_word_where_ours_would_be_nonsense() -> None:
    cloth = Product("Muslin Cloths", facts=(Fact("Material", "cotton"), Fact("Wash", "60 °C"), Fact("Age", "from birth"),
                                            Fact("Weave", "double layer")))  # fmt: skip
    assert "Care: 60" not in plain.write(cloth, language="en").text
    tin = Product("Watercolour Travel Tin", facts=(Fact("Colours", "12 half pans"), Fact("Includes", "travel brush"),
                                                   Fact("Tin", "12.5 x 6.5 cm, 180 g")))  # fmt: skip
    assert "Colour: 12" not in plain.write(tin, language="en").text


def test_what_is_counted_is_named_as_the_merchant_names_it() -> None:
    puzzle = Product("港湾拼图", facts=(Fact("材质", "纸板"), Fact("片数", "1000")))
    assert "共1000片" in plain.write(puzzle, language="zh").text


def test_an_answer_to_a_question_is_told_as_the_property_it_is() -> None:
    chair = product(
        "钓鱼椅", ("是否可折叠", "是"), ("是否带扶手", "否"), ("是否可微波", "否"), ("颜色", "黑色 | 卡其色")
    )
    said = text(chair, "zh")
    assert "可折叠" in said
    assert "不可微波" in said
    assert "扶手" not in said
    assert "颜色有黑色和卡其色" in said


def test_numbers_stand_under_the_name_of_what_is_counted() -> None:
    sheets = product("纯棉四件套", ("支数", "60支"), ("件数", "4件"), ("面料", "纯棉"))
    said = text(sheets, "zh")
    assert "共4件" in said
    assert "支数：60支" in said
    assert "抽屉数：2" in text(product("床头柜", ("抽屉数", "2"), ("材质", "橡木")), "zh")


def test_how_a_part_is_is_not_how_the_thing_is() -> None:
    bag = product("小方包", ("肩带样式", "可调节"), ("闭合方式", "拉链"), ("材质", "牛皮"))
    assert "肩带样式：可调节" in text(bag, "zh")


def test_a_stuff_that_the_name_says_more_nearly_is_not_said_again() -> None:
    vase = product("Stoneware vase, amber glaze on the inside, textured surface", ("Materials", "Ceramic"))
    assert text(vase) == "This is a stoneware vase with amber glaze on the inside and a textured surface."


def test_a_name_that_is_no_thing_takes_the_thing_of_its_category() -> None:
    shirt = replace(product("Ship Your Idea", ("Color", "Black | Green")), category="Clothing > T-shirts")
    assert "The Ship Your Idea T-shirt" in text(shirt)


def test_a_search_title_does_not_end_in_a_small_word() -> None:
    vase = product("White stoneware vase with organic saggar fired markings for home decor", ("Materials", "Ceramic"))
    title = text(vase, field="seo").split("\n")[0]
    assert title == "White stoneware vase with organic saggar fired markings"


def test_a_title_with_its_own_article_is_a_name() -> None:
    apron = product("The Sunday Apron", ("Material", "Linen"), ("Pockets", "2"))
    said = text(apron)
    assert said.startswith("The Sunday Apron ")
    assert "2 pockets" in said


@pytest.mark.parametrize(
    ("title", "begins"),
    [
        ("Recycled Glass Carafe", "The Recycled Glass Carafe "),
        ("Kids' Wooden Balance Bike", "The Kids' Wooden Balance Bike "),
        ("Ship Your Idea", "Ship Your Idea "),
        ("Garlic Press", "The Garlic Press "),
    ],
)
def test_a_name_of_no_listed_thing_has_its_article(title: str, begins: str) -> None:
    assert text(product(title, ("Colour", "Blue | Red"), ("Made in", "Spain")), variety=1).startswith(begins)
