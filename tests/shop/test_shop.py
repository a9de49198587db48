"""Shop files are made, opened, shared and closed; whatever is wrong with one is said plainly, and nothing is lost."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from desktop_app.errors import UserError
from desktop_app.records import Product
from desktop_app.shop import Shop, places, schema

ROOT = Path(__file__).resolve().parents[2]
pytestmark = pytest.mark.usefixtures("laid_out_anew")


def add(shop: Shop, *titles: str) -> None:
    with shop.act("Add"):
        shop.add(Product(title) for title in titles)


@pytest.mark.parametrize(
    "name", ["店 铺.zhanggui", "50% off #1?&a=b.zhanggui", "👜.zhanggui", "Ünï cödé", "-x'\".zhanggui"]
)
def test_a_closed_shop_is_a_single_file_wherever_it_lies(tmp_path: Path, name: str) -> None:
    folder = tmp_path / "我的 店%20铺"
    folder.mkdir()
    with Shop.create(folder / name, name="竹", currency="CNY", timezone="Asia/Shanghai", language="zh") as shop:
        add(shop, "a")
        settings = [shop.setting(key) for key in ("name", "currency", "timezone", "language")]
    assert settings == ["竹", "CNY", "Asia/Shanghai", "zh"]
    assert os.listdir(folder) == [name]
    with Shop.open(folder / name) as shop:
        assert len(shop.search()) == 1
    with Shop.open(folder / name, read_only=True) as shop:
        assert len(shop.search()) == 1
    assert os.listdir(folder) == [name]


def test_nothing_is_ever_overwritten_by_a_new_shop(path: Path) -> None:
    path.write_text("my novel")
    with pytest.raises(UserError, match="there already"):
        Shop.create(path)
    assert path.read_text() == "my novel"
    assert os.listdir(path.parent) == [path.name]


def test_a_shop_in_a_folder_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="is not there"):
        Shop.create(tmp_path / "no" / "a.zhanggui")
    with pytest.raises(UserError, match="There is no shop file"):
        Shop.open(tmp_path / "a.zhanggui")
    with pytest.raises(UserError, match="is a folder"):
        Shop.open(tmp_path)


@pytest.mark.parametrize("content", [b"", b"x", b"PK\x03\x04" + bytes(200), b"SQLite format 3\x00"])
def test_a_file_that_is_no_shop_is_left_as_it_is(path: Path, content: bytes) -> None:
    path.write_bytes(content)
    with pytest.raises(UserError, match="not a shop file"):
        Shop.open(path)
    assert path.read_bytes() == content


def test_another_programs_database_is_left_as_it_is(path: Path) -> None:
    with closing(sqlite3.connect(path)) as db:
        db.execute("CREATE TABLE t (x)")
    before = path.read_bytes()
    with pytest.raises(UserError, match="not a shop file"):
        Shop.open(path)
    assert path.read_bytes() == before


def test_a_file_of_a_newer_program_is_refused_and_left_as_it_is(shop: Shop, path: Path) -> None:
    shop.close()
    with closing(sqlite3.connect(path)) as db:
        db.execute(f"PRAGMA user_version={schema.version() + 1}")
    before = path.read_bytes()
    with pytest.raises(UserError, match="newer version"):
        Shop.open(path)
    assert path.read_bytes() == before


def test_a_file_of_an_older_program_is_copied_and_brought_up_to_date(
    shop: Shop, path: Path, dump: Callable[[Path], Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    add(shop, "a", "b")
    shop.close()
    before = dump(path)
    later = schema.Migrations("zhanggui")
    later._migrations = [*schema.migrations._migrations]

    @later()
    def a_column_more(db: Any) -> None:
        db.execute("ALTER TABLE products ADD COLUMN colour TEXT NOT NULL DEFAULT ''")

    monkeypatch.setattr(schema, "migrations", later)
    with Shop.open(path) as opened:
        copies = list((opened.backups() or [None])[:1])
        assert copies
        assert copies[0] is not None
        assert dump(copies[0]) == before
        assert opened._file.value("PRAGMA user_version") == schema.version()
        add(opened, "c")
        opened._file.run("BEGIN")
        opened._file.run("UPDATE doing SET action = 1")
        opened._file.run("UPDATE products SET colour = 'red'")  # the triggers know the new column
        assert opened._file.value("SELECT count(*) FROM journal WHERE op = 'update' AND detail > 0") == 3
        opened._file.run("ROLLBACK")


def test_an_upgrade_that_fails_leaves_the_shop_as_it_was(
    shop: Shop, path: Path, dump: Callable[[Path], Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    add(shop, "a")
    shop.close()
    before = dump(path)
    later = schema.Migrations("zhanggui")
    later._migrations = [*schema.migrations._migrations]

    @later()
    def broken(db: Any) -> None:
        db.execute("DROP TABLE drafts")
        raise ZeroDivisionError

    monkeypatch.setattr(schema, "migrations", later)
    with pytest.raises(ZeroDivisionError):
        Shop.open(path)
    monkeypatch.undo()
    assert dump(path) == before


def test_a_damaged_file_is_not_opened_and_the_last_backup_is_named(shop: Shop, path: Path) -> None:
    add(shop, *(f"Product {n}" for n in range(500)))
    backup = shop.back_up()
    shop.close()
    whole = path.read_bytes()
    path.write_bytes(whole[:100] + b"\xaa" * 4000 + whole[4100:])
    with pytest.raises(UserError, match="damaged") as error:
        Shop.open(path)
    assert str(backup) in str(error.value)
    path.write_bytes(b"")  # what a full disk or a broken sync leaves
    with pytest.raises(UserError, match="damaged"):
        Shop.open(path)
    assert backup is not None
    with Shop.open(backup) as restored:
        assert len(restored.search()) == 500


def test_damage_after_a_crash_is_found_when_the_shop_is_opened(shop: Shop, path: Path) -> None:
    add(shop, *(f"Product {n}" for n in range(2000)))
    shop.close()
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 2 // 4096 * 4096])
    path.with_name(path.name + "-journal").write_bytes(b"\0" * 512)  # its last writer did not end
    with pytest.raises(UserError, match="damaged"):
        Shop.open(path)


def test_one_window_at_a_time_and_the_command_line_beside_it(shop: Shop, path: Path) -> None:
    shop.close()
    with Shop.open(path, window=True):
        with pytest.raises(UserError, match="another window"):
            Shop.open(path, window=True)
        with Shop.open(path) as beside:
            add(beside, "from the terminal")
    with Shop.open(path, window=True) as again:
        assert len(again.search()) == 1
    assert os.listdir(path.parent) == [path.name]


def test_a_window_in_another_process_is_noticed(shop: Shop, path: Path) -> None:
    shop.close()
    code = """
