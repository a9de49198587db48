"""A person looks after the weights: what is here, what writes, a file from a stick, a broken one."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop_app import weights
from desktop_app.records import Weights
from desktop_app.shop import Shop
from desktop_app.tasks import weights_on_hand
from desktop_app.ui import weights_words
from desktop_app.ui.weights_page import WeightsPage
from desktop_app.ui.widgets import Button


@pytest.fixture
def folder(tmp_path: Path, starter: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A weights folder of one's own that holds the real starters."""
    here = tmp_path / "weights"
    here.mkdir()
    for file in starter.parent.iterdir():
        if file.suffix in (".gguf", ".json"):
            os.link(file, here / file.name) if file.suffix == ".gguf" else shutil.copy(file, here / file.name)
    monkeypatch.setenv("ZHANGGUI_WEIGHTS", str(here))
    return here


@pytest.fixture
def page(qtbot: QtBot, folder: Path, open_window: Callable[..., Any], tmp_path: Path) -> WeightsPage:
    path = tmp_path / "shop.zhanggui"
    Shop.create(path).close()
    window = open_window(path)
    window.desk.find_weights()
    window.go("weights")
    made = window.page
    assert isinstance(made, WeightsPage)
    qtbot.waitUntil(lambda: bool(made.list.rows.entries) and made.desk.weights is not None)
    return made


@pytest.fixture
def stick(tmp_path: Path, starter: Path) -> Path:
    """The same weights under another name, on a stick."""
    file = tmp_path / "stick" / "Other-Writer.gguf"
    file.parent.mkdir()
    # Other bytes at the end, so that it is not the starter again.
    file.write_bytes(starter.read_bytes() + b"\0" * 64)
    return file


def click(qtbot: QtBot, page: WeightsPage, words: str) -> None:
    found: list[Button] = []

    def there() -> bool:
        found[:] = [b for b in page.findChildren(Button) if b.isVisible() and b.isEnabled() and words in b.text()]
        return bool(found)

    qtbot.waitUntil(there)
    qtbot.mouseClick(found[0], Qt.MouseButton.LeftButton)


def said(page: WeightsPage) -> list[str]:
    return [verdict.text for verdict in page.panel.verdicts]


def look_at(qtbot: QtBot, page: WeightsPage, file: Path) -> None:
    page.look_at(file)
    qtbot.waitUntil(lambda: page.candidate is not None)


def listed(page: WeightsPage) -> list[str]:
    return [entry.name for entry in page.list.rows.entries if entry.weights is not None and entry.choice is None]


def test_the_starter_is_listed_with_what_it_can_and_cannot_do(page: WeightsPage) -> None:
    assert listed(page) == ["SmolLM2-135M-Instruct", "multilingual-e5-small"]
    assert "Writes English, not Chinese" in said(page)
    assert "Fits in memory" in said(page)
    page.list.stand_at(1)
    assert "Cannot write" in said(page)


def test_the_list_says_which_ones_write(page: WeightsPage) -> None:
    assert "writes here" in page.list.rows.index(0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert "writes here" not in page.list.rows.index(1).data(Qt.ItemDataRole.AccessibleTextRole)


def test_a_file_is_looked_at_before_anything_is_done_with_it(
    qtbot: QtBot, page: WeightsPage, stick: Path, folder: Path
) -> None:
    before = sorted(folder.iterdir())
    look_at(qtbot, page, stick)
    assert "Writes English, not Chinese" in said(page)
    assert sorted(folder.iterdir()) == before
    click(qtbot, page, "Cancel")
    assert page.candidate is None
    assert len(listed(page)) == 2


def test_a_copy_comes_in_writes_and_goes_again(qtbot: QtBot, page: WeightsPage, stick: Path, folder: Path) -> None:
    look_at(qtbot, page, stick)
    click(qtbot, page, "Copy it here")
    qtbot.waitUntil(lambda: "Other-Writer" in listed(page))
    copy = folder / "Other-Writer.gguf"
    assert copy.exists()
    click(qtbot, page, "Write with these")
    qtbot.waitUntil(lambda: page.desk.weights is not None and page.desk.weights.path == str(copy))
    assert page.desk.settings.weights == str(copy)
    click(qtbot, page, "Remove…")
    click(qtbot, page, "Delete the copy")
    qtbot.waitUntil(lambda: "Other-Writer" not in listed(page))
    assert not copy.exists()
    assert stick.exists()
    qtbot.waitUntil(lambda: page.desk.weights is not None and page.desk.weights.starter)


def test_a_file_used_where_it_lies_is_never_deleted(qtbot: QtBot, page: WeightsPage, stick: Path, folder: Path) -> None:
    look_at(qtbot, page, stick)
    click(qtbot, page, "Use it where it lies")
    qtbot.waitUntil(lambda: "Other-Writer" in listed(page))
    assert not (folder / "Other-Writer.gguf").exists()
    click(qtbot, page, "Remove…")
    click(qtbot, page, "Take it off the list")
    qtbot.waitUntil(lambda: "Other-Writer" not in listed(page))
    assert stick.exists()


def test_removing_asks_first_and_keeping_is_the_first_answer(qtbot: QtBot, page: WeightsPage, stick: Path) -> None:
    look_at(qtbot, page, stick)
    click(qtbot, page, "Copy it here")
    qtbot.waitUntil(lambda: "Other-Writer" in listed(page))
    click(qtbot, page, "Remove…")
    click(qtbot, page, "Keep it")
    assert "Other-Writer" in listed(page)


def test_the_starter_cannot_be_removed(page: WeightsPage) -> None:
    assert not any(b.isVisible() and "Remove" in b.text() for b in page.findChildren(Button))


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"not a model at all, just some words that are long enough", "not a GGUF"),
        (b"GGUF" + b"\3\0\0\0" * 9, "Nothing was added"),
    ],
)  # fmt: skip
def test_a_broken_file_is_said_plainly_and_nothing_is_added(
    qtbot: QtBot, page: WeightsPage, tmp_path: Path, content: bytes, sentence: str
) -> None:
    file = tmp_path / "broken.gguf"
    file.write_bytes(content)
    page.look_at(file)
    qtbot.waitUntil(lambda: page.notices.notice is not None)
    notice = page.notices.notice
    assert notice is not None
    assert sentence in notice.text + notice.more
    assert notice.button == "Choose another file…"
    assert len(listed(page)) == 2


