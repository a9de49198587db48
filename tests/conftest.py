"""What every test may ask for: a data folder of its own, the shared real files, the starter weights."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

if TYPE_CHECKING:
    from desktop_app.engine import LlamaEngine

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")


# The gate tries the same cases each time and asserts no time: a change is judged by what it changed, and a loaded
# machine fails nothing. `make accept` goes looking with other cases.
settings.register_profile("gate", derandomize=True, deadline=None, database=None)
settings.register_profile("wide", deadline=None, print_blob=True)
settings.load_profile("gate")


def no_connection_leaves(event: str, arguments: tuple[object, ...]) -> None:
    """Fail whatever test lets this process connect to anything but itself."""
    if event == "socket.connect":
        address = arguments[1]
        host = address[0] if isinstance(address, tuple) else ""
        if host and host not in {"127.0.0.1", "::1", "localhost"}:
            raise AssertionError(f"a connection to {host} was tried; nothing may leave the machine unasked")


sys.addaudithook(no_connection_leaves)
SHARED = Path(__file__).resolve().parent.parent.parent / "shared"
if "ZHANGGUI_WEIGHTS" not in os.environ:
    # Before any test moves the data folder: the real starter weights stay where `make setup` put them.
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
    from desktop_app import paths

    os.environ["ZHANGGUI_WEIGHTS"] = str(paths.weights())


@pytest.fixture(autouse=True)
def own_data_folder(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Give each test its own settings, shop and cache folders."""
    from desktop_app import words

    monkeypatch.setenv("ZHANGGUI_DATA", str(tmp_path_factory.mktemp("data")))
    words.use("en")
    yield
    words.use("en")


@pytest.fixture(scope="session", autouse=True)
def laid_out_once() -> Iterator[None]:
    """Lay the tables of a new shop out once for each name it is given; every further one is a copy of that file.

    Two hundred statements a shop took a tenth of the suite. What holds how a file is made asks for `laid_out_anew`.
    """
    from desktop_app.shop import shop

    kept: dict[tuple[tuple[str, str], ...], bytes] = {}
    lay_out = shop._lay_out

    def copied(path: Path, settings: dict[str, str]) -> None:
        asked = tuple(settings.items())
        if asked in kept:
            path.write_bytes(kept[asked])
        else:
            lay_out(path, settings)
            kept[asked] = path.read_bytes()

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(shop, "_lay_out", copied)
        patch.setattr(shop, "_lay_out_anew", lay_out, raising=False)
        yield


@pytest.fixture
def laid_out_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make each shop file of this test from nothing."""
    from desktop_app.shop import shop

    monkeypatch.setattr(shop, "_lay_out", shop._lay_out_anew)  # type: ignore[attr-defined]


@pytest.fixture(scope="session")
def shared() -> Path:
    """Return the folder of real files; under CI its absence is a failure, elsewhere a loud skip."""
    if not (SHARED / "data").is_dir():
        if os.environ.get("CI"):
            pytest.fail(f"the real files are missing: {SHARED}")
        pytest.skip(f"the real files are missing: {SHARED}")
    return SHARED


@pytest.fixture(scope="session")
def starter() -> Path:
    """Return the starter writing weights, which `make setup` fetches; their absence is a failure."""
    from desktop_app import weights

    found = weights.starter("writing")
    if found is None:
        pytest.fail("the starter weights are missing: run `make setup`")
    return Path(found.path)


@pytest.fixture(scope="session")
def filled_shops(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with the sample shop, and one of its products and orders, made once; each test takes a copy."""
    from desktop_app.tasks import shops

    folder = tmp_path_factory.mktemp("filled")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ZHANGGUI_DATA", str(folder / "data"))
        for _step in shops.make_sample(folder / "sample.zhanggui", language="en"):
            pass
        with shops.new(folder / "trading.zhanggui", name="Test", language="en") as made:
            shops.fill_with_sample(made, "en")
    return folder


@pytest.fixture(scope="session")
def meaning() -> Path:
    """Return the starter weights for meaning; their absence is a failure."""
    from desktop_app import weights

    found = weights.starter("meaning")
    if found is None:
        pytest.fail("the starter weights for meaning are missing: run `make setup`")
    return Path(found.path)


@pytest.fixture(scope="session")
def engine(starter: Path, meaning: Path) -> Iterator[LlamaEngine]:
    """Run one real engine with both starter weights for all who only ask it: it starts once, not once a file."""
    from desktop_app.engine import LlamaEngine

    running = LlamaEngine(starter, meaning_path=meaning)
    yield running
    running.close()
