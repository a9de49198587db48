from __future__ import annotations

from desktop_app.language import families, idioms


def test_a_turn_of_speech_is_found_wherever_it_stands_and_however_it_is_put() -> None:
    text = "Within easy reach, it tips the scales at nothing; do your best, from end to end."
    said = [text[a:b] for a, b in idioms.spans(text)]
    assert said == ["Within easy reach", "tips the scales", "do your best", "from end to end"]


def test_words_that_only_look_like_one_are_no_turn_of_speech() -> None:
    assert not idioms.spans("A silver lid, a stone base and a green handle of the best steel.")


def test_words_are_known_by_their_family() -> None:
    assert families.is_everyday("doorstep")
    assert families.is_everyday("retell")
    assert families.undone("unclip") == {"clip"}
    assert not families.undone("unlined")
    assert not any(families.is_everyday(w) for w in ("waterproof", "handbrake", "touchscreen", "seamless"))
