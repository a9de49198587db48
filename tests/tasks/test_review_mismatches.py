"""What reviews say against the description, each with both quotes."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from desktop_app.language.mismatches import claims_in, pairs, speaks_against
from desktop_app.records import Fact, Product
from desktop_app.shop import Shop
from desktop_app.tasks import import_reviews
from desktop_app.tasks.reading import read_all
from desktop_app.tasks.review_desk import ReviewDesk
from desktop_app.tasks.review_mismatches import mismatches
from desktop_app.tasks.understanding import Reader

STOP = threading.Event()


def bring(shop: Shop, folder: Path, words: list[str]) -> None:
    path = folder / "r.csv"
    path.write_text("\n".join(["product_handle,rating,body,author", *(f'shirt,2,"{t}",A{n}' for n, t in enumerate(words))]),
                    "utf-8")  # fmt: skip
    list(import_reviews.import_reviews(shop, STOP, reading=import_reviews.look(shop, path)))
    list(read_all(shop, Reader(None), STOP))


def test_both_sides_are_quoted_letter_for_letter(shop: Shop, tmp_path: Path) -> None:
    text = "<p>A linen shirt. It fits true to size and is soft. It is not waterproof.</p>"
    with shop.act("Add"):
        (shirt,) = shop.add([Product("Shirt", "shirt", description=text, facts=(Fact("Care", "machine washable"),))])
    bring(shop, tmp_path, ["Runs small", "The fit is too tight", "It runs very small", "Size down, too big", "Lovely colour",
                           "Leaks in the rain", "It shrank in the wash"])  # fmt: skip
    fit, care = mismatches(shop, ReviewDesk(Reader(None).version), shirt)
    assert (fit.id, fit.claim, fit.source) == ("fit", "It fits true to size and is soft.", "description")
    assert (fit.voices, fit.reviews, fit.enough) == (4, 7, True)
    assert fit.quotes[0].text == "Runs small"
    assert all(shop.review(q.review).whole[q.start : q.end] == q.text for q in fit.quotes)
    assert (care.claim, care.source, care.enough) == ("machine washable", "Care", False)


def test_chinese_claims_are_met_with_chinese_remarks(shop: Shop, tmp_path: Path) -> None:
    with shop.act("Add"):
        (shirt,) = shop.add([Product("衬衫", "shirt", description="纯棉衬衫，不褪色，尺码标准。")])
    bring(shop, tmp_path, ["尺码偏小", "洗一次就掉色，太差", "掉色严重", "有点掉色", "不会掉色"])
    found = {m.id: m.voices for m in mismatches(shop, ReviewDesk(Reader(None).version), shirt, "zh")}
    assert found == {"colourfast": 3, "fit": 1}


@pytest.mark.parametrize(("claim", "remark"), [
    ("A leakproof bottle", "it leaked all over my bag"), ("Extra quiet fan", "the motor is really noisy"),
    ("真皮钱包", "根本不是真皮"), ("静音设计", "声音很大，吵得睡不着"), ("Genuine leather", "this is not leather"),
    ("Battery lasts two days", "Battery drains overnight"), ("续航七天", "半天就没电"),
    ("充一次电能用十天", "一天两充"), ("Hypoallergenic strap", "The strap gives me a rash"), ("敏感肌可用", "用了起红疹"),
    ("Sapphire crystal", "it scratched in a week"), ("Wrinkle-free", "came out all creased"), ("免烫", "皱巴巴的"),
    ("Ships within 24 hours", "Delivery took three weeks"), ("24小时内发货", "五天才到"),
    ("Comes in a gift box", "the box was crushed"), ("礼盒包装", "盒子都压扁了"), ("抗起球面料", "穿两次就起球"),
])  # fmt: skip
def test_a_claim_and_its_opposite_are_known(claim: str, remark: str) -> None:
    (pair, _start, _end), *_more = claims_in(claim)
    assert speaks_against(pair, remark)


@pytest.mark.parametrize(
    "remark", ["it does not leak", "never broke", "no rash", "还没起球", "不漏水", "没有异味", "no smell at all"]
)
def test_what_is_denied_speaks_against_nothing(remark: str) -> None:
    assert not any(speaks_against(pair, remark) for pair in pairs() if pair.id != "fragrant")


def test_what_a_description_denies_is_no_claim() -> None:
    assert not claims_in("This jacket is not waterproof.")
    assert not claims_in("本品不防水。")
