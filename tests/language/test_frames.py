"""What small weights leave out is said behind it, and how they list is how the shop lists."""

from __future__ import annotations

from desktop_app.language import frames

SIZES = "The Hera Hoodie is made of wool and nylon, and comes in blue, green and red, in sizes XS to XL."
VASE = "This is a pottery vase with copper marks, made of ceramic."


def test_what_is_left_out_follows_in_one_sentence_where_it_can() -> None:
    called = "The Hera Hoodie is made of"
    assert frames.finished("The Hera Hoodie is made of wool and nylon.", SIZES, called=called) == SIZES
    assert frames.finished("The Hera Hoodie comes in blue, green and red.", SIZES, called=called) == (
        "The Hera Hoodie comes in blue, green and red, in sizes XS to XL. It is made of wool and nylon."
    )


def test_what_a_thing_is_called_is_not_said_again() -> None:
    called = "This pottery vase with copper marks"
    assert frames.finished(f"{called} is made from ceramic.", VASE, called=called) == f"{called} is made from ceramic."


def test_lists_are_written_one_way() -> None:
    assert "blue, green and red" in frames.spelled("The Hera Hoodie comes in Green, red, and blue.", SIZES)


def test_sizes_are_not_told_before_the_colours_they_belong_to() -> None:
    assert frames.apart("The Hera Hoodie comes in sizes XS to XL.", SIZES)
    assert not frames.apart("The Hera Hoodie comes in blue, green and red.", SIZES)


def test_gloves_are_several() -> None:
    said = "These gloves are made of cotton and suit the garden."
    assert frames.finished("These gloves are made of cotton.", said, called="These gloves") == said


def test_who_made_it_is_not_put_behind_as_another_thing() -> None:
    said = "This is a black lamp by Rustic LTD, made of plastic."
    assert frames.finished("This black lamp is made of plastic.", said, called="This black lamp") == (
        "This black lamp is made of plastic."
    )


def test_what_stands_behind_a_name_without_a_verb_is_said_with_one() -> None:
    said = "Measuring 14 × 21 cm, this notebook has a ribbon bookmark."
    assert frames.finished("This notebook has a ribbon bookmark.", said, called="This notebook") == (
        "This notebook has a ribbon bookmark and measures 14 × 21 cm."
    )
