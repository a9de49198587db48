"""The Reviews page, on a real window over a real shop file."""

from __future__ import annotations

import threading
import unicodedata
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QPushButton
from pytestqt.qtbot import QtBot

from desktop_app.review_records import Review
from desktop_app.shop import Shop
from desktop_app.tasks import import_reviews, reading
from desktop_app.tasks.review_desk import UNLINKED
from desktop_app.tasks.understanding import Reader
from desktop_app.ui.reviews.texts import at_a_glance
from desktop_app.ui.reviews.themes import BARS, INSET, parts_of

Settle = Callable[[Any], None]
SAID = [
    ("The size is too small", 2), ("Great quality, very sturdy", 5), ("Fast delivery", 5), ("The smell is terrible", 1),
    ("此用户没有填写评价。", 5), ("Poor quality, broke soon", 1),
]  # fmt: skip


@pytest.fixture(autouse=True)
def by_words(monkeypatch: pytest.MonkeyPatch) -> None:
    """Read by words alone: what is tried here is the page, not the weights."""
    monkeypatch.setattr(reading.weights, "starter", lambda kind: None)


def rows(count: int, title: str = "Oak tray") -> str:
    lines = ["product_title,rating,body,author,review_date,review_id"]
    for n in range(count):
        text, stars = SAID[n % len(SAID)]
        lines.append(f'{title},{stars},"{text}",Person {n},2026-{n % 5 + 1:02}-03,r{n}')
    return "\n".join(lines) + "\n"


@pytest.fixture
def filled(shop_file: Path, tmp_path: Path) -> Path:
    """Thirty reviews of the tray, read; two that may be of it, one of nothing here."""
    file = tmp_path / "reviews.csv"
    more = 'Oak trays,4,"Nice tray, a bit heavy",Anna,2026-06-01,d1\nGarden shed,1,"Poor paint",Bob,2026-06-02,d2\n'
    file.write_text(rows(30) + more, "utf-8")
    with Shop.open(shop_file) as shop:
        list(import_reviews.import_reviews(shop, threading.Event(), reading=import_reviews.look(shop, file)))
        list(reading.read_all(shop, Reader(None), threading.Event()))
    return shop_file


@pytest.fixture
def page(open_window: Any, filled: Path, settle: Settle) -> Any:
    window = open_window(filled)
    window.go("reviews")
    settle(window)
    return window.page


def stand_on(page: Any, title: str, settle: Settle) -> None:
    at = next(n for n, row in enumerate(page.model.rows) if row.title == title)
    page.list.setCurrentIndex(page.model.index(at))
    settle(page.window())


def theme(page: Any, key: str) -> Any:
    return next((t for t in page.panel.themes.themes.themes if t.theme == key), None)


def cell(page: Any, key: str, column: int) -> str:
    model = page.panel.themes.themes
    place = [t.theme for t in model.themes].index(key)
    return str(model.index(place, column).data())


def test_products_stand_with_their_reviews_and_stars(page: Any) -> None:
    rows_ = {row.product if row.product in (None, UNLINKED) else row.title: row.count for row in page.model.rows}
    assert rows_ == {None: 32, UNLINKED: 2, "Oak tray": 30}
    assert page.model.index(2, 0).data() == "Oak tray, 30 reviews, 3.2 stars"


def test_a_product_shows_its_themes_counted_with_the_uncertainty(page: Any, settle: Settle) -> None:
    stand_on(page, "Oak tray", settle)
    assert cell(page, "size", 1) == "5"
    assert (cell(page, "quality", 2), cell(page, "quality", 4)) == ("5", "5")
    assert cell(page, "quality", 5).startswith("50% (")
    assert "Default praise 5" in page.panel.figures.text()