def test_stopping_a_copy_keeps_nothing(qtbot: QtBot, page: WeightsPage, stick: Path, folder: Path) -> None:
    with stick.open("ab") as file:
        file.truncate(1_500_000_000)  # a sparse file: large to copy, small on this disk
    before = sorted(folder.iterdir())
    look_at(qtbot, page, stick)
    click(qtbot, page, "Copy it here")
    qtbot.waitUntil(lambda: page._running is not None and page._running.done > 0)
    qtbot.keyClick(page, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: page._running is None)
    assert sorted(folder.iterdir()) == before
    assert page.notices.notice is not None
    assert "Stopped" in page.notices.notice.text


def test_without_any_weights_the_page_says_that_texts_still_come(
    qtbot: QtBot, open_window: Callable[..., Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    empty = tmp_path / "none"
    empty.mkdir()
    monkeypatch.setenv("ZHANGGUI_WEIGHTS", str(empty))
    path = tmp_path / "shop.zhanggui"
    Shop.create(path).close()
    window = open_window(path)
    window.go("weights")
    page = window.page
    qtbot.waitUntil(lambda: page.found is not None and page.is_full)
    assert page.notices.notice is not None
    assert "from the facts alone" in page.notices.notice.more
    assert any("Add a file" in b.text() for b in page.findChildren(Button) if b.isVisible())
    assert listed(page) == []
    assert page.choice is not None


def verdicts(found: Weights, free: int = 8_000_000_000, total: int = 16_000_000_000) -> list[tuple[str, str]]:
    memory = weights_on_hand.Memory(free, total)
    seen = weights_on_hand.outlook(found, memory)
    return [(v.tone, v.text) for v in weights_words.verdicts(found, seen, memory)]


def test_verdicts_warn_of_what_will_not_work_here() -> None:
    large = Weights(
        "Qwen3-32B", "/x/q.gguf", 20_000_000_000, architecture="qwen3", parameters=32_000_000_000, template=True
    )
    assert verdicts(large)[0] == ("bad", "Too large for this computer")
    tight = Weights(
        "Qwen3-14B", "/x/q.gguf", 9_000_000_000, architecture="qwen3", parameters=14_000_000_000, template=True
    )
    assert verdicts(tight)[0] == ("caution", "Tight")
    good = Weights(
        "Qwen3-4B", "/x/q.gguf", 2_500_000_000, architecture="qwen3", parameters=4_000_000_000, template=True
    )
    assert verdicts(good) == [
        ("good", "Fits in memory"), ("good", "Writes English and Chinese"),
        ("muted", "How fast it writes here is not known yet"),
    ]  # fmt: skip
    base = Weights("Some-base", "/x/b.gguf", 100_000_000, languages=("en",), template=False)
    assert ("caution", "No chat template") in verdicts(base)


def test_a_header_that_was_read_is_judged_by_its_own_words(starter: Path) -> None:
    found = weights.read_header(starter)
    assert ("caution", "Writes English, not Chinese") in verdicts(found)


def test_weights_that_are_here_are_shown_and_not_added_twice(qtbot: QtBot, page: WeightsPage, starter: Path) -> None:
    qtbot.waitUntil(lambda: page.found is not None)
    known = page.found.weights[0]
    page.look_at(Path(known.path))
    qtbot.waitUntil(lambda: page.notices.notice is not None)
    assert "is here already" in page.notices.notice.text
    assert page.candidate is None
    assert page.current.path == known.path
