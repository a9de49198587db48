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
