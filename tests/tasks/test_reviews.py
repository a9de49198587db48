"""Reviews from a file to a summary: linked, marked, counted exactly whatever is done and undone, quoted letter for letter."""

from __future__ import annotations

import shutil
import tempfile
import threading
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from desktop_app.records import Product, Variant
from desktop_app.review_records import ReviewsImported, Theme
from desktop_app.shop import Shop
from desktop_app.tasks import import_reviews as task
from desktop_app.tasks.reading import read_all
from desktop_app.tasks.review_desk import ReviewDesk
from desktop_app.tasks.review_faults import faults_of
from desktop_app.tasks.review_index import Filter, ReviewIndex
from desktop_app.tasks.summarise_reviews import Summary, summarise, summary_of
from desktop_app.tasks.understanding import Reader

STOP = threading.Event()
SAID = [  # all too short to be called copies of one another
    ("The size is too small", 2), ("Great quality, sturdy", 5), ("Fast delivery", 5), ("The smell is terrible", 1),
    ("尺码偏小，退货了", 2), ("质量很好，物流很快", 5), ("此用户没有填写评价。", 5), ("ok", None),
    ("Poor quality, broke after", 3),
]  # fmt: skip


def put(shop: Shop, folder: Path, lines: list[str], name: str = "r.csv") -> ReviewsImported:
    path = folder / name
    path.write_text("\n".join(["product_handle,rating,body,author,review_date,review_id", *lines]), "utf-8")
    *_progress, done = task.import_reviews(shop, STOP, reading=task.look(shop, path))
    assert isinstance(done, ReviewsImported)
    return done


def line(n: int, handle: str = "mug", text: int | None = None, id: str = "") -> str:
    words, stars = SAID[(n if text is None else text) % len(SAID)]
    return f'{handle},{stars or ""},"{words}",A{n},2025-{n % 12 + 1:02}-03,{id}'


@pytest.fixture
def mug(shop: Shop) -> int:
    with shop.act("Add"):
        first, _second = shop.add(
            [Product("Blue mug", "mug", variants=(Variant(sku="M-1"),)), Product("Tea pot", "pot")]
        )
    return first


def test_the_same_file_again_adds_nothing_and_changed_words_are_brought_up(
    shop: Shop, mug: int, tmp_path: Path
) -> None:
    lines = [line(n, id=f"r{n}") for n in range(6)]
    assert (put(shop, tmp_path, lines).added, put(shop, tmp_path, lines).skipped) == (6, 6)
    lines[2] = line(2, id="r2").replace("Fast", "Slow")
    done = put(shop, tmp_path, lines)
    assert (done.added, done.changed, done.skipped) == (0, 1, 5)
    assert "Slow delivery" in shop.reviews(shop.review_ids(mug))[2].text
    shop.undo()
    assert "Fast delivery" in shop.reviews(shop.review_ids(mug))[2].text


def test_a_review_finds_its_product_or_is_asked_about(shop: Shop, mug: int, tmp_path: Path) -> None:
    path = tmp_path / "r.csv"
    path.write_text("sku,product_title,body\nM-1,,by sku\n,Blue mug,by name\n,Blue mugs,nearly\n,Teapots,no\n", "utf-8")
    *_progress, done = task.import_reviews(shop, STOP, reading=task.look(shop, path))
    assert isinstance(done, ReviewsImported)
    assert (done.linked, done.doubtful, done.unlinked) == (2, 1, 1)
    waiting = shop.reviews(shop.review_ids(unlinked=True))
    assert waiting[0].doubtful == (mug,)
    task.link(shop, [waiting[0].id or 0], mug)
    assert len(shop.review_ids(mug)) == 3
    again = task.import_reviews(shop, STOP, reading=task.look(shop, path))
    assert len(shop.review_ids(mug)) == 3
    assert list(again)[-1].skipped == 4  # what the merchant said stands


def test_a_summary_counts_quotes_and_leaves_the_default_praise_out(shop: Shop, mug: int, tmp_path: Path) -> None:
    put(shop, tmp_path, [line(n) for n in range(40)])
    (made,) = [e for e in summarise(shop, Reader(None), STOP, products=[mug]) if isinstance(e, Summary)]
    assert (made.count, made.enough, dict(made.aside)["default"]) == (40, True, 4)
    size = next(t for t in made.themes if t.theme == "size")
    assert size.negative == size.count == 9
    assert any(q.text == "The size is too small" for q in size.quotes)
    assert not faults_of(made, shop, ReviewIndex(shop, Reader(None).version))
    assert "40 reviews" in made.text
    chinese = summary_of(shop, ReviewIndex(shop, Reader(None).version), Reader(None).version, mug, "zh")
    assert chinese.text.startswith("共40条评价")


