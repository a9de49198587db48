"""A shop of one's own, empty or with the sample in it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop_app.shop import Shop
from desktop_app.tasks import shops


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Shop]:
    made = shops.new(tmp_path / "shop.zhanggui", name="Test")
    yield made
    made.close()


@pytest.fixture(scope="session")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the two filled shops, made once; each test changes a copy of its own."""
    folder = tmp_path_factory.mktemp("filled")
    shops.sample(folder / "sample.zhanggui", language="en").close()
    with shops.new(folder / "trading.zhanggui", name="Test") as made:
        shops.fill_with_sample(made, "en")
    return folder


@pytest.fixture
def sample(tmp_path: Path, filled: Path) -> Iterator[Shop]:
    with shops.open_shop(shutil.copy(filled / "sample.zhanggui", tmp_path)) as made:
        yield made


@pytest.fixture
def trading(tmp_path: Path, filled: Path) -> Iterator[Shop]:
    """The sample's products and orders, and no message yet."""
    with Shop.open(shutil.copy(filled / "trading.zhanggui", tmp_path)) as made:
        yield made
