"""What Qt itself says, in its dialogs and menus, is in the language of the window."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QFileDialog, QLabel

from desktop_app import ui
from desktop_app.settings import Settings


@pytest.fixture
def chinese(qapp: object) -> Iterator[None]:
    ui.application(Settings(language="zh"))
    yield
    ui.speak(Settings(language="en"))


def test_no_label_of_the_file_dialog_is_left_in_english(chinese: None) -> None:
    dialog = QFileDialog()
    dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
    said = [label.text() for label in dialog.findChildren(QLabel) if label.text()]
    assert any("位置" in words for words in said)
    assert [words for words in said if words.strip("&: ").isascii()] == []
    dialog.deleteLater()