def test_seven_reviews_are_not_made_more_of_than_they_are(shop: Shop, mug: int, tmp_path: Path) -> None:
    put(shop, tmp_path, [line(n) for n in range(3)])
    (made,) = [e for e in summarise(shop, Reader(None), STOP, products=[mug]) if isinstance(e, Summary)]
    assert not made.enough
    assert made.themes == ()
    assert made.singles
    assert "not enough" in made.text


def test_a_wrong_quote_and_a_wrong_figure_are_noticed(shop: Shop, mug: int, tmp_path: Path) -> None:
    from dataclasses import replace

    put(shop, tmp_path, [line(n) for n in range(40)])
    (made,) = [e for e in summarise(shop, Reader(None), STOP, products=[mug]) if isinstance(e, Summary)]
    index = ReviewIndex(shop, Reader(None).version)
    first = made.themes[0]
    false = replace(first.quotes[0], text=first.quotes[0].text + "!")
    for wrong in (
        replace(first, quotes=(false,)),
        replace(first, positive=first.positive + 1),
        replace(first, count=2),
    ):
        assert faults_of(replace(made, themes=(wrong, *made.themes[1:])), shop, index)
    assert faults_of(replace(made, sentences=(("Lovely!", ()),)), shop, index)


def test_themes_are_renamed_merged_and_split_and_that_is_remembered(shop: Shop, mug: int, tmp_path: Path) -> None:
    put(shop, tmp_path, [line(n) for n in range(40)])
    list(read_all(shop, Reader(None), STOP))
    version = Reader(None).version

    def counts() -> dict[str, int]:
        index = ReviewIndex(shop, version)
        return {t.name: t.count for t in index.counts(index.where(Filter(product=mug)))}

    before = counts()
    with shop.act("Themes"):
        shop.set_theme(Theme("size", "How it fits"))
        shop.set_theme(Theme("smell", into="quality"))
        shop.set_theme(Theme("own:broke", "Breaks", words=("broke after",)))
    after = counts()
    assert after["How it fits"] == before["Size and fit"]
    assert "Smell" not in after
    assert after["Breaks"] == 4
    shop.undo()
    assert counts() == before


def test_a_search_wants_every_word_in_any_case_and_follows_what_changes(shop: Shop, mug: int, tmp_path: Path) -> None:
    said = ["Größe M passt NICHT", "größe passt", "The handle broke", "100%_fine", ""]
    put(shop, tmp_path, [f'mug,4,"{text}",Émile{n},2025-03-0{n + 1},r{n}' for n, text in enumerate(said) if text])
    desk = ReviewDesk(Reader(None).version)

    def found(words: str, **more: object) -> list[str]:
        look = desk.look(shop, Filter(**more), words=words)  # type: ignore[arg-type]
        return [review.text for review, _read in desk.shown(shop, look.ids)]

    assert found("GRÖSSE") == found("größe") == ["größe passt", "Größe M passt NICHT"]  # the newest first
    assert found("passt nicht") == ["Größe M passt NICHT"]
    assert found("%_") == ["100%_fine"]  # no sign of a search language
    assert len(found("émile")) == 4
    assert found("handle größe") == found("nowhere") == []
    with shop.act("Remove"):
        shop.remove_reviews(desk.look(shop, Filter(), words="handle").ids)
    assert found("handle") == []


