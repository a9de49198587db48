"""What a review speaks of, by the words of the taxonomy."""

from __future__ import annotations

import pytest

from desktop_app.language import aspects


@pytest.mark.parametrize("text", ["放在上面刚好", "里面的做工粗糙", "说明书看不懂", "体验方面没话说"])
def test_a_character_inside_another_word_is_no_theme(text: str) -> None:
    assert not {key for key, _start, _end in aspects.aspects_in(text)} & {"taste", "content", "menu", "portion"}


@pytest.mark.parametrize("text", ["肉很嫩", "屏太暗", "码偏小"])
def test_a_character_that_stands_alone_is_a_word(text: str) -> None:
    assert aspects.aspects_in(text)


@pytest.mark.parametrize(
    "text", ["送人很合适", "价格合适", "风太大", "正好需要一个", "it fits my budget", "only a small problem"]
)
def test_what_suits_something_else_is_no_size(text: str) -> None:
    assert "size" not in {key for key, _start, _end in aspects.aspects_in(text)}


@pytest.mark.parametrize(
    "text", ["大小合适", "穿着正好", "衣服太大了", "送人的，尺码偏小", "it fits well", "价格不错，衣服很合适"]
)
def test_what_suits_the_body_is_a_size(text: str) -> None:
    assert "size" in {key for key, _start, _end in aspects.aspects_in(text)}
