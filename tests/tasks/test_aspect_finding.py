"""How well the aspects of a file are found unasked."""

from __future__ import annotations

from desktop_app.formats.aspect_files import Target
from desktop_app.tasks.aspect_finding import finding_scores

MARKED = [
    ("The pasta was great but the waiter forgot us.", ["food", "staff"]),
    ("The waiter was kind, and we paid little.", ["staff", "price"]),
    ("A salad that nobody should pay 20 dollars for.", ["food", "price"]),
]


def _scores(marked: list[tuple[str, list[str]]]) -> dict[str, float]:
    return finding_scores(
        [text for text, _n in marked], [[Target(n, "neutral") for n in names] for _t, names in marked]
    )


def test_each_category_is_scored_and_the_mean_is_over_categories() -> None:
    scores = _scores(MARKED)
    # food and staff in both their texts; of price the dollars alone: 2 · 1 / (2 + 1)
    assert scores["found_macro_f1"] == round((1 + 1 + 2 / 3) / 3, 4)
    assert (scores["found_precision"], scores["found_recall"]) == (1.0, round(5 / 6, 4))


def test_plain_names_and_what_is_everywhere_stand_beside_it() -> None:
    scores = _scores([*MARKED, ("Good food.", ["food"])])
    assert scores["baseline_names_found_macro_f1"] == round(2 / 4 / 3, 4)  # "food" once of three times
    assert scores["baseline_majority_found_macro_f1"] == round((6 / 7 + 4 / 6 + 4 / 6) / 3, 4)


def test_a_file_of_marked_words_has_no_such_figures() -> None:
    marked = [[Target("pasta", "positive", 4, 9)], [Target("price", "negative")]]  # the second stands nowhere
    assert finding_scores(["The pasta was great.", "Too much for me."], marked) == {}


def test_the_fine_aspects_of_asap_go_by_their_families() -> None:
    scores = finding_scores(
        ["味道很好，服务态度差"], [[Target("dish_taste", "positive"), Target("service_waiters_attitude", "negative")]]
    )
    assert scores["found_macro_f1"] == 1.0
