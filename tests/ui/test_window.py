from __future__ import annotations

import json
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QLabel, QMenu, QWidget
from pytestqt.qtbot import QtBot

from desktop_app import settings as store
from desktop_app.records import Progress
from desktop_app.shop import Shop
from desktop_app.ui import places
from desktop_app.ui.strip import STAYS

Settle = Callable[[Any], None]


def test_the_window_stands_before_any_shop_is_read(open_window: Callable[..., Any]) -> None:
    window = open_window(None)
    assert window.isVisible()
    assert window.desk.shop is None
    assert window.here == "today"


def test_an_opened_shop_is_remembered_and_named_in_the_title(window: Any, shop_file: Path) -> None:
    assert "Oak & Linen" in window.windowTitle()
    assert store.load().recent[0] == str(shop_file)


def test_a_page_is_made_when_somebody_first_goes_there(window: Any) -> None:
    assert set(window.pages) == {"today"}
    window.go("products")
    assert set(window.pages) == {"today", "products"}


@pytest.mark.parametrize("place", [p.key for p in places.PLACES])
def test_every_page_opens_in_both_languages_at_the_smallest_size(
    open_window: Callable[..., Any], shop_file: Path, settle: Settle, place: str
) -> None:
    for language in ("en", "zh"):
        window = open_window(shop_file, language=language)
        window.resize(960, 640)
        window.go(place)
        settle(window)
        assert window.width() == 960, f"{place} in {language} pushes the window wider"
        assert window.height() == 640
        window.close()


class _Shown(QObject):
    """Notes every window that comes up."""

    def __init__(self) -> None:
        super().__init__()
        self.names: list[str] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
            self.names.append(type(watched).__name__)
        return False


def test_no_page_opens_a_window_of_its_own(window: Any, qapp: Any, settle: Settle) -> None:
    shown = _Shown()
    qapp.installEventFilter(shown)
    for place in places.PLACES:
        window.go(place.key)
        settle(window)
    window.go("products")
    window.page.panel.edit_product()
    window.page.panel.new_product()
    settle(window)
    qapp.removeEventFilter(shown)
    assert shown.names == []


def test_undo_stands_for_eight_seconds_after_a_change(window: Any, settle: Settle) -> None:
    window.go("writing")
    settle(window)
    window.page.approve()
    settle(window)
    assert window.strip.undo.isVisible()
    assert window.strip.message.text() == "Draft approved"
    assert STAYS == 8000
    window.strip.undo.click()
    settle(window)
    assert not window.strip.undo.isVisible()
    assert window.desk.counts.drafts_waiting == 4


def test_a_shop_open_in_another_window_is_refused_and_this_one_stays(
    window: Any, open_window: Callable[..., Any], tmp_path: Path, settle: Settle
) -> None:
    other_file = tmp_path / "other.zhanggui"
    Shop.create(other_file, name="Other").close()
    second = open_window(other_file)
    second.desk.open(window.desk.shop.path)
    settle(second)
    assert second.desk.shop.name == "Other"
    assert second.page.notices.notice is not None


def test_what_the_command_line_wrote_appears_by_itself(
    window: Any, qtbot: QtBot, settle: Settle, shop_file: Path
) -> None:
    settle(window)
    window.desk._look()
    settle(window)
    with Shop.open(shop_file) as elsewhere, elsewhere.act("Approve"):
        elsewhere.set_draft_status([d.id for d in elsewhere.drafts(status="new") if d.id], "rejected")
    with qtbot.waitSignal(window.desk.counted):
        window.desk._look()
    assert window.desk.counts.drafts_waiting == 0


def test_every_action_is_found_by_its_name_in_either_language(window: Any) -> None:
    find = window.desk.commands.find
    assert find("undo")[0].key == "edit.undo"
    assert find("撤销")[0].key == "edit.undo"
    assert find("sample shop")[0].key == "shop.sample"
    assert find("示例")[0].key == "shop.sample"
    assert {f"go.{p.key}" for p in places.PLACES if not p.hidden} <= {c.key for c in find("")}


def test_the_palette_is_used_without_the_mouse(window: Any, qtbot: QtBot) -> None:
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    window.open_palette()
    panel = window.palette_panel
    assert panel.isVisible()
    qtbot.keyClicks(panel.field, "writing")
    names = [c.name for c in panel.model.commands]
    qtbot.keyClick(panel.field, Qt.Key.Key_Down)
    qtbot.keyClick(panel.field, Qt.Key.Key_Up)
    for _n in range(names.index("Writing")):
        qtbot.keyClick(panel.field, Qt.Key.Key_Down)
    qtbot.keyClick(panel.field, Qt.Key.Key_Return)
    assert not panel.isVisible()
    assert window.here == "writing"


