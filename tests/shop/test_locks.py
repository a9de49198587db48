"""A shop file with a password: nothing readable without it, everything as before with it."""

from __future__ import annotations

import contextlib
import os
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop_app.errors import UserError
from desktop_app.records import Product
from desktop_app.shop import Shop, locks, relock
from desktop_app.tasks import locking

WORDS = "a long pass word 密码"


@pytest.fixture(autouse=True)
def nothing_known() -> Iterator[None]:
    locks._held.clear()
    yield
    locks._held.clear()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    file = tmp_path / "tea.zhanggui"
    with Shop.create(file, name="Tea") as shop, shop.act("Import"):
        shop.add([Product(f"Secret tea 秘茶 {n}") for n in range(40)])
    return file


def outcome(path: Path, password: str) -> locking.Locked:
    *_steps, last = locking.set_password(path, password or None)
    assert isinstance(last, locking.Locked)
    return last


def dump(path: Path) -> list[str]:
    with Shop.open(path) as shop:
        return sorted(str(row) for table in ("products", "journal", "actions", "settings") for row in
                      shop._file.all(f"SELECT * FROM {table}"))  # fmt: skip


def test_a_locked_file_holds_nothing_that_can_be_read(path: Path) -> None:
    before = path.read_bytes()
    assert b"Secret tea" in before
    outcome(path, WORDS)
    assert b"Secret" not in path.read_bytes()
    assert "秘茶".encode() not in path.read_bytes()
    assert [p for p in path.parent.iterdir() if p != path] == []


def test_everything_is_there_again_under_the_password_and_after_it_is_taken_off(path: Path) -> None:
    before = dump(path)
    outcome(path, WORDS)
    assert dump(path) == before
    locks._held.clear()
    locking.open_with(path, WORDS)
    assert dump(path) == before
    assert not outcome(path, "").code
    assert dump(path) == before
    assert sqlite3.connect(path).execute("PRAGMA integrity_check").fetchone() == ("ok",)


def test_without_the_password_the_shop_stays_shut(path: Path) -> None:
    outcome(path, WORDS)
    locks._held.clear()
    with pytest.raises(locks.LockedError, match="is locked"):
        Shop.open(path)
    with pytest.raises(UserError, match="does not open"):
        locking.open_with(path, WORDS + "x")
    assert locking.needs_password(path)


def test_the_recovery_code_opens_it_however_it_was_copied_down(path: Path) -> None:
    code = outcome(path, WORDS).code
    assert len(code) == 34
    locks._held.clear()
    locking.open_with(path, " " + code.lower().replace("0", "o"))
    with Shop.open(path) as shop:
        assert shop.setting("name") == "Tea"


def test_a_slip_in_the_code_is_called_a_slip(path: Path) -> None:
    code = outcome(path, WORDS).code
    slipped = ("2" if code[0] != "2" else "3") + code[1:]
    with pytest.raises(UserError, match="slip of the pen"):
        locking.open_with(path, slipped)


def test_what_is_written_under_the_password_can_be_undone_and_found(path: Path) -> None:
    outcome(path, WORDS)
    with Shop.open(path) as shop:
        with shop.act("Import"):
            shop.add([Product("Late green tea")])
        assert len(shop.search("late")) == 1
    with Shop.open(path) as shop:
        shop.undo()
        assert shop.counts().products == 40
    assert path.read_bytes().startswith(locks.MARK)


def test_a_backup_of_a_locked_shop_is_locked_and_older_ones_are_locked_with_it(path: Path) -> None:
    with Shop.open(path) as shop:
        plain = shop.back_up()
    assert plain is not None
    outcome(path, WORDS)
    assert b"Secret" not in plain.read_bytes()
    with Shop.open(path) as shop:
        shop.export_copy(copy := path.with_name("copy.zhanggui"))
    assert locking.is_locked(copy)
    with Shop.open(copy) as shop:
        assert shop.counts().products == 40


def test_another_password_shuts_the_old_one_out(path: Path) -> None:
    outcome(path, WORDS)
    outcome(path, "another pass word")
    locks._held.clear()
    with pytest.raises(UserError, match="does not open"):
        locking.open_with(path, WORDS)
    locking.open_with(path, "another pass word")


def test_nothing_is_changed_while_somebody_has_the_shop_open(path: Path) -> None:
    with Shop.open(path), pytest.raises(UserError, match="open elsewhere"):
        relock.rewrite(path, locks.new(WORDS))
    assert not locking.is_locked(path)


def test_a_short_password_is_refused_before_anything_is_touched(path: Path) -> None:
    before = path.read_bytes()
    with pytest.raises(UserError, match="8 characters"):
        outcome(path, "short")
    assert path.read_bytes() == before


def test_a_damaged_locked_file_is_refused_and_left_as_it_is(path: Path) -> None:
    outcome(path, WORDS)
    raw = bytearray(path.read_bytes())
    for page in range(4096, len(raw), 4096):
        raw[page + 500 : page + 600] = b"\0" * 100
    path.write_bytes(raw)
    with pytest.raises(UserError, match="damaged"), Shop.open(path) as shop:
        shop._file.all("SELECT * FROM products")
    assert path.read_bytes() == bytes(raw)


def test_backups_keep_their_age_when_they_are_locked(path: Path) -> None:
    with Shop.open(path) as shop:
        older, newer = shop.back_up_now(), shop.back_up()
    assert newer is not None
    os.utime(older, (1_000_000_000, 1_000_000_000))
    outcome(path, WORDS)
    with Shop.open(path) as shop:
        assert shop.backups() == [newer, older]


def test_an_empty_password_never_takes_the_lock_off(path: Path) -> None:
    outcome(path, WORDS)
    with pytest.raises(UserError, match="8 characters"):
        list(locking.set_password(path, ""))
    assert locking.is_locked(path)


@pytest.mark.parametrize("between", [" ", "", "－", "–"])
def test_the_code_is_taken_with_whatever_stands_between_its_groups(path: Path, between: str) -> None:
    code = outcome(path, WORDS).code
    locks._held.clear()
    locking.open_with(path, code.replace("-", between))


def test_a_shop_behind_a_link_is_locked_itself(path: Path, tmp_path: Path) -> None:
    link = tmp_path / "link.zhanggui"
    link.symlink_to(path)
    outcome(link, WORDS)
    assert locking.is_locked(path)
    assert link.is_symlink()


def test_a_backup_that_vanishes_costs_nobody_the_code(path: Path) -> None:
    with Shop.open(path) as shop:
        gone = shop.back_up()
    assert gone is not None
    steps = locking.set_password(path, WORDS)
    next(steps)
    gone.unlink()
    *_steps, last = steps
    assert isinstance(last, locking.Locked)
    assert last.code
    assert last.left == (gone,)


def test_a_file_that_two_closed_at_once_is_in_two_pieces_no_more_and_is_locked(path: Path) -> None:
    """Of two connections that close in the same moment neither is the last, so the file still says write-ahead log."""
    with contextlib.closing(sqlite3.connect(path)) as left:
        assert left.execute("PRAGMA journal_mode=WAL").fetchone() == ("wal",)
    outcome(path, WORDS)
    assert locking.is_locked(path)
