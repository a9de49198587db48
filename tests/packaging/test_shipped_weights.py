"""Starter weights that lie inside the installed program are there at the first start."""

from __future__ import annotations

import shutil
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from desktop_app import weights
from desktop_app.errors import UserError
from desktop_app.weights import manifest


@pytest.fixture
def installed(starter: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A program folder with one of the starters in it, and a person's weights folder that is empty."""
    told = weights.find(starter.name)
    shipped = tmp_path / "program" / "weights"
    shipped.mkdir(parents=True)
    (shipped / starter.name).hardlink_to(starter) if starter.stat().st_dev == tmp_path.stat().st_dev else shutil.copy(
        starter, shipped
    )
    manifest.save(shipped.resolve(), [replace(told, path=str(shipped.resolve() / starter.name))])
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "_MEIPASS", str(shipped.parent), raising=False)
    monkeypatch.setenv("ZHANGGUI_WEIGHTS", str(tmp_path / "mine"))
    return shipped


def test_the_starter_is_found_inside_the_program(installed: Path) -> None:
    found = weights.starter("writing")
    assert found is not None
    assert Path(found.path).parent == installed.resolve()


def test_the_starter_that_is_in_my_folder_too_is_listed_once(installed: Path, tmp_path: Path) -> None:
    shipped = weights.starter("writing")
    assert shipped is not None
    mine = (tmp_path / "mine").resolve()
    (mine / "own.gguf").hardlink_to(shipped.path)
    manifest.save(mine, [replace(shipped, path=str(mine / "own.gguf"))])
    assert [Path(w.path).name for w in weights.installed()] == ["own.gguf"]


def test_what_came_with_the_program_cannot_be_removed_by_itself(installed: Path) -> None:
    found = weights.starter("writing")
    assert found is not None
    with pytest.raises(UserError, match="came with the program"):
        weights.remove(found.name)
    assert Path(found.path).exists()
