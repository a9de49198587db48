"""An update brought as a file is looked at before anything runs it."""

from __future__ import annotations

import hashlib
import sys
from pathlib import Path

import pytest

import desktop_app
from desktop_app.errors import UserError
from desktop_app.settings import Settings
from desktop_app.tasks import updates
from tests.engine.loopback import Answer, loopback

NAMES = {"linux": "zhanggui_{}_amd64.deb", "win32": "zhanggui-{}-setup.exe", "darwin": "zhanggui-{}.dmg"}


def installer(folder: Path, version: str, system: str = sys.platform) -> Path:
    path = folder / NAMES[system].format(version)
    path.write_bytes(b"not really " + version.encode())
    return path


def test_a_newer_file_with_its_checksum_is_known_as_newer_and_whole(tmp_path: Path) -> None:
    path = installer(tmp_path, "99.10.0")
    (tmp_path / "SHA256SUMS").write_text(f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.name}\n")
    found = updates.look(path)
    assert (found.version, found.newer, found.proven) == ("99.10.0", True, True)


def test_the_same_version_is_not_newer(tmp_path: Path) -> None:
    found = updates.look(installer(tmp_path, desktop_app.__version__))
    assert not found.newer
    assert not found.proven


def test_a_file_that_was_changed_is_refused(tmp_path: Path) -> None:
    path = installer(tmp_path, "99.0.0")
    (tmp_path / "SHA256SUMS").write_text(f"{'0' * 64}  {path.name}\n")
    with pytest.raises(UserError, match="damaged or was changed"):
        updates.look(path)


def test_a_file_for_another_system_or_of_another_program_is_refused(tmp_path: Path) -> None:
    other = next(system for system in NAMES if system != sys.platform)
    with pytest.raises(UserError, match="another system"):
        updates.look(installer(tmp_path, "99.0.0", other))
    stranger = tmp_path / "setup.exe"
    stranger.write_bytes(b"x")
    with pytest.raises(UserError, match="not an installer"):
        updates.look(stranger)


def test_versions_are_compared_as_numbers() -> None:
    assert updates.number("0.10") > updates.number("0.9.9")
    assert updates.number("1.0.0") == updates.number("1.0")


def test_the_newest_published_version_for_this_system_is_compared_with_this_one() -> None:
    lines = [f"{'0' * 64}  {NAMES[system].format(version)}" for system in NAMES for version in ("9.9.9", "9.10.0")]
    lines += [f"{'0' * 64}  {NAMES[system].format('99.0.0')}" for system in NAMES if system != sys.platform]
    with loopback(lambda path, body: Answer(file="\n".join(lines))) as there:
        found = updates.compare(Settings(updates=f"{there.address}/new/"))
        assert [path for path, _body, _headers in there.asked] == ["/new/SHA256SUMS"]
    assert found == updates.Compared("9.10.0", newer=True)


def test_what_runs_here_is_not_newer_than_itself() -> None:
    line = f"{'0' * 64}  {NAMES[sys.platform].format(desktop_app.__version__)}"
    with loopback(lambda path, body: Answer(file=line)) as there:
        assert not updates.compare(Settings(updates=there.address)).newer


@pytest.mark.parametrize(
    ("answer", "said"),
    [(Answer(status=404), "no list of versions"), (Answer(file="<html> hello</html>\n"), "no version for this system"),
     (Answer(file="x y\n" * 40_000), "no list of versions"), (Answer(file=""), "no list of versions")],
)  # fmt: skip
def test_an_address_that_publishes_nothing_of_ours_is_said_to(answer: Answer, said: str) -> None:
    with loopback(lambda path, body: answer) as there, pytest.raises(UserError, match=said):
        updates.compare(Settings(updates=there.address))


@pytest.mark.parametrize(
    ("address", "said"),
    [("", "address first"), ("file:///etc/passwd", "not an address"), ("http://127.0.0.1:9", "does not answer"),
     ("http://[oops", "not an address|does not answer")],
)  # fmt: skip
def test_an_address_that_is_none_is_refused_with_a_sentence(address: str, said: str) -> None:
    with pytest.raises(UserError, match=said):
        updates.compare(Settings(updates=address))
