"""What the tests of files ask for: the real catalogue files, a way to write small ones, and to read them whole."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from desktop_app import formats
from desktop_app.formats import Reading
from desktop_app.records import Problem, Product


@dataclass(frozen=True)
class Whole:
    """A file that was read to its end."""

    reading: Reading
    products: tuple[Product, ...]
    problems: tuple[Problem, ...]

    @property
    def variants(self) -> int:
        return sum(len(product.variants) for product in self.products)

    @property
    def images(self) -> int:
        return sum(len(product.images) for product in self.products)

    @property
    def facts(self) -> int:
        return sum(len(product.facts) for product in self.products)

    def named(self, title: str) -> Product:
        return next(product for product in self.products if product.title == title)


def read_whole(path: Path, **overrides: object) -> Whole:
    reading = formats.look(path, **overrides)  # type: ignore[arg-type]
    found = list(formats.read(reading, threading.Event()))
    products = tuple(item for item in found if isinstance(item, Product))
    return Whole(reading, products, tuple(item for item in found if isinstance(item, Problem)))


@pytest.fixture
def whole() -> Callable[..., Whole]:
    return read_whole


@pytest.fixture
def catalog(shared: Path) -> Path:
    return shared / "data" / "catalog"


@pytest.fixture
def written(tmp_path: Path) -> Callable[..., Path]:
    def write(content: str | bytes, name: str = "table.csv", encoding: str = "utf-8") -> Path:
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode(encoding))
        return path

    return write
