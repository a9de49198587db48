from __future__ import annotations

from desktop_app.language import steps
from desktop_app.language.check import SentenceCheck
from desktop_app.language.steps import Step, Try
from desktop_app.records import Fact, Product, Wishes

TRAY = Product(
    "Oak serving tray",
    facts=(Fact("Material", "oak"), Fact("Size", "40 × 28", "cm"), Fact("Care", "wipe with a damp cloth")),
    id=3,
)
SIZE = Step("It measures 40 × 28 cm.", ("Size",), "It", called="This oak serving tray")


def chosen(*tries: str, step: Step = SIZE, before: tuple[str, ...] = ("An oak serving tray.",)) -> str:
    return steps.best(step, [Try(t, -n) for n, t in enumerate(tries)], TRAY, "en", before)


def test_every_fact_of_the_plain_text_is_in_a_step() -> None:
    plan = steps.plan(TRAY, Wishes(), variety=1)
    told = {name for step in plan.steps for name in step.names}
    assert {"Material", "Size", "Care"} <= told
    assert plan.steps[0].opening.startswith(("This oak serving tray ", "The oak serving tray "))


def test_large_weights_are_asked_for_the_whole_text() -> None:
    plan = steps.plan(TRAY, Wishes(), variety=1, whole=True)
    assert len(plan.steps) == 1
    assert plan.steps[0].whole


def test_the_likeliest_try_that_the_facts_carry_is_kept() -> None:
    assert chosen("It measures 40 × 28 cm.", "The tray is 40 × 28 cm.") == "It measures 40 × 28 cm."
    assert chosen("It measures 50 cm.", "The tray measures 40 × 28 cm.") == "The tray measures 40 × 28 cm."


def test_a_try_that_invents_wanders_or_leaves_the_fact_out_is_not_kept() -> None:
    assert chosen("It measures 40 × 28 cm and is made of walnut.") == ""
    assert chosen("It is an oak tray.") == ""
    assert chosen("It measures 40 × 28") == ""
    assert chosen("It measures 40 × 28 cm. " * 1 + "It", "") == "It measures 40 × 28 cm."


def test_a_sentence_said_already_is_not_said_again() -> None:
    assert chosen("It measures 40 × 28 cm.", before=("It measures 40 × 28 cm.",)) == ""


def test_a_text_does_not_open_without_its_subject() -> None:
    assert chosen("It measures 40 × 28 cm.", before=()) == ""
    assert chosen("The tray measures 40 × 28 cm.", before=()) == "The tray measures 40 × 28 cm."


def test_the_name_of_a_fact_is_not_what_the_product_is() -> None:
    assert chosen("The tray is a size 40 × 28 cm.") == ""


def test_what_the_weights_write_is_joined_to_what_they_were_given() -> None:
    assert steps.after("It", "comes in white.") == "It comes in white."
    assert steps.after("It", "'s white.") == "It's white."
    assert steps.after("", "It is white.") == "It is white."


BAG = Step(
    "The Hera Hoodie suits all weather, and is made of wool and nylon.",
    ("Climate", "Material"),
    "The Hera Hoodie suits",
    called="The Hera Hoodie",
)
HOODIE = Product(
    "Hera Hoodie", facts=(Fact("Climate", "All-weather"), Fact("Material", "wool"), Fact("Material", "nylon"))
)


def said(text: str) -> str:
    return steps.best(BAG, [Try(text, given=BAG.opening)], HOODIE, "en", ())


def test_what_a_try_leaves_out_code_says_behind_it() -> None:
    assert (
        said("The Hera Hoodie is for all weather.")
        == "The Hera Hoodie is for all weather, and is made of wool and nylon."
    )


def test_a_value_tied_with_another_verb_or_by_half_is_no_sentence() -> None:
    assert said("The Hera Hoodie is all weather.") == ""
    assert said("The Hera Hoodie is made of wool and suits all weather.") == ""
    assert said("The Hera Hoodie is made of wool and nylon, with a wool material.") == ""


def test_only_words_that_the_weights_wrote_themselves_are_counted_as_theirs() -> None:
    assert Try("The Hera Hoodie suits all weather.", given=BAG.opening).own_words == 2


def test_a_try_is_held_to_its_step_while_it_is_written() -> None:
    check = steps.StepCheck(SentenceCheck(HOODIE, "en"), BAG, HOODIE, "en")
    assert check(("all weather.",)).ok
    assert not check(("all weather and the office.",)).ok
    assert check(("all weather",)).kind == "step"


def test_the_weights_go_on_from_who_and_a_verb_whatever_the_plain_sentence_opens_with() -> None:
    known = Product("Oak tray", facts=(*TRAY.facts, Fact("Features", "two handles")), id=1)
    openings = {steps.plan(known, Wishes(), variety=n).steps[0].opening for n in range(6)}
    assert openings <= {
        "This oak tray measures",
        "This oak tray has",
        "This oak tray comes with",
        "This oak tray is made of",
    }


PEN = Product(
    "Brass ballpoint pen", facts=(Fact("Ink colour", "black"), Fact("Material", "brass"), Fact("Length", "13.5", "cm"))
)


def test_what_is_known_of_a_part_is_not_said_of_the_thing() -> None:
    ink = Step("The ink is black.", ("Ink colour",), "", called="This brass ballpoint pen")
    assert (
        steps.best(ink, [Try("The brass ballpoint pen is black.")], PEN, "en", ["This brass ballpoint pen is long."])
        == ""
    )
    assert steps.best(ink, [Try("It is black.")], PEN, "en", ["This brass ballpoint pen is long."]) == ""
    assert (
        steps.best(ink, [Try("The ink is black.")], PEN, "en", ["This brass ballpoint pen is long."])
        == "The ink is black."
    )


def test_it_is_not_said_twice_in_one_sentence() -> None:
    step = Step(
        "This brass ballpoint pen is made of brass and is 13.5 cm long.",
        ("Material", "Length"),
        "",
        called="This brass ballpoint pen",
    )
    said = steps.best(step, [Try("This brass ballpoint pen is made of brass, and it's 13.5 cm long.")], PEN, "en", ())
    assert said == "This brass ballpoint pen is made of brass, and is 13.5 cm long."