def test_the_palette_finds_what_other_pages_have_a_button_for(window: Any, qtbot: QtBot, settle: Settle) -> None:
    settle(window)
    for typed, place in (
        ("customers", "customers"), ("顾客", "customers"), ("stock", "buying"), ("import reviews", "reviews-import"),
        ("help", "settings"),
    ):  # fmt: skip
        window.open_palette()
        window.palette_panel.field.setText(typed)
        qtbot.keyClick(window.palette_panel.field, Qt.Key.Key_Return)
        settle(window)
        assert window.here == place, typed
    assert window.page.area.verticalScrollBar().value() > 0  # at the keys


def test_escape_closes_the_palette_and_gives_the_focus_back(window: Any, qtbot: QtBot, settle: Settle) -> None:
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    window.go("products")
    settle(window)
    window.page.seek()
    before = window.focusWidget()
    window.open_palette()
    qtbot.keyClick(window.palette_panel.field, Qt.Key.Key_Escape)
    assert window.focusWidget() is before


class Steps:
    """Long work that waits for the test at each step."""

    def __init__(self, count: int = 4) -> None:
        self.count, self.go_on, self.done = count, threading.Semaphore(0), 0

    def __call__(self, shop: Any, stop: threading.Event) -> Iterator[Progress]:
        for number in range(self.count):
            while not self.go_on.acquire(timeout=0.02):
                if stop.is_set():
                    return
            self.done = number + 1
            yield Progress(self.done, self.count, "step")


def test_long_work_shows_how_far_it_is_and_ends_by_itself(window: Any, qtbot: QtBot) -> None:
    steps = Steps(2)
    window.desk.work.start("Writing descriptions", steps)
    qtbot.waitUntil(lambda: window.strip.name.isVisible())
    assert window.strip.name.text() == "Writing descriptions"
    steps.go_on.release()
    qtbot.waitUntil(lambda: window.strip.far.text().startswith("1 of 2"))
    steps.go_on.release()
    qtbot.waitUntil(lambda: not window.strip.name.isVisible())


def test_long_work_can_be_paused_and_stopped(window: Any, qtbot: QtBot) -> None:
    steps = Steps()
    window.desk.work.start("Writing descriptions", steps)
    steps.go_on.release()
    qtbot.waitUntil(lambda: "1 of 4" in window.strip.far.text())
    window.strip.pause.click()
    assert "paused" in window.strip.far.text()
    assert window.strip.pause.text() == "Go on"
    window.strip.stop.setFocus()
    window.strip.stop.click()
    qtbot.waitUntil(lambda: window.desk.work.now is None)
    assert steps.done < 4
    # The button is gone; the keyboard is on the page, not on the menu at the other end of the window.
    qtbot.waitUntil(lambda: window.page.isAncestorOf(window.focusWidget()))


def test_two_lanes_run_side_by_side_and_the_strip_names_both(window: Any, qtbot: QtBot) -> None:
    texts, file = Steps(2), Steps(2)
    window.desk.work.start("Writing descriptions", texts, lane="writing")
    window.desk.work.start("Importing shop.csv", file)
    window.desk.work.start("Writing x.csv", Steps(1))
    file.go_on.release()
    qtbot.waitUntil(lambda: file.done == 1 and window.strip.far.text().startswith("1 of 2"))
    assert window.strip.name.text() == "Importing shop.csv"
    assert "also: Writing descriptions" in window.strip.far.text()
    assert "1 more waiting" in window.strip.far.text()
    window.strip.stop.click()
    qtbot.waitUntil(lambda: len(window.desk.work.queue) == 2)
    assert texts.done == 0
    assert not window.desk.work.queue[0].job.stop.is_set()  # Stop meant the import
    texts.go_on.release(2)
    qtbot.waitUntil(lambda: [u.name for u in window.desk.work.queue] == ["Writing x.csv"])


def test_a_copy_is_counted_in_megabytes() -> None:
    from desktop_app.ui.longwork import measured

    assert measured(373_000_000, 1_500_000_000) == "373 of 1,500 MB"
    assert measured(4_500_000_000, 12_000_000_000) == "4.5 of 12.0 GB"


