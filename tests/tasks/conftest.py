"""A shop of one's own, empty or with the sample in it."""

from __future__ import annotations

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
def sample(tmp_path: Path) -> Iterator[Shop]:
    made = shops.sample(tmp_path / "sample.zhanggui", language="en")
    yield made
    made.close()


@pytest.fixture
def trading(tmp_path: Path) -> Iterator[Shop]:
    """The sample's products and orders, and no message yet."""
    made = shops.new(tmp_path / "trading.zhanggui", name="Test")
    shops.fill_with_sample(made, "en")
    yield made
    made.close()