def test_a_bar_shows_the_reviews_behind_it_and_a_second_press_all_of_them(page: Any, settle: Settle) -> None:
    stand_on(page, "Oak tray", settle)
    page.panel.themes.picked.emit("size", "")
    settle(page.window())
    assert page.panel.which.text().startswith("Size and fit · 5 reviews, newest first")
    assert "Great quality" not in page.panel.texts.toPlainText()
    page.panel.filters.theme.click()
    settle(page.window())
    assert page.panel.which.text().startswith("25 reviews, newest first")


def test_the_red_part_of_a_bar_shows_the_criticism_and_the_reviews_come_into_sight(page: Any, settle: Settle) -> None:
    stand_on(page, "Oak tray", settle)
    table, panel = page.panel.themes, page.panel
    at = next(n for n, one in enumerate(table.themes.themes) if one.theme == "quality")
    bar = table.visualRect(table.themes.index(at, BARS)).adjusted(*INSET)
    parts = {side: QPoint(int(left + wide / 2), bar.center().y())
             for side, left, wide in parts_of(bar, table.themes.themes[at], table.themes.most)}  # fmt: skip
    assert set(parts) == {"positive", "negative"}
    QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=parts["negative"])
    settle(page.window())
    assert panel.which.text().startswith("Quality (Only criticised) · 5 reviews, newest first")
    assert panel.filters.side.isVisible()
    assert "Great quality" not in panel.texts.toPlainText()
    assert panel.texts.visibleRegion().boundingRect().height() > 100
    panel.filters.side.setCurrentIndex(panel.filters.side.findData("praise"))
    panel.filters.side.activated.emit(0)
    settle(page.window())
    assert panel.texts.toPlainText().count("Great quality") == 5
    panel.again.click()
    settle(page.window())
    assert panel.which.text().startswith("25 reviews, newest first")
    assert not panel.filters.side.isVisible()


def test_every_filter_lets_through_what_it_says(page: Any, settle: Settle) -> None:
    stand_on(page, "Oak tray", settle)
    filters = page.panel.filters
    filters.ask_stars((1,))
    filters.changed.emit()
    settle(page.window())
    assert page.panel.which.text().startswith("10 reviews, newest first")
    filters.clear()
    filters.mark.setCurrentIndex(filters.mark.findData("default"))
    filters.mark.activated.emit(1)
    settle(page.window())
    assert page.panel.which.text().startswith("5 reviews, newest first")
    assert "此用户没有填写评价" in page.panel.texts.toPlainText()


def test_reviews_whose_stars_and_words_disagree_say_so_and_can_be_picked(
    open_window: Any, filled: Path, tmp_path: Path, settle: Settle
) -> None:
    file = tmp_path / "odd.csv"
    odd = 'Oak tray,1,"Great quality, sturdy, love it",Zoe,2026-06-03,o1\n'
    file.write_text("product_title,rating,body,author,review_date,review_id\n" + odd, "utf-8")
    with Shop.open(filled) as shop:
        list(import_reviews.import_reviews(shop, threading.Event(), reading=import_reviews.look(shop, file)))
        list(reading.read_all(shop, Reader(None), threading.Event()))
    window = open_window(filled)
    window.go("reviews")
    settle(window)
    stand_on(window.page, "Oak tray", settle)
    mark = window.page.panel.filters.mark
    mark.setCurrentIndex(mark.findData("clash"))
    mark.activated.emit(mark.currentIndex())
    settle(window)
    assert window.page.panel.which.text().startswith("1 review")
    shown = window.page.panel.texts.toPlainText()
    assert "Stars and words disagree" in shown
    assert "love it" in shown


def test_the_search_looks_into_the_words(page: Any, qtbot: QtBot, settle: Settle) -> None:
    stand_on(page, "Oak tray", settle)
    qtbot.keyClicks(page.search, "BROKE soon")
    qtbot.waitUntil(lambda: page.panel.which.text().startswith("5 reviews, newest first"))


def test_a_quote_opens_its_review(page: Any, settle: Settle) -> None:
    stand_on(page, "Oak tray", settle)
    summary = page.panel.summary.summary
    assert summary is not None
    said = page.panel.summary.toPlainText()
    quote = next(q for t in summary.themes for q in t.quotes if f"“{q.text}”" in said)
    page.panel.summary.opened.emit(quote.review, "quality")
    settle(page.window())
    assert any(review.id == quote.review for review, _read in page.panel.seen.shown)


