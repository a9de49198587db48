"""One thing said, one clause: what summaries quote and polarity is read of."""

from __future__ import annotations

import pytest

from desktop_app.language.clauses import clauses


@pytest.mark.parametrize(
    ("text", "cut"),
    [
        ("Battery drains overnight 😡 Bought it in May.", ["Battery drains overnight 😡", "Bought it in May."]),
        ("很好用👍下次还来❤️❤️推荐", ["很好用👍", "下次还来❤️❤️", "推荐"]),
        ("Soft strap, but it broke 😭😭", ["Soft strap", "but it broke 😭😭"]),
        ("★★★ great mug", ["great mug"]),
    ],
)
def test_a_smiley_ends_what_it_stands_behind(text: str, cut: list[str]) -> None:
    assert [text[start:end] for start, end in clauses(text)] == cut