class Keeper(RuleBasedStateMachine):
    """A merchant who imports, imports again, removes, links, undoes and redoes; the counts are always those of a list."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        self.shop = Shop.create(self.folder / "s.zhanggui")
        with self.shop.act("Add"):
            self.products = self.shop.add([Product("Blue mug", "mug"), Product("Tea pot", "pot")])

    @rule(
        rows=st.lists(st.tuples(st.integers(0, 30), st.sampled_from(["mug", "pot", "gone"])), max_size=8),
        named=st.booleans(),
    )
    def bring(self, rows: list[tuple[int, str]], named: bool) -> None:
        put(self.shop, self.folder, [line(n, handle, id=f"r{n}" if named else "") for n, handle in rows] or [line(1)])

    @rule(pick=st.integers(0), count=st.integers(1, 4))
    def take_out(self, pick: int, count: int) -> None:
        ids = self.shop.review_ids()
        if ids:
            task.remove(self.shop, ids[pick % len(ids) :][:count])

    @rule(pick=st.integers(0), to=st.integers(0, 2))
    def say(self, pick: int, to: int) -> None:
        ids = self.shop.review_ids()
        if ids:
            task.link(self.shop, [ids[pick % len(ids)]], [*self.products, None][to])

    @rule(steps=st.integers(1, 3))
    def back(self, steps: int) -> None:
        done = len(self.shop.actions(limit=None, include_undone=False)) - 1
        self.shop.undo(min(steps, done))

    @rule(steps=st.integers(1, 3))
    def again(self, steps: int) -> None:
        self.shop.redo(steps)

    @invariant()
    def counts_are_those_of_a_plain_list(self) -> None:
        reader = Reader(None)
        list(read_all(self.shop, reader, STOP))
        index = ReviewIndex(self.shop, reader.version)
        assert index.read.all()
        told = reader.understand([r.whole for r in self.shop.reviews(index.ids.tolist())])
        for product in self.products:
            own = [n for n, r in enumerate(self.shop.reviews(index.ids.tolist())) if r.product == product]
            plain: Counter[str] = Counter()
            for n in own:
                if not index.aside[n]:
                    plain.update({key for remark in told[n].remarks for key, _p in remark.aspects})
            chosen = index.where(Filter(product=product))
            assert {t.theme: t.count for t in index.counts(chosen)} == dict(plain)
            assert int((index.product == product).sum()) == len(self.shop.review_ids(product)) == len(own)

    def teardown(self) -> None:
        self.shop.close()
        shutil.rmtree(self.folder)


def test_counts_are_exact_under_import_undo_import_again_and_removal() -> None:
    run_state_machine_as_test(  # type: ignore[no-untyped-call]
        Keeper,
        settings=settings(
            max_examples=12, stateful_step_count=12, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )


def test_a_figure_or_a_quote_that_the_table_does_not_have_is_noticed_in_a_sentence(
    shop: Shop, mug: int, tmp_path: Path
) -> None:
    from dataclasses import replace

    put(shop, tmp_path, [line(n) for n in range(60)])
    (made,) = [e for e in summarise(shop, Reader(None), STOP, products=[mug]) if isinstance(e, Summary)]
    index = ReviewIndex(shop, Reader(None).version)
    assert faults_of(made, shop, index) == []
    words, on = made.sentences[1]
    key = on[0]
    number = next(str(t.count) for t in made.themes if t.theme == key)
    for wrong in (words.replace(number, str(int(number) + 1)), words.replace("“", "“So "), "Customers are happy."):
        assert faults_of(replace(made, sentences=((wrong, on),)), shop, index), wrong


def test_what_to_mend_first_comes_with_what_it_costs_in_stars(shop: Shop, mug: int, tmp_path: Path) -> None:
    rows = []
    for n in range(60):
        words, stars = ("The size is too small", 2) if n % 3 == 0 else ("Great quality, sturdy", 5)
        rows.append(f'mug,{stars},"{words}",A{n},2025-{n % 12 + 1:02}-03,m{n}')
    put(shop, tmp_path, rows)
    (made,) = [e for e in summarise(shop, Reader(None), STOP, products=[mug]) if isinstance(e, Summary)]
    (mend,) = [text for text, _on in made.sentences if text.startswith("Mend first")]
    assert "Size and fit. Reviews that criticise it give 2.0 stars on average, the others 5.0" in mend
    assert "instead of 4.0" in mend
    assert faults_of(made, shop, ReviewIndex(shop, Reader(None).version)) == []


def test_two_quotes_of_a_theme_never_say_the_same_words(shop: Shop, mug: int, tmp_path: Path) -> None:
    said = ["Great quality!", "great quality", "Great quality !!", "GREAT QUALITY, sturdy", "The quality is a joy"]
    put(shop, tmp_path, [f'mug,5,"{said[n % 5]}",A{n},2025-01-03,q{n}' for n in range(20)])
    (made,) = [e for e in summarise(shop, Reader(None), STOP, products=[mug]) if isinstance(e, Summary)]
    quality = next(t for t in made.themes if t.theme == "quality")
    letters = ["".join(c for c in q.text.casefold() if c.isalnum()) for q in quality.quotes]
    assert len(letters) == 2
    assert not any(a in b for a in letters for b in letters if a != b)
    assert len(set(letters)) == 2