def test_themes_are_renamed_merged_made_and_hidden_and_taken_back(page: Any, settle: Settle) -> None:
    stand_on(page, "Oak tray", settle)
    first = theme(page, "size")
    page.panel.editor.begin("rename", first)
    page.panel.editor.name.setText("How big it is")
    page.panel.editor.save.click()
    settle(page.window())
    assert theme(page, "size").name == "How big it is"
    page.panel.editor.begin("merge", first, page.panel.themes.themes.themes)
    page.panel.editor.into.setCurrentIndex(page.panel.editor.into.findData("quality"))
    page.panel.editor.save.click()
    settle(page.window())
    assert theme(page, "size") is None
    assert theme(page, "quality").count == 15
    page.desk.undo()
    settle(page.window())
    assert theme(page, "size").count == 5
    page.panel.editor.begin("split", None)
    page.panel.editor.name.setText("Breaks")
    page.panel.editor.words.setText("broke, cracked")
    page.panel.editor.save.click()
    settle(page.window())
    assert [t.count for t in page.panel.themes.themes.themes if t.name == "Breaks"] == [5]
    page.panel.theme_changed.emit("hide", "smell", None)
    settle(page.window())
    assert theme(page, "smell") is None
    page.panel.theme_changed.emit("forget", "smell", None)
    settle(page.window())
    assert theme(page, "smell").count == 5


def test_a_doubtful_review_is_asked_about_and_counts_then(page: Any, settle: Settle) -> None:
    notice = page.notices.notice
    assert notice is not None
    assert "one of several products" in notice.text
    page.list.setCurrentIndex(page.model.index(1))
    settle(page.window())
    assert "It is about “Oak tray”" in page.panel.texts.toPlainText()
    review, (choice, *_others) = next(iter(page.panel.seen.choices.items()))
    page.panel.asked.emit("link", review, choice[0])
    settle(page.window())
    assert {row.title: row.count for row in page.model.rows}["Oak tray"] == 31
    page.desk.undo()
    settle(page.window())
    assert {row.title: row.count for row in page.model.rows}["Oak tray"] == 30


def test_few_reviews_are_not_enough_to_say(open_window: Any, shop_file: Path, tmp_path: Path, settle: Settle) -> None:
    file = tmp_path / "few.csv"
    file.write_text(rows(3), "utf-8")
    with Shop.open(shop_file) as shop:
        list(import_reviews.import_reviews(shop, threading.Event(), reading=import_reviews.look(shop, file)))
        list(reading.read_all(shop, Reader(None), threading.Event()))
    window = open_window(shop_file)
    window.go("reviews")
    settle(window)
    stand_on(window.page, "Oak tray", settle)
    assert "not enough" in window.page.panel.little.text()
    assert not window.page.panel.themes.themes.themes
    assert "Size and fit (1)" in window.page.panel.singles.text()


def test_without_reviews_the_page_says_how_to_import_and_that_none_is_made_up(
    open_window: Any, shop_file: Path, settle: Settle
) -> None:
    window = open_window(shop_file)
    window.go("reviews")
    settle(window)
    assert not window.page.is_full
    assert "never makes up a review" in window.page.stack.currentWidget().text.text()


