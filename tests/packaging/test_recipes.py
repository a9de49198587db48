"""The recipes that only run elsewhere: workflows, shell scripts, the Windows setup, the desktop entry."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import deb
import pytest

from desktop_app import __version__

ROOT = Path(__file__).resolve().parents[2]
SCRIPTS = sorted((ROOT / "packaging").rglob("*.sh"))


def tool(*names: str) -> None:
    """Skip, saying why, where a tool is missing."""
    for name in names:
        if not shutil.which(name):
            pytest.skip(f"{name} is not here")


def words(*command: object, **more: str) -> str:
    env = {**os.environ, **more}
    done = subprocess.run(
        [str(c) for c in command], capture_output=True, text=True, encoding="utf-8", env=env, check=False
    )
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]
    return done.stdout


@pytest.mark.skipif(sys.platform == "win32", reason="shell scripts")
@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.name)
def test_a_shell_script_can_be_read_by_its_shell_and_started(script: Path) -> None:
    words("bash", "-n", script)
    assert os.access(script, os.X_OK)


@pytest.mark.parametrize("name", ["check.yml", "release.yml"])
def test_a_workflow_names_only_files_that_are_there(name: str) -> None:
    text = (ROOT / ".github" / "workflows" / name).read_text("utf-8")
    named = set(re.findall(r"\bpackaging/[\w./-]+\.(?:py|sh|desktop|txt)\b", text))
    assert named
    assert not [file for file in named if not (ROOT / file).exists()]


def test_the_desktop_entry_is_valid() -> None:
    tool("desktop-file-validate")
    assert words("desktop-file-validate", ROOT / "packaging" / "linux" / "zhanggui.desktop") == ""


def test_the_windows_setup_compiles_and_speaks_both_languages(tmp_path: Path) -> None:
    tool("makensis")
    (tmp_path / "bundle" / "_internal").mkdir(parents=True)
    (tmp_path / "bundle" / "Zhanggui.exe").write_bytes(b"MZ")
    said = words(
        "makensis", "-V4", "-WX", "-INPUTCHARSET", "UTF8", f"-DVERSION={__version__}",
        f"-DBUNDLE={tmp_path / 'bundle'}", f"-DOUT={tmp_path / 'zhanggui-setup.exe'}",
        ROOT / "packaging" / "windows" / "zhanggui.nsi",
    )  # fmt: skip
    assert (tmp_path / "zhanggui-setup.exe").read_bytes()[:2] == b"MZ"
    assert 'LangString: "ASK_DATA" 1033 "Also delete' in said
    assert 'LangString: "ASK_DATA" 2052 "要把店铺' in said


@pytest.mark.long
def test_the_package_unpacks_to_a_program_that_finds_itself_well(tmp_path: Path) -> None:
    tool("dpkg-deb", "objdump")
    bundle = ROOT / "dist" / "zhanggui"
    if not (bundle / "zhanggui").exists():
        pytest.skip("no bundle: run `make bundle`")
    package = deb.build(bundle, tmp_path)
    words("dpkg-deb", "-x", package, tmp_path / "root")
    program = tmp_path / "root" / "usr" / "bin" / "zhanggui"
    said = words(program, "--self-check", ZHANGGUI_DATA=str(tmp_path / "data"), ZHANGGUI_WEIGHTS=str(tmp_path / "none"))
    assert "✗" not in said
    assert f"Zhanggui {__version__}, installed" in said
    assert words(program, "--version").strip() == f"zhanggui {__version__}"


@pytest.mark.long
def test_the_program_runs_on_a_processor_without_avx() -> None:
    tool("qemu-x86_64", "unshare")
    done = subprocess.run(
        [str(ROOT / "packaging" / "linux" / "try_old_processor.sh"), "Nehalem"],
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode == 77:
        pytest.skip(done.stdout.strip())
    assert done.returncode == 0, done.stdout + done.stderr
