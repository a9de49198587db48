"""The self-check as a person who just installed the program runs it: a real process, without a display."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from desktop_app import __main__ as start
from desktop_app.errors import UserError
from desktop_app.tasks import self_check
from desktop_app.ui import glyphs

ON_LINUX = pytest.mark.skipif(sys.platform != "linux", reason="fonts and platforms are chosen by the system here")


def check(**more: str) -> tuple[int, dict[str, dict[str, Any]]]:
    env = {name: value for name, value in os.environ.items() if name not in {"DISPLAY", "WAYLAND_DISPLAY"}}
    done = subprocess.run(
        [sys.executable, "-X", "utf8", "-m", "desktop_app", "--self-check", "--json"],
        capture_output=True, text=True, encoding="utf-8", env={**env, "LANG": "C.UTF-8", **more}, check=False,
    )  # fmt: skip
    assert "Traceback" not in done.stderr, done.stderr
    told = [json.loads(line) for line in done.stdout.splitlines()]
    return done.returncode, {one.get("what", "end"): one for one in told}


def test_a_whole_program_finds_every_part_well_without_a_display() -> None:
    status, parts = check()
    assert [one["text"] for one in parts.values() if not one["fine"]] == []
    assert status == 0
    assert parts.keys() == {"program", "libraries", "data", "folders", "shop", "files", "texts", "engine", "writing",
                            "meaning", "graphics", "fonts", "end"}  # fmt: skip
    assert "8 tokens" in parts["writing"]["text"]
    assert "384" in parts["meaning"]["text"]


def test_missing_starter_weights_are_said_in_chinese_and_the_status_tells(tmp_path: Path) -> None:
    status, parts = check(ZHANGGUI_WEIGHTS=str(tmp_path), LANG="zh_CN.UTF-8", LC_ALL="zh_CN.UTF-8")
    assert status == 1
    assert parts["end"]["broken"] == 2
    assert parts["engine"]["fine"]  # llama.cpp itself loads all the same
    assert parts["writing"]["text"] == "没有附带的写作模型。只用资料写文案不受影响。"
    assert parts["meaning"]["text"] == "没有附带的语义模型。程序照常可用。"


def test_a_part_that_breaks_is_told_and_the_others_are_still_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(self_check, "LIBRARIES", ("zlib", "not_packed_at_all"))
    monkeypatch.setattr(self_check, "_weights", lambda: iter(()))

    def draw() -> str:
        raise ZeroDivisionError("torn")

    parts = {one.what: one for one in self_check.self_check(draw)}
    assert "not_packed_at_all" in parts["libraries"].text
    assert parts["fonts"].text == "ZeroDivisionError: torn"
    assert [one.what for one in parts.values() if not one.fine] == ["libraries", "fonts"]


@ON_LINUX
def test_a_machine_without_a_chinese_font_is_told_to_get_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = ["fc-match", "-f", "%{file}", "DejaVu Sans:lang=en"]
    latin = subprocess.run(asked, capture_output=True, text=True, check=True).stdout
    if "DejaVu" not in latin:
        pytest.skip("a font without Chinese is needed: fonts-dejavu-core")
    shutil.copy(latin, tmp_path)
    only_fonts_in(tmp_path, monkeypatch)
    with pytest.raises(UserError, match="No font with Chinese is here"):
        glyphs.draw()


@ON_LINUX
def test_a_machine_without_any_font_on_which_qt_falls_over_is_told_what_it_needs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    only_fonts_in(tmp_path, monkeypatch)
    with pytest.raises(UserError, match=r"fonts-noto-cjk|Noto Sans CJK"):
        glyphs.draw()


def only_fonts_in(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    config = folder / "fonts.conf"
    config.write_text(f"<fontconfig><dir>{folder}</dir><cachedir>{folder}</cachedir></fontconfig>")
    monkeypatch.setenv("FONTCONFIG_FILE", str(config))


@pytest.mark.parametrize(
    ("words", "shop"), [([], None), (["/home/li/店 shop.zhanggui"], Path("/home/li/店 shop.zhanggui"))]
)
def test_what_was_double_clicked_opens_the_window_at_once(
    words: list[str], shop: Path | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[Path | None] = []
    monkeypatch.setattr(start, "window", lambda path: opened.append(path) or 0)
    assert start.main(words) == 0
    assert opened == [shop]