def test_a_table_is_looked_at_its_columns_told_and_then_imported_and_read(
    open_window: Any, shop_file: Path, tmp_path: Path, settle: Settle, qtbot: QtBot
) -> None:
    file = tmp_path / "odd.csv"
    file.write_text("Goods,Marks,Blah\nOak tray,4,Great quality\nOak tray,2,The size is too small\n", "utf-8")
    window = open_window(shop_file)
    window.go("reviews-import", file=file)
    settle(window)
    page = window.page
    for column, field in (("Goods", "product"), ("Marks", "stars"), ("Blah", "text")):
        page.columns[column].setCurrentIndex(page.columns[column].findData(field))
        page.columns[column].activated.emit(0)
        settle(window)
    assert page.ahead.first[1].text == "The size is too small"
    page.keep.click()
    qtbot.waitUntil(lambda: window.desk.work.now is None and not window.desk.busy)
    settle(window)
    with Shop.open(shop_file) as shop:
        assert [r.stars for r in shop.reviews(shop.review_ids())] == [4, 2]
        assert shop.count_unread(Reader(None).version)[0] == 0


def test_pasted_reviews_are_kept_and_can_be_undone(
    open_window: Any, shop_file: Path, settle: Settle, qtbot: QtBot
) -> None:
    window = open_window(shop_file)
    window.go("reviews-import")
    settle(window)
    page = window.page
    page.about.setCurrentIndex(page.about.findText("Oak tray"))
    page.pasted.setPlainText("5 stars Lovely tray\n\n2/5 Too heavy for me")
    qtbot.mouseClick(page.keep_pasted, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: window.desk.work.now is None and not window.desk.busy)
    with Shop.open(shop_file) as shop:
        assert [r.stars for r in shop.reviews(shop.review_ids())] == [5, 2]
    window.desk.undo()
    settle(window)
    with Shop.open(shop_file) as shop:
        assert shop.review_ids() == []


@pytest.mark.parametrize("name", ["themes.csv", "themes.xlsx"])
def test_the_counted_themes_are_saved_as_a_table(
    page: Any, name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, settle: Settle
) -> None:
    target = tmp_path / name
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_a: (str(target), ""))
    page.save_themes()
    settle(page.window())
    if name.endswith("csv"):
        assert "Oak tray,Size and fit,5,0,0,5,0,1.000" in target.read_text("utf-8-sig")
    else:
        from python_calamine import CalamineWorkbook

        table = CalamineWorkbook.from_path(str(target)).get_sheet_by_index(0).to_python()
        assert ["Oak tray", "Size and fit", 5.0] in [row[:3] for row in table]


def test_answers_and_the_text_for_the_page_wait_in_the_queue_beside_the_review(page: Any, settle: Settle) -> None:
    stand_on(page, "Oak tray", settle)
    page.panel.filters.ask_stars((1,))
    page.panel.filters.changed.emit()
    settle(page.window())
    page.write_replies()
    settle(page.window())
    page.panel.filters.clear()
    page.write_page()
    settle(page.window())
    window = page.window()
    window.go("writing")
    settle(window)
    items = window.page.model.items
    replies = [n for n, item in enumerate(items) if item.draft.field.startswith("reply:")]
    assert len(replies) == 10
    assert any(item.draft.field == "reviews" for item in items)
    window.page._stand_on(replies[0])
    settle(window)
    assert window.page.card.kind.text() == "Answer to a review · English"
    beside = window.page.card.now.text()
    assert "★☆☆☆☆ · Person" in beside
    assert any(words in beside for words in ("The smell is terrible", "Poor quality, broke soon"))
    assert window.page.again_button.isHidden()
    window.page.approve()
    settle(window)
    with Shop.open(window.desk.shop.path) as shop:
        assert len(shop.approved()) == 2  # the reply, and the description that was there
        assert shop.counts().approved_not_exported == 1


def test_what_reviews_say_against_the_description_stands_with_both_quotes(
    open_window: Any, filled: Path, settle: Settle
) -> None:
    with Shop.open(filled) as shop:
        tray = next(row for row in shop.rows(list(shop.search())) if row.title == "Oak tray")
        product = shop.product(tray.id)
        with shop.act("Describe"):
            shop.replace(replace(product, description="<p>A durable tray.</p>"))
    window = open_window(filled)
    window.go("reviews")
    settle(window)
    stand_on(window.page, "Oak tray", settle)
    said = window.page.panel.otherwise.toPlainText()
    assert "“A durable tray.”" in said
    assert "5 reviews of 25 say otherwise" in said
    assert "“Poor quality, broke soon”" in said
    window.page.panel.otherwise.opened.emit(window.page.panel.seen.against[0].quotes[0].review, "")
    settle(window)
    assert window.page.panel.seen.pinned == window.page.panel.seen.against[0].quotes[0].review


