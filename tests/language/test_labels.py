from __future__ import annotations

from dataclasses import replace

import pytest

from desktop_app.language import labels
from desktop_app.records import Draft

ENGLISH = Draft(1, "description", "en", "An oak tray.", source="weights", weights="SmolLM2")
CHINESE = replace(ENGLISH, language="zh", text="橡木托盘。")


@pytest.mark.parametrize(
    ("draft", "wish", "label"),
    [
        (CHINESE, "auto", "cn"),
        (replace(ENGLISH, channel="etsy"), "auto", "etsy"),
        (replace(ENGLISH, channel="douyin"), "auto", "cn"),
        (ENGLISH, "auto", None),
        (ENGLISH, "always", "eu"),
        (CHINESE, "never", None),
        (replace(CHINESE, source="plain", weights=""), "always", None),
        (replace(CHINESE, source="merchant"), "auto", "cn"),  # theirs before it was edited
        (replace(CHINESE, source="merchant", weights=""), "auto", None),
        (replace(CHINESE, field="title"), "auto", None),
    ],
)
def test_a_text_made_with_weights_says_so_where_it_must(draft: Draft, wish: str, label: str | None) -> None:
    found = labels.asked_for(draft, wish=wish)
    assert (found.id if found else None) == label


def test_the_label_stands_below_the_text_in_its_language() -> None:
    assert labels.labelled(CHINESE) == "橡木托盘。\n\n本文由人工智能辅助生成。"
    assert labels.labelled(ENGLISH) == ENGLISH.text
