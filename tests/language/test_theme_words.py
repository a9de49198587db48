"""What a group of remarks is called, and what finds it again."""

from __future__ import annotations

from desktop_app.language.theme_words import name, pattern, terms_of


def test_a_name_is_a_word_of_the_group_that_stands_hardly_anywhere_else() -> None:
    texts = ["the zipper is stuck", "zippers break", "a zipper that jams", "zipper of metal", "the bag is here",
             "my bag came", "bag for school", "that bag"]  # fmt: skip
    found = name([[0, 1, 2, 3], [4, 5, 6, 7]], texts, list(range(8)), 3, taboo="Blue school bag")
    assert [one.name for one in found] == ["Zipper"]


def test_one_reviewer_is_not_three_voices() -> None:
    texts = ["the zipper is stuck", "this zipper", "zipper again"]
    assert name([[0, 1, 2]], texts, [1, 1, 2], 3) == []


def test_a_piece_of_a_chinese_word_is_no_name() -> None:
    texts = ["您提的宝贵意见", "谢谢宝贵意见", "听取宝贵意见", "住了一晚", "第二天走", "路过而已"]
    found = name([[0, 1, 2]], texts, list(range(6)), 3)
    assert [one.name for one in found] in (["宝贵意见"], ["意见"])


def test_words_find_their_plural_and_no_longer_word() -> None:
    known = pattern(("cat", "说明书"))
    assert known.search("Both CATS fight")
    assert known.search("没有说明书")
    assert not known.search("a catalogue")
    assert not pattern(()).search("anything")


def test_praise_and_empty_words_name_nothing() -> None:
    assert terms_of("I really love this product very much") == frozenset()
    assert "memory card" in terms_of("needs a memory card")
    assert not any(term.startswith("的") or "喜欢" in term for term in terms_of("我喜欢它的说明书"))