def own_words(page: Any, settle: Settle, answer: Any) -> None:
    """Ask for the summary in the weights' own words, as a scripted engine would have them."""
    from desktop_app.engine import ScriptedEngine

    desk = page.desk
    desk._engines = lambda settings: ScriptedEngine(answer)
    desk.drop_engine()
    stand_on(page, "Oak tray", settle)
    page.panel.own.click()
    settle(page.window())


def test_the_summary_is_said_in_own_words_and_which_sentences_is_shown(page: Any, settle: Settle) -> None:
    own_words(
        page,
        settle,
        lambda request: " praise the delivery." if "delivery" in request.messages[-1].text else " like the moon.",
    )
    text = page.panel.summary.toPlainText()
    assert "praise the delivery (praised in 5 of the 5 that speak of it): “Fast delivery”. ✎" in text
    assert "moon" not in text
    assert not page.panel.which_words.isHidden()
    page.panel.plain.click()
    settle(page.window())
    assert "✎" not in page.panel.summary.toPlainText()
    page.desk.undo()
    settle(page.window())
    assert "✎" in page.panel.summary.toPlainText()


def test_weights_that_cannot_write_say_so_and_the_plain_text_stays(
    page: Any, settle: Settle, monkeypatch: pytest.MonkeyPatch
) -> None:
    from desktop_app import weights

    monkeypatch.setattr(weights, "can_write", lambda about, language: False)
    own_words(page, settle, " praise the quality.")
    assert "✎" not in page.panel.summary.toPlainText()
    assert page.notices.notice is not None
    assert "cannot write" in page.notices.notice.text


def printed(path: Path) -> str:
    """Return the words of a PDF that has one page."""
    from pypdf import PdfReader

    (only,) = PdfReader(path).pages
    return " ".join(unicodedata.normalize("NFKC", only.extract_text()).split())


def test_what_is_looked_at_is_printed_on_one_page(
    page: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, settle: Settle
) -> None:
    target = tmp_path / "tray.pdf"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_a: (str(target), ""))
    stand_on(page, "Oak tray", settle)
    page.save_paper()
    settle(page.window())
    said = printed(target)
    for part in (
        "Oak tray",
        "What customers say",
        "Jan 3, 2026 – May 3, 2026",
        "25",
        "Size and fit",
        "100% (57%–100%)",
    ):
        assert part in said
    assert "“The size is too small”" in said
    assert "Mend first" in said
    page.panel.filters.ask_stars((1,))
    page.panel.filters.changed.emit()
    settle(page.window())
    page.save_paper()
    settle(page.window())
    few = printed(target)
    assert "★ 1" in few
    assert "Mend first" not in few  # a text about all reviews has no place beside figures of some
    assert "“The size is too small”" not in few


def test_fifty_themes_and_long_words_stay_on_one_page(tmp_path: Path) -> None:
    from desktop_app.review_records import Quote, Review, Summary, ThemeCount
    from desktop_app.tasks.review_desk import Look, Reviewed
    from desktop_app.tasks.review_index import Filter
    from desktop_app.ui.reviews import paper

    themes = tuple(ThemeCount(f"own:{n}", f"A theme with a very long name {n}", 50, 20, 20, 5, 5) for n in range(50))
    look = Look(Filter(1), tuple(range(9000)), 9000, 3.4, (1, 2, 3, 4, 8990), themes, (), (), (), (), (), 0)
    long = " ".join(["Every word of this is needed."] * 30)
    quotes = tuple((t, Quote(n, long, 0, len(long)), Review(long, stars=1.0)) for n, t in enumerate(themes))
    summary = Summary(1, 9000, 3.4, themes, "", True, sentences=((long, ()),) * 40)
    paper.write(paper.Sheet(Reviewed(1, long, 9000), look, summary, quotes, "", "", "Shop"), tmp_path / "a.pdf")
    assert "and 40 themes more" in printed(tmp_path / "a.pdf")


