"""Tests of what a few words say plainly: denied faults, less than was shown, drawbacks named as such."""

from __future__ import annotations

import pytest

from desktop_app.language.plain_sides import plain_side

DENIED = """Not itchy at all.|No smell when I opened the box.|The lid doesn't leak.|It never jams.|Hasn't faded after ten washes.|There is no chemical odor.|The straps do not dig into my shoulders.
Nothing broke in shipping.|Not too heavy for my daughter.|I had no problems with the zipper.|My skin was not irritated.|No aftertaste whatsoever.|Zero defects.|Better than I expected.|Exactly as pictured.
没有异味。|洗了几次不掉色。|穿着一点也不扎人。|收到没有破损。|用了半年没坏过。|完全没有色差。|不起球，不缩水。|手机一点都不卡。|盖子不漏水。|戴久了也不勒耳朵。|用到现在没出过问题。|不磨脚。|跟图片一模一样。|比想象中厚实。|发货速度非常快。"""
LESS = """The color is darker than in the picture.|Smaller than it looks in the photos.|Thinner than I expected.|Doesn't look like the picture.|Not as soft as described.|Looks cheaper in person than online.
The jacket runs small.|Far too tight in the shoulders.
The blue is duller than shown.|Colour does not match the listing.|Much shorter than advertised.|The size is off from the chart.|Lower quality than before.|My only complaint is the zipper.
颜色比图片暗|实物比照片小一圈。|没有图片上好看。|跟描述的不一样。|面料比想象的薄。|颜色和图片有色差。|不如店里卖的厚实。|尺码比平时穿的小。|做工没有上次买的细。|味道比以前淡了。|跟宣传的完全两回事。|尺码偏小|袖子太短了|唯一的缺点是味道大。"""
NEITHER = """I can't stand the smell.|It doesn't stop the leak.|Not loud enough.|No noise cancelling.|Would not break if you were careful.|Not without problems.|The problem is not fixed.|Does it leak?
You cannot avoid the noise.|It is not too small.|This perfume has no smell.|It is not only heavy but ugly.|I expected no problems.|It doesn't leak but it is heavy.|The speaker is not loud.
味道散不掉。|不会太小|设计太小巧了|没解决漏水的问题。|不知道会掉色不。|不是没问题。|没人处理破损。|怕掉色没敢洗。|会不会缩水？|说好不掉色的。|没多久就坏了。|不仅漏水|没坏就不错了|不重视客户|不漏水，但是很重"""


def listed(text: str) -> list[str]:
    return [one for line in text.splitlines() for one in line.split("|")]


@pytest.mark.parametrize("text", listed(DENIED))
def test_a_fault_that_is_denied_or_a_promise_kept_is_praise(text: str) -> None:
    assert plain_side(text) == 1


@pytest.mark.parametrize("text", listed(LESS))
def test_less_than_was_shown_or_expected_is_blame(text: str) -> None:
    assert plain_side(text) == -1


@pytest.mark.parametrize("text", listed(NEITHER))
def test_where_the_words_may_mean_either_nothing_is_said(text: str) -> None:
    assert plain_side(text) == 0
