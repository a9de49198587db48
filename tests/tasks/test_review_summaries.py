"""Summaries in the weights' own words: kept, shown as long as the table stands, plain where the weights cannot."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from desktop_app.engine import LlamaEngine, Request, ScriptedEngine
from desktop_app.errors import UserError
from desktop_app.records import Note, Product, Saved
from desktop_app.review_records import Summary
from desktop_app.shop import Shop
from desktop_app.tasks import import_reviews, review_texts
from desktop_app.tasks.reading import read_all
from desktop_app.tasks.review_desk import ReviewDesk
from desktop_app.tasks.review_faults import faults_of
from desktop_app.tasks.review_index import ReviewIndex
from desktop_app.tasks.review_writing import Summarised, write_summaries
from desktop_app.tasks.summarise_reviews import summary_of
from desktop_app.tasks.understanding import Reader

STOP = threading.Event()
VERSION = Reader(None).version
ROWS = [("Great quality, very sturdy", 5), ("The size is too small", 2), ("Sturdy, good quality", 5), ("The smell is terrible", 1),
        ("Quality is sturdy", 4)]  # fmt: skip


@pytest.fixture
def mug(shop: Shop, tmp_path: Path) -> int:
    with shop.act("Add"):
        (number,) = shop.add([Product("Blue mug", "mug")])
    bring(shop, tmp_path, 30)
    return number


def bring(shop: Shop, folder: Path, count: int, handle: str = "mug", first: int = 0) -> None:
    lines = ["product_handle,rating,body,author,review_date,review_id"]
    for n in range(first, first + count):
        text, stars = ROWS[n % len(ROWS)]
        lines.append(f'{handle},{stars},"{text}",A{n},2025-{n % 12 + 1:02}-03,{handle}{n}')
    path = folder / "r.csv"
    path.write_text("\n".join(lines), "utf-8")
    list(import_reviews.import_reviews(shop, STOP, reading=import_reviews.look(shop, path)))
    list(read_all(shop, Reader(None), STOP))


def truthful(request: Request) -> str | UserError:
    """Answer as weights would that can do it."""
    asked = request.messages[-1].text
    name = asked.split("\n")[0].split(": ")[1]
    if asked.startswith("Praised"):
        return f" praise the {name} and call it sturdy." if "sturdy" in asked else f" praise the {name}."
    return ", since customers complain." if asked.startswith("To mend") else f" complain about the {name}."


def write(
    shop: Shop, engine: object, number: int, language: str = "en", anyway: bool = True
) -> tuple[Summary, list[object]]:
    index = ReviewIndex(shop, VERSION)
    events = list(
        write_summaries(shop, engine, index, VERSION, STOP, products=[number], language=language, anyway=anyway)
    )  # type: ignore[arg-type]
    (made,) = [e for e in events if isinstance(e, Summary)]
    return made, list(events)


def test_each_sentence_of_the_weights_has_the_tables_figures_and_quotes_behind_it(shop: Shop, mug: int) -> None:
    made, events = write(shop, ScriptedEngine(truthful), mug)
    assert made.source == "weights"
    assert made.own == (False, True, True, True, True)
    assert made.sentences[1][0].startswith(
        "Many buyers praise the quality and call it sturdy (praised in 18 of the 18 that speak of it): “"
    )
    assert made.sentences[-1][0].startswith("Improve the smell first, since customers complain. Reviews that")
    assert faults_of(made, shop, ReviewIndex(shop, VERSION)) == []
    assert next(e for e in events if isinstance(e, Summarised)).own == 4


def test_what_was_written_is_shown_until_a_figure_is_another_and_can_be_undone(
    shop: Shop, mug: int, tmp_path: Path
) -> None:
    made, _events = write(shop, ScriptedEngine(truthful), mug)

    def shown() -> Summary:
        return summary_of(shop, ReviewIndex(shop, VERSION), VERSION, mug)

    assert shown() == made
    bring(shop, tmp_path, 5, first=100)
    assert shown().source == "plain"
    assert shown().sentences[0][0].startswith("35 reviews")
    shop.undo()
    assert shown() == made
    shop.undo()
    assert shown().source == "plain"
    shop.redo()
    assert shown() == made


def test_sentences_that_say_more_than_was_counted_give_way_to_the_plain_ones(shop: Shop, mug: int) -> None:
    def boasting(request: Request) -> str | UserError:
        praised = request.messages[-1].text.startswith("Praised")
        return " praise the quality, made of the finest oak since 1887." if praised else truthful(request)

    made, _events = write(shop, ScriptedEngine(boasting), mug)
    assert made.source == "mixed"
    assert made.own == (False, False, True, True, True)
    assert made.sentences[1][0].startswith("Quality: praised in 18 of the 18")
    assert "oak" not in made.text


def test_chinese_sentences_have_their_figures_and_quotes_behind_them_too(shop: Shop, tmp_path: Path) -> None:
    with shop.act("Add"):
        (pot,) = shop.add([Product("茶壶", "pot")])
    said = [("质量很好，很结实", 5), ("尺码太小了", 2), ("结实，质量不错", 5)]
    lines = ["product_handle,rating,body,author,review_id"]
    lines += [f'pot,{said[n % 3][1]},"{said[n % 3][0]}",甲{n},z{n}' for n in range(18)]
    path = tmp_path / "z.csv"
    path.write_text("\n".join(lines), "utf-8")
    list(import_reviews.import_reviews(shop, STOP, reading=import_reviews.look(shop, path)))
    list(read_all(shop, Reader(None), STOP))

    def chinese(request: Request) -> str | UserError:
        asked = request.messages[-1].text
        name = asked.split("\n")[0].split("：")[1]
        if asked.startswith("先改"):
            return "，顾客不满意。"
        return f"称赞{name}，觉得结实。" if asked.startswith("称赞") else f"对{name}不满意。"

    made, _events = write(shop, ScriptedEngine(chinese), pot, "zh")
    assert made.source == "weights"
    assert made.sentences[1][0].startswith("不少买家称赞质量，觉得结实（提到的12条里12条），如“")
    assert made.sentences[-1][0].startswith("先改进尺码，顾客不满意：不满它的评价平均2.0星")
    assert faults_of(made, shop, ReviewIndex(shop, VERSION)) == []


def test_weights_that_do_not_know_the_language_give_way_and_it_is_said(shop: Shop, mug: int) -> None:
    made, events = write(shop, ScriptedEngine(truthful), mug, "xx", anyway=False)
    assert made.source == "plain"
    assert any(isinstance(e, Note) for e in events)
    assert shop.kept_summary(mug, "xx") is None
    made, events = write(shop, None, mug)
    assert made.source == "plain"
    assert "no writing weights" in next(e.text for e in events if isinstance(e, Note))


def test_an_engine_that_breaks_once_is_asked_again(shop: Shop, mug: int) -> None:
    broken: list[str] = []

    def once(request: Request) -> str | UserError:
        if request.id not in broken:
            broken.append(request.id)
            return UserError("It broke.")
        return truthful(request)

    made, _events = write(shop, ScriptedEngine(once), mug)
    assert made.source == "weights"
    made, events = write(shop, ScriptedEngine(lambda request: UserError("It broke.")), mug)
    assert made.source == "plain"
    assert any(isinstance(e, Note) and e.text == "It broke." for e in events)


def test_a_stop_keeps_what_is_whole(shop: Shop, mug: int, tmp_path: Path) -> None:
    with shop.act("Add"):
        (pot,) = shop.add([Product("Tea pot", "pot")])
    bring(shop, tmp_path, 30, "pot")
    stop, index = threading.Event(), ReviewIndex(shop, VERSION)
    found: list[Summary] = []
    for event in write_summaries(
        shop, ScriptedEngine(truthful), index, VERSION, stop, products=[mug, pot], anyway=True
    ):
        if isinstance(event, Summary):
            found.append(event)
            stop.set()
    assert [one.product for one in found] == [mug]
    assert shop.kept_summary(mug, "en") is not None
    assert shop.kept_summary(pot, "en") is None
    asked: list[str] = []

    def noting(request: Request) -> str | UserError:
        asked.append(request.id.split(":")[0])
        return truthful(request)

    rest = [e for e in write_summaries(shop, ScriptedEngine(noting), index, VERSION, STOP, products=[mug, pot], anyway=True)
            if isinstance(e, Summary)]  # fmt: skip
    assert {one.source for one in rest} == {"weights"}
    assert set(asked) == {str(pot)}  # run again, it goes on where it was


def test_the_page_text_has_each_count_behind_its_name(shop: Shop, mug: int) -> None:
    events = list(review_texts.write_pages(shop, ReviewDesk(VERSION), STOP, products=[mug], language="en",
                                           engine=ScriptedEngine(truthful), anyway=True))  # fmt: skip
    (draft,) = [e.draft for e in events if isinstance(e, Saved)]
    assert draft.text.startswith(
        "18 of 30 rated reviews give four or five stars. Many buyers praise the quality (18), for example “"
    )
    assert "complain about the size and fit (6) and smell (6), for example “" in draft.text
    assert (draft.source, draft.findings) == ("weights", ())


def test_the_starter_weights_write_only_what_was_counted(shop: Shop, mug: int, engine: LlamaEngine) -> None:
    made, _events = write(shop, engine, mug, anyway=False)
    assert any(made.own)
    assert faults_of(made, shop, ReviewIndex(shop, VERSION)) == []
    plain, _events = write(shop, engine, mug, "zh", anyway=False)
    assert plain.source == "plain"
