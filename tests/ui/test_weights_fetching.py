"""A person fetches better weights: asked for, stopped, gone on with, refused; the rest of the window works meanwhile."""

from __future__ import annotations

import random
import struct
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop_app import weights
from desktop_app.shop import Shop
from desktop_app.tasks import connections
from desktop_app.ui.weights_page import WeightsPage
from desktop_app.ui.widgets import Button
from desktop_app.weights import hub as hub_room
from tests.weights.hub_server import Hub, serving

NAME = "Qwen3 1.7B"
KEY = "ggml-org/Qwen3-1.7B-GGUF/Qwen3-1.7B-Q4_K_M.gguf"


@pytest.fixture
def hub(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Hub]:
    (tmp_path / "weights").mkdir()
    monkeypatch.setenv("ZHANGGUI_WEIGHTS", str(tmp_path / "weights"))
    key = b"general.architecture"
    head = b"GGUF" + struct.pack("<IQQQ", 3, 0, 1, len(key)) + key + struct.pack("<IQ", 8, 5) + b"qwen3"
    with serving({KEY: head + random.Random(1).randbytes(6_000_000)}) as found:
        yield found


@pytest.fixture
def page(qtbot: QtBot, hub: Hub, open_window: Callable[..., Any], tmp_path: Path) -> WeightsPage:
    path = tmp_path / "shop.zhanggui"
    Shop.create(path).close()
    connections.watch()
    window = open_window(path)
    window.desk.change_settings(replace(window.desk.settings, hub=hub.address))
    window.go("weights")
    made = window.page
    assert isinstance(made, WeightsPage)
    qtbot.waitUntil(lambda: bool(made.list.rows.entries))
    return made


def stand_at(page: WeightsPage, name: str) -> None:
    page.list.stand_at([entry.name for entry in page.list.rows.entries].index(name))


def press(qtbot: QtBot, page: WeightsPage, words: str) -> None:
    def there() -> list[Button]:
        return [b for b in page.findChildren(Button) if b.isVisible() and b.isEnabled() and words in b.text()]

    qtbot.waitUntil(lambda: bool(there()))
    qtbot.mouseClick(there()[0], Qt.MouseButton.LeftButton)


def test_nothing_is_asked_of_any_hub_before_the_button_is_pressed(qtbot: QtBot, page: WeightsPage, hub: Hub) -> None:
    for number in range(len(page.list.rows.entries)):
        page.list.stand_at(number)
    assert hub.asked == []
    assert page.desk.count_connections() == 0


def test_weights_are_fetched_and_listed_and_the_connections_are_counted(
    qtbot: QtBot, page: WeightsPage, hub: Hub
) -> None:
    stand_at(page, NAME)
    press(qtbot, page, "Get it")
    qtbot.waitUntil(lambda: page.current is not None and bool(page.current.path))
    assert page.current is not None
    assert Path(page.current.path).read_bytes() == hub.files[KEY]
    assert (page.current.name, page.current.licence, page.current.languages) == (NAME, "Apache-2.0", ("zh", "en"))
    assert page.choice is None
    qtbot.waitUntil(lambda: not page.desk.work.queue)
    assert page.desk.count_connections() > 0
    assert not [c for c in page.found.choices.choices if c.weights.name == NAME]  # type: ignore[union-attr]


def test_a_stop_keeps_the_part_and_the_button_goes_on_from_there(qtbot: QtBot, page: WeightsPage, hub: Hub) -> None:
    hub.hold = threading.Event()
    stand_at(page, NAME)
    press(qtbot, page, "Get it")
    offer = page.choice.offer
    qtbot.waitUntil(lambda: (part := weights.arrived(offer)) is not None and part.done > 2_000_000)
    press(qtbot, page, "Stop")
    hub.hold.set()
    hub.hold = None
    qtbot.waitUntil(lambda: not page.desk.work.queue)
    qtbot.waitUntil(lambda: page.choice is not None and page.choice.arrived is not None)
    asked = len(hub.asked)
    press(qtbot, page, "Go on fetching")
    qtbot.waitUntil(lambda: page.current is not None and bool(page.current.path))
    assert any("bytes=" in line and "bytes=0-" not in line for line in hub.asked[asked:])


def test_a_part_can_be_thrown_away(qtbot: QtBot, page: WeightsPage, hub: Hub) -> None:
    room = hub_room.parts()
    room.mkdir(exist_ok=True)
    (room / f"{'a' * 64}.part").write_bytes(b"x" * 1000)
    (room / f"{'a' * 64}.from").write_text(f"{KEY.rpartition('/')[0]}\n{KEY.rpartition('/')[2]}\n5000\n")
    page.look()
    stand_at(page, NAME)
    press(qtbot, page, "Throw the part away")
    qtbot.waitUntil(lambda: not list(room.iterdir()))


def test_what_the_hub_refuses_is_said_on_the_page(qtbot: QtBot, page: WeightsPage, hub: Hub) -> None:
    stand_at(page, "Qwen3 8B")
    press(qtbot, page, "Get it")
    qtbot.waitUntil(lambda: page.notices.notice is not None and "has no" in page.notices.notice.text)


def test_an_import_does_not_wait_for_a_download(qtbot: QtBot, page: WeightsPage, hub: Hub) -> None:
    hub.hold = threading.Event()
    stand_at(page, NAME)
    press(qtbot, page, "Get it")
    told: list[str] = []
    page.desk.work.start("beside", lambda shop, stop: "done", done=told.append)
    qtbot.waitUntil(lambda: told == ["done"])
    assert page.desk.work.queue
    page.desk.work.queue[0].job.cancel()
    hub.hold.set()
    qtbot.waitUntil(lambda: not page.desk.work.queue)