def test_every_review_is_saved_with_what_was_read_in_it(
    page: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, settle: Settle
) -> None:
    target = tmp_path / "reviews.csv"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_a: (str(target), ""))
    page.save_reviews()
    settle(page.window())
    lines = target.read_text("utf-8-sig").splitlines()
    assert len(lines) == 33
    assert any(
        line.startswith("Oak tray,2,2026-01-03,Person 0,") and ",criticism,,Size and fit,yes,r0" in line
        for line in lines
    )


def test_fresh_bad_reviews_stand_on_today_and_one_click_shows_them(
    open_window: Any, shop_file: Path, tmp_path: Path, settle: Settle
) -> None:
    from datetime import UTC, datetime, timedelta

    def day(back: int) -> str:
        return (datetime.now(UTC) - timedelta(days=back)).date().isoformat()

    file = tmp_path / "fresh.csv"
    lines = ["product_title,rating,body,author,review_date,review_id"]
    for n, (stars, back) in enumerate(((1, 2), (2, 9), (5, 1), (1, 200), (3, 4))):
        lines.append(f"Oak tray,{stars},So it is number {n},Person {n},{day(back)},f{n}")
    file.write_text("\n".join(lines), "utf-8")
    with Shop.open(shop_file) as shop:
        list(import_reviews.import_reviews(shop, threading.Event(), reading=import_reviews.look(shop, file)))
        list(reading.read_all(shop, Reader(None), threading.Event()))
        assert shop.bad_reviews(day(30)) == (2, 0)
    window = open_window(shop_file)
    settle(window)
    line = next(b for b in window.page.findChildren(QPushButton) if "bad reviews without" in b.accessibleName())
    assert line.accessibleName() == "Look: 2 bad reviews without an answer"
    line.click()
    settle(window)
    assert window.here == "reviews"
    assert window.page.panel.which.text().startswith("2 reviews, newest first")
    window.page.write_replies()
    settle(window)
    window.go("today")
    settle(window)
    assert not any("bad review" in b.accessibleName() for b in window.page.findChildren(QPushButton) if b.isVisible())


def test_bad_reviews_without_stars_are_those_read_as_blame(open_window: Any, shop_file: Path, settle: Settle) -> None:
    with Shop.open(shop_file) as shop:
        product = next(iter(shop.search(sort="title")))
        import_reviews.paste(shop, "The smell is terrible, awful\n\nGreat quality, very sturdy", product)
        list(reading.read_all(shop, Reader(None), threading.Event()))
        with shop.act("Date"):
            for review in shop.reviews(shop.review_ids(product)):
                shop.replace_review(replace(review, written="2999-01-01"), 0)
        assert shop.bad_reviews("2026-01-01") == (0, 1)
    window = open_window(shop_file)
    window.go("reviews", polarity="negative", days=30)
    settle(window)
    assert "terrible" in window.page.panel.texts.toPlainText()
    assert "sturdy" not in window.page.panel.texts.toPlainText()
    window.page.panel.filters.theme.click()
    settle(window)
    assert "sturdy" in window.page.panel.texts.toPlainText()


def test_of_long_reviews_fewer_are_shown_at_once() -> None:
    def shown(length: int, letter: str) -> int:
        return len(at_a_glance([(Review(letter * length), None)] * 20, 1))

    assert shown(100, "a") == 20
    assert 5 < shown(500, "a") < 20
    assert shown(500, "好") == 5  # wider letters
    assert shown(9000, "a") == 5