import sys
from pathlib import Path
from desktop_app.shop import Shop
shop = Shop.open(Path(sys.argv[1]), window=True)
print("open", flush=True)
input()
"""
    with subprocess.Popen(
        [sys.executable, "-c", code, str(path)], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "open\n"
        with pytest.raises(UserError, match="another window"):
            Shop.open(path, window=True)
        other.kill()
        other.wait()
    with Shop.open(path, window=True) as mine:  # a window that was killed holds nothing
        assert mine.search() == []


def test_two_programs_that_write_at_once_wait_for_each_other(shop: Shop, path: Path) -> None:
    code = """
import sys
from pathlib import Path
from desktop_app.records import Product
from desktop_app.shop import Shop
with Shop.open(Path(sys.argv[1])) as shop:
    for n in range(40):
        with shop.act("Add"):
            shop.add([Product(f"{sys.argv[2]} {n}")])
"""
    others = [subprocess.Popen([sys.executable, "-c", code, str(path), name], cwd=ROOT) for name in "ab"]
    for n in range(40):
        add(shop, f"c {n}")
    assert [other.wait() for other in others] == [0, 0]
    assert len(shop.search()) == 120
    assert len(shop.undo(120)) == 120


def test_a_file_that_stays_locked_is_said_plainly(shop: Shop, path: Path) -> None:
    shop._file.run("PRAGMA busy_timeout=50")
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(UserError, match="did not come free"):
            add(shop, "a")
    add(shop, "a")


def test_a_full_disk_takes_back_the_last_step_and_loses_nothing(
    shop: Shop, path: Path, dump: Callable[[Path], Any]
) -> None:
    add(shop, "kept")
    before = dump(path)
    pages = shop._file.value("PRAGMA page_count")
    shop._file.run(f"PRAGMA max_page_count={pages + 20}")
    with pytest.raises(UserError, match="no room left"):
        add(shop, *(f"too much {n}" * 40 for n in range(3000)))
    assert dump(path) == before
    shop._file.run("PRAGMA max_page_count=1000000")
    add(shop, "fits again")
    assert len(shop.search()) == 2


def test_a_disk_that_fills_up_under_the_file_loses_nothing(path: Path, tmp_path: Path) -> None:
    code = """
import resource, signal, sys
from pathlib import Path
from desktop_app.errors import UserError
from desktop_app.records import Product
from desktop_app.shop import Shop
path = Path(sys.argv[1])
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
with Shop.create(path) as shop:
    with shop.act("Add"):
        shop.add([Product("kept")])
    resource.setrlimit(resource.RLIMIT_FSIZE, (path.stat().st_size + 300_000, resource.RLIM_INFINITY))
    try:
        with shop.act("Add"):
            shop.add(Product(f"too much {n} " * 40) for n in range(9000))
    except UserError as error:
        print(error)
    assert [p.title for p in shop.products(shop.search())] == ["kept"]
    try:
        shop.back_up()
        shop.export_copy(path.with_name("copy"))
    except UserError as error:
        print(error)
