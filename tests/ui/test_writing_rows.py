"""A person settles who writes: this computer, measured and sparing its battery, or a server of their own."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from desktop_app import settings as store
from desktop_app.engine import server_key
from desktop_app.tasks import calibrate, machine, server, tuned
from desktop_app.ui.settings_page import SettingsPage
from tests.engine import tiny_weights
from tests.engine.loopback import Answer, Loopback, loopback


@pytest.fixture
def page(qtbot: QtBot, window: Any, monkeypatch: pytest.MonkeyPatch) -> SettingsPage:
    return settings_of(qtbot, window, monkeypatch)


def settings_of(qtbot: QtBot, window: Any, monkeypatch: pytest.MonkeyPatch) -> SettingsPage:
    monkeypatch.setattr(server_key, "has_keyring", lambda: False)  # never the keyring of whoever runs the tests
    window.go("settings")
    made = window.page
    assert isinstance(made, SettingsPage)
    qtbot.waitUntil(lambda: made._kept is not None)
    return made


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """Weights that are loaded and write in no time."""
    return tiny_weights.make(tmp_path / "small.gguf", "llama")


@pytest.fixture
def by_small(
    qtbot: QtBot, open_window: Callable[..., Any], shop_file: Path, small: Path, monkeypatch: pytest.MonkeyPatch
) -> SettingsPage:
    """The page where small weights are chosen."""
    return settings_of(qtbot, open_window(shop_file, weights=str(small)), monkeypatch)


@pytest.fixture
def there() -> Iterator[Loopback]:
    """A server with two models that wants a key."""

    def answer(path: str, body: dict[str, Any]) -> Answer:
        if there.asked[-1][2].get("Authorization") != "Bearer sesame":
            return Answer(status=401, body={"error": {"message": "no key"}})
        return Answer(body={"data": [{"id": "qwen-7b"}, {"id": "gemma-4b"}]})

    with loopback(answer) as there:
        yield there


def press(qtbot: QtBot, button: Any) -> None:
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def typed(qtbot: QtBot, field: Any, text: str) -> None:
    field.setFocus()
    field.selectAll()
    qtbot.keyClicks(field, text)
    qtbot.keyClick(field, Qt.Key.Key_Return)


def test_a_server_is_tried_with_its_key_and_switched_on_and_said_to_be_on_this_computer(
    qtbot: QtBot, page: SettingsPage, there: Loopback
) -> None:
    rows = page.server
    assert not rows.on.isEnabled()  # there is no address yet
    typed(qtbot, rows.address, there.address)
    qtbot.waitUntil(rows.on.isEnabled)
    press(qtbot, rows.attempt)
    qtbot.waitUntil(lambda: rows.attempt.isEnabled() and "key" in rows.address_row.hint.text())
    typed(qtbot, rows.key, "sesame")
    qtbot.waitUntil(lambda: rows.key.placeholderText() == "••••••••" and rows.key.text() == "")
    press(qtbot, rows.attempt)
    qtbot.waitUntil(lambda: "offers 2 models" in rows.address_row.hint.text())
    assert [rows.model.itemText(n) for n in range(rows.model.count())] == ["qwen-7b", "gemma-4b"]
    press(qtbot, rows.on)
    qtbot.waitUntil(lambda: server.is_on(store.load()))
    assert "on this computer" in rows.on_row.hint.text()
    assert store.load().server == there.address
    assert "sesame" not in store_text()


def store_text() -> str:
    from desktop_app import paths

    return "".join(p.read_text("utf-8") for p in paths.config().glob("*.toml")) + "".join(
        p.read_text("utf-8") for p in paths.config().glob("*.json")
    )


def test_another_address_has_to_be_switched_on_again_and_a_far_one_is_named(qtbot: QtBot, page: SettingsPage) -> None:
    rows = page.server
    typed(qtbot, rows.address, "http://192.168.1.20:8080")
    qtbot.waitUntil(rows.on.isEnabled)
    press(qtbot, rows.on)
    qtbot.waitUntil(lambda: "sent to 192.168.1.20" in rows.on_row.hint.text())
    typed(qtbot, rows.address, "http://192.168.1.21:8080")
    qtbot.waitUntil(lambda: not server.is_on(store.load()))
    qtbot.waitUntil(lambda: not rows.on.isChecked())
    assert rows.on_row.hint.text().startswith("Off.")


def test_a_server_that_is_not_there_is_said_in_a_sentence(qtbot: QtBot, page: SettingsPage) -> None:
    rows = page.server
    typed(qtbot, rows.address, "http://127.0.0.1:9")
    press(qtbot, rows.attempt)
    qtbot.waitUntil(lambda: rows.attempt.isEnabled() and "127.0.0.1" in rows.address_row.hint.text())


def test_a_key_kept_earlier_is_shown_as_there_before_the_server_is_on(
    qtbot: QtBot, page: SettingsPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.keep_key("http://192.168.1.20:8080", "sesame")
    typed(qtbot, page.server.address, "http://192.168.1.20:8080")
    qtbot.waitUntil(lambda: page.server.key.placeholderText() == "••••••••")


def test_bulk_work_rests_on_battery_once_that_is_ticked(
    qtbot: QtBot, page: SettingsPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(machine, "on_battery", lambda: True)
    before = store.load().battery_pause
    press(qtbot, page.machine.battery)
    qtbot.waitUntil(lambda: store.load().battery_pause is not before)
    assert machine.rests(store.load()) is not before
    press(qtbot, page.machine.battery)
    qtbot.waitUntil(lambda: store.load().battery_pause is before)


def test_an_adapter_is_taken_on_and_off(
    qtbot: QtBot, page: SettingsPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    chosen = str(tmp_path / "our tone.gguf")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_a, **_k: (chosen, ""))
    press(qtbot, page.machine.add)
    qtbot.waitUntil(lambda: store.load().adapters == (f"1.0 {chosen}",))
    assert "our tone.gguf" in page.machine.adapter_row.hint.text()
    press(qtbot, page.machine.off)
    qtbot.waitUntil(lambda: store.load().adapters == ())


def test_this_computer_is_measured_with_the_weights_it_writes_with_and_remembers(
    qtbot: QtBot, by_small: SettingsPage, small: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(calibrate, "LONGEST", 0.0)  # one number of texts side by side instead of four
    monkeypatch.setattr(calibrate, "ROUNDS", 1)
    monkeypatch.setattr(calibrate.calibrate, "__kwdefaults__", {"seconds": 0.1})
    rows = by_small.machine
    qtbot.waitUntil(lambda: "Not measured yet" in rows.measure_row.hint.text())
    press(qtbot, rows.measure)
    assert not rows.measure.isEnabled()
    qtbot.waitUntil(lambda: "Measured here: 24 texts" in rows.measure_row.hint.text())
    qtbot.waitUntil(rows.measure.isEnabled)
    assert rows.measure.text() == "Measure again"
    known = tuned.known(small)
    assert known is not None
    assert known.tokens_a_minute > 0
    assert re.search(rf"{known.threads} thread", rows.measure_row.hint.text())


def test_a_measurement_can_be_stopped_and_leaves_nothing_behind(
    qtbot: QtBot, by_small: SettingsPage, small: Path
) -> None:
    press(qtbot, by_small.machine.measure)
    work = by_small.desk.work
    qtbot.waitUntil(lambda: bool(work.running))
    work.stop()
    qtbot.waitUntil(lambda: not work.running)
    qtbot.waitUntil(by_small.machine.measure.isEnabled)
    assert tuned.known(small) is None
