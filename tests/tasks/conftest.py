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


@pytest.fixture
def sample(tmp_path: Path, filled_shops: Path) -> Iterator[Shop]:
    with shops.open_shop(Path(shutil.copy(filled_shops / "sample.zhanggui", tmp_path))) as made:
        yield made


@pytest.fixture
def trading(tmp_path: Path, filled_shops: Path) -> Iterator[Shop]:
    """The sample's products and orders, and no message yet."""
    with Shop.open(Path(shutil.copy(filled_shops / "trading.zhanggui", tmp_path))) as made:
        yield made