"""
    pytest.importorskip("resource")
    run = subprocess.run([sys.executable, "-c", code, str(path)], cwd=ROOT, capture_output=True, text=True)
    assert run.returncode == 0, run.stderr
    assert "nothing that was saved is lost" in run.stdout.lower()
    with Shop.open(path) as shop:
        assert len(shop.search()) == 1
        assert len(shop.undo()) == 1


@pytest.fixture
def not_root() -> Iterator[None]:
    """Be somebody whom a read-only folder stops."""
    if not hasattr(os, "geteuid") or os.geteuid() != 0:
        yield
        return
    os.seteuid(65534)
    yield
    os.seteuid(0)


def test_a_read_only_folder_is_said_plainly(shop: Shop, path: Path, request: pytest.FixtureRequest) -> None:
    shop.close()
    public = Path("/tmp") / f"zhanggui-read-only-{os.getpid()}"
    public.mkdir(mode=0o755)
    inside = public / "shop.zhanggui"
    shutil.copy(path, inside)
    inside.chmod(0o644)
    try:
        request.getfixturevalue("not_root")
        with pytest.raises(UserError, match="read-only"):
            Shop.open(inside)
        with pytest.raises(UserError, match="cannot be written"):
            Shop.create(public / "new.zhanggui")
        with Shop.open(inside, read_only=True) as reader:
            assert reader.search() == []
            with pytest.raises(UserError, match="read-only"):
                add(reader, "a")
        assert os.listdir(public) == ["shop.zhanggui"]
    finally:
        if hasattr(os, "seteuid") and os.getuid() == 0:
            os.seteuid(0)
        shutil.rmtree(public)


def test_synced_and_network_folders_go_without_a_write_ahead_log(tmp_path: Path) -> None:
    folder = tmp_path / "OneDrive - Firma"
    folder.mkdir()
    with Shop.create(folder / "a.zhanggui") as shop:
        add(shop, "a")
        assert shop._file.value("PRAGMA journal_mode") == "delete"
        assert os.listdir(folder) == ["a.zhanggui"]
    with Shop.create(tmp_path / "a.zhanggui") as shop:
        assert shop._file.value("PRAGMA journal_mode") == "wal"
    assert places.is_synced(Path("/Users/a/Library/Mobile Documents/x/a.zhanggui"))
    assert places.is_synced(Path("/home/a/坚果云/a.zhanggui"))
    assert not places.is_synced(Path("/home/a/OneDrive.zhanggui"))
    assert places.is_remote(Path("//server/share/a.zhanggui"))


def test_a_network_disk_is_known_by_its_file_system(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    from types import SimpleNamespace as Mount

    mounts = [
        Mount(mountpoint="/", fstype="ext4", opts="rw"),
        Mount(mountpoint=str(tmp_path), fstype="nfs4", opts="rw"),
    ]
    monkeypatch.setattr(places.psutil, "disk_partitions", lambda **_asked: mounts)
    assert places.is_remote(tmp_path / "a.zhanggui")
    assert not places.is_remote(tmp_path.parent / "a.zhanggui")


def test_a_backup_a_day_is_kept_and_the_oldest_go(shop: Shop, path: Path, tmp_path: Path) -> None:
    add(shop, "a")
    folder = tmp_path / "backups"
    folder.mkdir()
    for day in range(1, 20):
        (folder / f"shop 2020-01-{day:02}.zhanggui").write_bytes(b"old")
    (folder / "shop holiday.txt").write_bytes(b"mine")
    made = shop.back_up(folder, keep=14)
    assert made is not None
    assert shop.back_up(folder) is None
    kept = sorted(p.name for p in folder.iterdir())
    assert len(kept) == 15
    assert kept[0] == "shop 2020-01-07.zhanggui"
    with Shop.open(made) as copy:
        assert len(copy.search()) == 1
        assert len(copy.undo()) == 1
    shop.export_copy(tmp_path / "copy.zhanggui")
    with pytest.raises(UserError, match="there already"):
        shop.export_copy(tmp_path / "copy.zhanggui")


def test_a_backup_that_cannot_be_written_is_said_plainly(shop: Shop, tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(UserError, match="could not be written"):
        shop.back_up(tmp_path / "file" / "folder")


def test_a_damaged_shop_is_said_to_be_so_and_its_whole_backup_stays(tmp_path: Path) -> None:
    path = tmp_path / "s.zhanggui"
    with Shop.create(path) as shop, shop.act("Fill"):
        shop.add([Product(f"Number {n}", description="word " * 200) for n in range(400)])
    with Shop.open(path) as shop:
        kept = shop.back_up()
    assert kept is not None
    whole = kept.read_bytes()
    raw = bytearray(path.read_bytes())
    for page in range(len(raw) // 2 // 4096 * 4096, len(raw), 4096):
        raw[page : page + 64] = b"\xff" * 64
    path.write_bytes(raw)
    with Shop.open(path) as shop, pytest.raises(UserError, match="damaged"):
        shop.export_copy(tmp_path / "copy.zhanggui")
    assert not (tmp_path / "copy.zhanggui").exists()
    assert kept.read_bytes() == whole
