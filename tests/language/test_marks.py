"""What a review's own words give away, and which language it is in."""

from __future__ import annotations

import numpy as np
import pytest

from desktop_app.language.alike import NEAR, distance, print_of
from desktop_app.language.marks import marks_of
from desktop_app.language.tongue import language_of


@pytest.mark.parametrize(
    ("text", "marks"),
    [
        ("此用户没有填写评价。", ("default",)),
        ("系统默认好评！", ("default",)),
        ("评价方未及时做出评价,系统默认好评!", ("default",)),
        ("买家未及时做出评价，系统默认好评", ("default",)),
        ("该用户觉得商品非常好，给出5星好评", ("default",)),
        ("This customer left no review", ("default",)),
        ("买家没有评价的我来评价，面料舒服", ()),
        ("该用户觉得商品非常好，我倒觉得一般", ()),
        ("店家送了小礼品，给个好评", ()),
        ("商家送了小礼品让给好评", ("bought",)),
        ("扫码进群领优惠券", ("spam",)),
        ("好用的，加V：abc12345", ("spam",)),
        ("No Ring+Vibrate, Verizon interface", ()),
        ("老板多加我们一份小菜", ()),
        ("微信可以点菜，很方便", ()),
        ("用户没有填写评价的都是好东西，我来写一个：面料舒服", ()),
        ("加微信 abc12345 领红包", ("spam",)),
        ("See www.cheap-bags.example for more", ("spam",)),
        ("Here is my photo: https://i.imgur.com/a1b2c3.jpg, the glaze has a crack", ()),
        ("The manual at https://brand.example/manual says 30 degrees, mine shrank", ()),
        ("I filmed it, see www.youtube.com/watch?v=abc123", ()),
        ("Bought it on amazon.com last year, still fine", ()),
        ("Love it! Visit https://bestbags.example and use code SAVE", ("spam",)),
        ("Much cheaper at mugworld.com", ("spam",)),
        ("Ask me on https://t.me/mugseller", ("spam",)),
        ("https://bit.ly/3xYz great offer", ("spam",)),
        ("晒图 https://img.alicdn.com/abc.jpg 颜色很正", ()),
        ("说明书 https://brand.example/manual 上写的是30度", ()),
        ("同款更便宜 https://mugs.example/1", ("spam",)),
        ("点击 www.mugs.example 领优惠券", ("spam",)),
        ("喜欢的来我家店看看：https://mugs.example", ("spam",)),
        ("I received this product for free in exchange for my honest review", ("bought",)),
        ("为了返现给的好评", ("bought",)),
        ("Sehr gut, die Tasse ist schön", ("language",)),
        ("Nice mug 🙂", ()),
        ("👍", ()),
    ],
)
def test_what_is_worth_a_second_look_is_marked(text: str, marks: tuple[str, ...]) -> None:
    assert marks_of(text) == marks


def test_a_link_to_the_products_own_page_is_no_advertising() -> None:
    text = "Check out https://shop.example/products/blue-mug?variant=2, it says 300 ml and holds 250"
    assert marks_of(text, ("blue-mug",)) == ()
    assert marks_of(text, ("red-mug", "")) == ("spam",)
    assert marks_of("商品页 https://shop.example/blue-mug 点开看写的是蓝色", ("blue-mug",)) == ()


@pytest.mark.parametrize(
    ("text", "language"),
    [("很好", "zh"), ("Perfect", "en"), ("It is not bad", "en"), ("Très bien", "fr"), ("La calidad es muy buena", "es"),
     ("とても良いです", "ja"), ("아주 좋아요", "ko"), ("Очень хорошо", "ru"), ("iPhone 手机壳不错", "zh"), ("5", "")],
)  # fmt: skip
def test_the_language_of_a_short_text_is_known(text: str, language: str) -> None:
    assert language_of(text) == language


def test_nearly_equal_texts_have_nearly_equal_prints() -> None:
    text = "This mug is great, love the colour and the handle. It keeps tea warm for an hour. Would buy again for sure!"
    near, far = (
        text.replace("sure!", "sure :)"),
        "Terrible. Broke after two days and the seller never answered me at all.",
    )
    prints = np.array([print_of(text)] * 2), np.array([print_of(near), print_of(far)])
    close, off = distance(*prints)
    assert close <= NEAR < off
    assert print_of("ok!") == 0
