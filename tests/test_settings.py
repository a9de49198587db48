from __future__ import annotations

from pathlib import Path

import pytest

from desktop_app import paths, settings
from desktop_app.settings import Settings


def test_what_is_saved_is_read_again() -> None:
    kept = settings.remember_shop(Settings(language="zh", theme="dark"), Path("/a/店.zhanggui"))
    settings.save(kept)
    assert settings.load() == kept


def test_the_newest_shop_comes_first_and_only_once() -> None:
    kept = Settings()
    for name in ("a", "b", "a"):
        kept = settings.remember_shop(kept, Path(name))
    assert kept.recent == ("a", "b")


@pytest.mark.parametrize("text", ["", "{", "[]", '{"language": 5, "theme": "pink", "recent": "x", "other": 1}', "\x00"])
def test_a_damaged_file_gives_the_defaults(text: str) -> None:
    (paths.config() / "settings.json").write_text(text, "utf-8")
    assert settings.load() == Settings()


def test_a_folder_that_cannot_be_written_is_no_error(monkeypatch: pytest.MonkeyPatch) -> None:
    settings.save(Settings(theme="dark"))

    def full(*_words: object, **_more: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(settings.json, "dump", full)
    settings.save(Settings(theme="light"))
    assert settings.load().theme == "dark"
