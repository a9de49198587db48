"""Reviews that are pasted: lines, paragraphs, and what is copied from a page."""

from __future__ import annotations

import pytest

from desktop_app.formats.pasted_reviews import pasted_reviews

PAGE = """Jane D.
5.0 out of 5 stars Love it
Reviewed in the United States on March 3, 2024
Color: BlackVerified Purchase
Sturdy and quiet. Would buy again.
12 people found this helpful
Helpful
Report"""


def test_pasted_text_is_cut_into_reviews() -> None:
    one, two, three = pasted_reviews("★★★★☆ Nice mug\nHandle broke\n2025-03-02\n\n1 star. bad smell\n\n5星 很好用")
    assert (one.text, one.stars, one.written) == ("Nice mug\nHandle broke", 4, "2025-03-02")
    assert (two.text, two.stars, three.text, three.stars) == ("bad smell", 1, "很好用", 5)
    assert [r.text for r in pasted_reviews("nice\nbad")] == ["nice", "bad"]


def test_a_review_copied_from_a_page_is_its_words_with_stars_day_name_and_choice() -> None:
    for text in (PAGE, f"{PAGE}\n\n{PAGE.replace('Jane', 'Joan')}"):
        one = pasted_reviews(text)[0]
        assert (one.text, one.title, one.stars) == ("Sturdy and quiet. Would buy again.", "Love it", 5)
        assert (one.author, one.written, one.variant) == ("Jane D.", "2024-03-03", "Color: Black")
    one, two = pasted_reviews(
        "t**8\n2024-03-05 12:30\n颜色分类:灰色\n面料舒服\n用了一个月起球了\n有用(3)\n\n小**猫\n2024年3月7日\n味道太大了"
    )
    assert (one.text, one.author, one.variant) == ("面料舒服\n用了一个月起球了", "t**8", "颜色分类:灰色")
    assert (two.text, two.author, two.written) == ("味道太大了", "小**猫", "2024-03-07")


@pytest.mark.parametrize(
    ("text", "words", "stars"),
    [
        ("1. Great mug\n2. Handle broke", ["Great mug", "Handle broke"], [None, None]),
        ("• 很好用\n• 漏水\n• 一般", ["很好用", "漏水", "一般"], [None] * 3),
        ("“Great!” – Anna, 5 stars\n“Broke” – Bob, 1 star", ["Great!", "Broke"], [5, 1]),
        ("Rating: 4/5\nDate: 2024-03-01\nNice and soft\n\n2/5\nToo small", ["Nice and soft", "Too small"], [4, 2]),
        ("5 stars for the box, 1 for the rest\nbad", ["for the box, 1 for the rest", "bad"], [5, None]),
        ("Bought on 3 March 2024\nfine", ["Bought on 3 March 2024", "fine"], [None, None]),
    ],
)
def test_lists_and_stars_wherever_they_stand(text: str, words: list[str], stars: list[float | None]) -> None:
    found = pasted_reviews(text)
    assert ([review.text for review in found], [review.stars for review in found]) == (words, stars)