def test_the_machine_is_kept_awake_while_long_work_runs(window: Any, qtbot: QtBot) -> None:
    steps = Steps(1)
    assert not window.awake.held
    window.desk.work.start("Writing descriptions", steps)
    qtbot.waitUntil(lambda: window.awake.held)
    window.desk.work.pause_or_resume()
    assert not window.awake.held
    window.desk.work.pause_or_resume()
    assert window.awake.held
    steps.go_on.release()
    qtbot.waitUntil(lambda: window.desk.work.now is None)
    assert not window.awake.held


def test_closing_the_window_stops_work_without_a_question_and_offers_it_next_time(
    open_window: Callable[..., Any], shop_file: Path, settle: Settle, qtbot: QtBot
) -> None:
    window = open_window(shop_file)
    steps = Steps()
    window.desk.work.start("Writing descriptions", steps, left=lambda: {"kind": "fetch", "products": [9, 10]})
    steps.go_on.release()
    qtbot.waitUntil(lambda: steps.done == 1)
    window.close()
    kept = store.load()
    assert json.loads(kept.unfinished)["jobs"] == [{"kind": "fetch", "products": [9, 10]}]

    from dataclasses import asdict

    again = open_window(shop_file, **{k: v for k, v in asdict(kept).items() if k not in ("recent",)})
    settle(again)
    resumed: list[Any] = []
    again.desk.resumers["fetch"] = resumed.append
    assert again.page.notices.notice is not None
    again.page.notices._press()
    assert resumed == [{"kind": "fetch", "products": [9, 10]}]
    assert store.load().unfinished == ""


def test_texts_cut_short_by_a_closed_window_are_offered_and_go_on_where_they_were(
    open_window: Callable[..., Any], shop_file: Path, settle: Settle, qtbot: QtBot
) -> None:
    from desktop_app.records import Saved, Wishes
    from desktop_app.tasks import jobs

    with Shop.open(shop_file) as shop:
        ids = shop.search(sort="title")
        job = jobs.start(shop, products=ids, wishes=Wishes(writer="plain"))
        events = jobs.run(shop, None, threading.Event(), job=job)
        next(e for e in events if isinstance(e, Saved))
        events.close()  # type: ignore[attr-defined]
    window = open_window(shop_file)
    settle(window)
    assert window.page.notices.notice.text == f"{len(ids) - 1} texts are still to be written."
    window.page.notices._press()
    qtbot.waitUntil(lambda: window.desk.work.now is not None)
    qtbot.waitUntil(lambda: window.desk.work.now is None)
    settle(window)
    window.close()
    with Shop.open(shop_file) as shop:
        assert shop.job(job).state == "done"
        assert sorted(d.product for d in shop.drafts() if d.source == "plain") == sorted(ids)