def test_themes_are_looked_for_among_what_fits_none(page: Any, settle: Settle, monkeypatch: pytest.MonkeyPatch) -> None:
    from desktop_app.review_records import Theme
    from desktop_app.tasks import review_found

    def found(shop: Shop, *_rest: Any) -> Any:
        with shop.act("Find {n} themes in the reviews", n=1) as action:
            shop.set_theme(Theme("found:1", "Trays", words=("tray",)))
        yield review_found.ThemesFound(((Theme("found:1", "Trays", words=("tray",)), 3),), 20, action.id)

    monkeypatch.setattr(review_found, "find_themes", found)
    said: list[str] = []
    page.desk.said.connect(lambda text, _undo: said.append(text))
    page.panel.seek.click()
    settle(page.window())
    assert said == ["Found in 20 remarks: Trays"]
    with Shop.open(page.desk.shop.path, read_only=True) as shop:
        assert [theme.name for theme in shop.themes()] == ["Trays"]
    page.desk.undo()
    settle(page.window())


def test_without_weights_for_meaning_the_look_for_themes_says_so(page: Any, settle: Settle) -> None:
    page.panel.seek.click()
    settle(page.window())
    assert page.notices.notice is not None
    assert "no weights for meaning" in page.notices.notice.text


def test_what_the_page_does_is_reached_by_name_in_either_language(page: Any, settle: Settle) -> None:
    stand_on(page, "Oak tray", settle)
    found = [c.key for c in page.desk.commands if c.matches("pdf") and c.can()]
    assert "reviews.paper" in found
    assert any(c.key == "reviews.themes" for c in page.desk.commands if c.matches("寻找 主题"))


def test_a_quote_that_begins_as_another_opens_its_own_review(qtbot: QtBot) -> None:
    from desktop_app.review_records import Quote, Summary, ThemeCount
    from desktop_app.ui.reviews.summary import SummaryView

    quotes = (Quote(1, "Great quality!!", 0, 15), Quote(2, "Great quality", 0, 13))
    theme_ = ThemeCount("quality", "Quality", 3, 3, 0, quotes=quotes)
    said = (("Quality: praised in 3 of 3: “Great quality!!”, “Great quality”.", ("quality",)),)
    view = SummaryView()
    qtbot.addWidget(view)
    view.show_summary(Summary(1, 3, 5.0, (theme_,), "", True, sentences=said))
    assert [f'href="{n}/quality"' in view.toHtml() for n in (1, 2)] == [True, True]
    assert view.toPlainText() == said[0][0]


def test_where_the_chosen_weights_are_gone_the_page_text_is_built_from_the_table(page: Any, settle: Settle) -> None:
    from desktop_app.errors import UserError

    def gone(settings: Any) -> Any:
        raise UserError("The weights file {name} is no longer where it was.", name="w.gguf")

    page.desk._engines = gone
    page.desk.drop_engine()
    stand_on(page, "Oak tray", settle)
    page.panel.write.click()
    settle(page.window())
    assert page.notices.notice is not None
    assert "w.gguf" in page.notices.notice.text
    with Shop.open(page.desk.shop.path, read_only=True) as shop:
        assert [d.source for d in shop.drafts(status="new") if d.field == "reviews"] == ["plain"]


def test_the_samples_reviews_are_read_by_themselves_and_one_is_called_advertising(
    open_window: Any, shop_file: Path, settle: Settle
) -> None:
    with Shop.open(shop_file) as shop:
        own = [Review(text, stars=float(stars), key=f"sample-{n}") for n, (text, stars) in enumerate(SAID)]
        import_reviews.keep_sample(shop, own)
    window = open_window(shop_file)
    window.go("reviews")
    settle(window)
    page = window.page
    assert page.notices.notice is None

    def marks() -> tuple[str, ...]:
        with Shop.open(shop_file) as shop:
            assert shop.count_unread(page.columns.version)[0] == 0
            return shop.review(1).marks

    assert marks() == ()
    page._asked("aside", 1, 0)
    settle(window)
    assert marks() == ("spam", "settled")
    window.desk.undo()
    settle(window)
    assert marks() == ()
