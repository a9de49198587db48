from __future__ import annotations

import pytest

from desktop_app.language import voice
from desktop_app.language.check import SentenceCheck
from desktop_app.language.voice import Voice, VoiceCheck
from desktop_app.records import Edit, Fact, Product, Span


def edit(before: str, after: str, language: str = "en") -> Edit:
    return Edit(1, 1, "description", language, before, after, "2026-11-25T10:00:00Z")


def test_what_three_edits_agree_on_is_a_rule_in_a_sentence_and_can_be_switched_off() -> None:
    edits = [edit(f"It comes in {c} color.", f"It comes in {c} colour.") for c in ("red", "blue", "green")]
    habits = voice.learn(edits)
    assert [(h.kind, h.old, h.new, h.seen) for h in habits] == [("replace", "color", "colour", 3)]
    assert habits[0].sentence() == "Writes “colour” instead of “color”. Learned from 3 of your edits."
    assert voice.learn(edits, off=[habits[0].id]) == []
    assert voice.learn(edits[:2]) == []


def test_numbers_are_no_habit() -> None:
    assert voice.learn([edit("It holds 300 ml.", "It holds 350 ml.")] * 4) == []


def test_chinese_edits_teach_too() -> None:
    edits = [edit(f"这款{n}很棒！适合你。", f"这款{n}很棒！适合您。", "zh") for n in ("杯子", "砧板", "毛巾")]
    assert [(h.old, h.new) for h in voice.learn(edits)] == [("你", "您")]


def test_texts_made_shorter_again_and_again_are_kept_short() -> None:
    edits = [edit("A long text about oak that goes on. " * 3, "A text about oak.")] * 3
    assert "shorter" in [h.kind for h in voice.learn(edits)]


def test_the_merchants_words_stand_in_place_of_others_and_evidence_moves_along() -> None:
    text = "It comes in oak, color natural."
    spans = (Span(12, 15, ("Material",)), Span(23, 30, ("Colour",)))
    said, moved = voice.dress(text, spans, Voice(use=(("comes in", "is made of"), ("color", "colour"))), (), "en")
    assert said == "It is made of oak, colour natural."
    assert [said[s.start : s.end] for s in moved] == ["oak", "natural"]


def test_words_that_rest_on_a_fact_stay_as_the_fact_has_them() -> None:
    said, _spans = voice.dress("An oak tray.", (Span(3, 6, ("Material",)),), Voice(use=(("oak", "walnut"),)), (), "en")
    assert said == "An oak tray."


@pytest.mark.parametrize(
    ("spoken", "text", "marked"),
    [
        (Voice(avoid=("cheap",)), "A cheap tray, not cheaper.", ["cheap"]),
        (Voice(address="none"), "For your kitchen.", ["your"]),
        (Voice(address="您"), "给你的厨房。", ["你"]),
        (Voice(), "For your cheap kitchen.", []),
    ],
)
def test_what_the_voice_avoids_is_marked(spoken: Voice, text: str, marked: list[str]) -> None:
    assert [f.text for f in voice.findings(text, spoken)] == marked


def test_weights_are_stopped_at_a_word_the_voice_avoids() -> None:
    inner = SentenceCheck(Product("Tray", facts=(Fact("Material", "oak", kind="material"),)), "en")
    assert VoiceCheck(inner, Voice())(("This tray is made of oak.",)).ok
    verdict = VoiceCheck(inner, Voice(avoid=("made of",)))(("This tray is made of oak.",))
    assert (verdict.ok, verdict.kind) == (False, "voice")


def test_a_voice_survives_being_kept_and_nonsense_is_the_usual_one() -> None:
    spoken = Voice("warm", "short", (("a", "b"),), ("c",), "您", False, ("x",))
    assert voice.read(voice.kept(spoken)) == spoken
    assert voice.read({"tone": "loud", "use": [], "address": 3}) == Voice()
    assert voice.read("?") == Voice()


def test_texts_that_are_always_cut_down_are_written_shorter_until_the_rule_is_switched_off() -> None:
    long, cut = "One sentence. Two sentences. Three.", "One sentence."
    edits = [Edit(n, n, "description", "en", long, cut, "2026-11-25") for n in range(4)]
    habits = voice.learn(edits)
    rule = next(h for h in habits if h.kind == "shorter")
    assert "short" in rule.sentence()
    assert voice.length("medium", habits, "en") == "short"
    assert voice.length("medium", habits, "zh") == "medium"
    assert voice.length("medium", voice.learn(edits, [rule.id]), "en") == "medium"
    assert voice.length("short", habits, "en") == "short"