def test_the_sample_shop_is_made_once_however_often_it_is_asked_for(
    window: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ZHANGGUI_DATA", str(tmp_path / "data"))
    asked: list[Any] = []
    monkeypatch.setattr(window.desk, "open", lambda path, **how: asked.append(how))
    window.desk.commands.run("shop.sample")
    window.desk.commands.run("shop.sample")
    assert len(asked) == 1
    asked[0]["event"](Progress(1, 4))
    assert "25 %" in window.strip.message.text()
    asked[0]["failed"]()
    window.desk.commands.run("shop.sample")
    assert len(asked) == 2
    asked[1]["then"]()
    assert window.strip.message.text() == "Done."


def test_the_shop_that_is_open_is_among_the_recent_ones_of_the_first_session(window: Any, shop_file: Path) -> None:
    menu = next(m for m in window.findChildren(QMenu) if m.title() == "Shop")
    menu.aboutToShow.emit()  # as when it is opened
    recent = next(m for m in menu.findChildren(QMenu) if m.title() == "Recent shops")
    assert recent.isEnabled()
    assert shop_file.stem.replace("&", "&&") in [action.text() for action in recent.actions()]


def test_the_language_changes_at_once(window: Any, qtbot: QtBot, settle: Settle) -> None:
    window.go("products")
    window.desk.commands.run("view.zh")
    qtbot.waitUntil(lambda: window.pages and window.page.title.text() == "商品")
    settle(window)
    assert "今日" in [b.words for b in window.navigation.buttons.values()]
    window.desk.commands.run("view.en")
    qtbot.waitUntil(lambda: window.pages and window.page.title.text() == "Products")


def test_the_colours_change_at_once_and_everything_stays_where_it_was(window: Any, settle: Settle) -> None:
    from desktop_app.ui.theme import theme

    window.go("products")
    settle(window)
    page = window.page
    window.desk.commands.run("view.dark")
    assert theme.dark
    assert window.page is page
    window.desk.commands.run("view.light")


def test_the_navigation_gives_way_in_a_small_window(window: Any) -> None:
    window.resize(1280, 800)
    assert window.navigation.width() == 200
    window.resize(960, 640)
    assert window.navigation.width() == 56
    assert window.navigation.buttons["products"].toolTip() == "Products"


def test_another_shop_brings_other_products(window: Any, tmp_path: Path, settle: Settle, qtbot: QtBot) -> None:
    other = tmp_path / "empty.zhanggui"
    Shop.create(other, name="Empty").close()
    window.go("products")
    settle(window)
    with qtbot.waitSignal(window.desk.opened):
        window.desk.open(other)
    settle(window)
    assert window.desk.counts.products == 0
    assert "No products yet" in [label.text() for label in window.page.findChildren(QLabel)]


def test_return_presses_a_button_as_the_space_bar_does(window: Any, settle: Settle, qtbot: QtBot) -> None:
    settle(window)
    qtbot.keyClick(window.navigation.buttons["products"], Qt.Key.Key_Return)
    assert window.here == "products"
    settle(window)
    page = window.page
    qtbot.keyClick(page.filters["missing"], Qt.Key.Key_Enter)
    settle(window)
    assert page.filter == "missing"
    qtbot.keyClick(page.filters["draft"], Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert page.filter == "missing"  # Ctrl+Return is the page's own


@pytest.mark.parametrize(("place", "marked"), [("import", ["products"]), ("export", ["products"]), ("welcome", [])])
def test_a_page_without_a_place_of_its_own_marks_where_it_belongs(
    window: Any, settle: Settle, place: str, marked: list[str]
) -> None:
    window.go("writing")
    window.go(place)
    settle(window)
    assert [key for key, button in window.navigation.buttons.items() if button.isChecked()] == marked
    assert window.navigation.isVisible() == (place != "welcome")
    window.go("today")
    assert window.navigation.isVisible()
    assert [key for key, button in window.navigation.buttons.items() if button.isChecked()] == ["today"]


def test_icons_that_stand_by_themselves_follow_the_colours(window: Any, settle: Settle) -> None:
    from desktop_app.ui.theme import theme
    from desktop_app.ui.widgets import Sign

    settle(window)
    window.desk.oops("Something happened.")
    signs = [sign for sign in window.page.findChildren(Sign) if sign.isVisible()]
    assert signs
    window.desk.commands.run("view.dark")
    for sign in signs:
        picture = sign.pixmap().toImage()
        inks = {
            picture.pixelColor(x, y).name()
            for x in range(picture.width())
            for y in range(picture.height())
            if picture.pixelColor(x, y).alpha() == 255
        }
        assert theme.colour(sign._role).name() in inks
    window.desk.commands.run("view.light")


def test_what_can_be_done_to_the_shop_is_found_before_its_page_was_seen(window: Any, qtbot: QtBot) -> None:
    assert set(window.pages) == {"today"}
    assert window.desk.commands.find("write for all")[0].key == "work.missing"
    assert window.desk.commands.find("添加商品")[0].key == "shop.add"
    window.open_palette()
    window.palette_panel.field.setText("no such action")
    assert window.palette_panel.nothing.isVisible()
    assert not window.palette_panel.list.isVisible()


def test_the_first_window_waits_for_nothing_heavy() -> None:
    """What takes long to import is imported by the page that needs it."""
    program = (
        "import sys; import desktop_app.__main__, desktop_app.ui.window, desktop_app.ui.today; "
        "print([m for m in ('desktop_app.cli', 'desktop_app.records', 'numpy', 'sqlite_utils', 'llama_cpp', 'httpx2', 'huggingface_hub', 'desktop_app.shop', "
        "'desktop_app.language.check') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_the_day_s_backup_is_made_while_the_window_is_open(qtbot: QtBot, window: Any, shop_file: Path) -> None:
    from desktop_app.shop import backups

    qtbot.waitUntil(lambda: len(backups.all_of(shop_file)) == 1)
