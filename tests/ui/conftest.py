"""A real window over a real shop file, offscreen."""

from __future__ import annotations

import gc
import sys
import time
from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from desktop_app import words
from desktop_app.engine import Engine
from desktop_app.records import Draft, Fact, Finding, Image, Product, Span, Variant
from desktop_app.settings import Settings
from desktop_app.shop import Shop

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "packaging"))

TEXT = "Carry breakfast to the garden on this oak tray. It holds 12 cups."


def span(word: str, *facts: str) -> Span:
    return Span(TEXT.index(word), TEXT.index(word) + len(word), facts)


PATIENCE = 90_000  # ms; for what must come at all, on a machine that also does other things


class Patient(QtBot):
    """Waits for what a merchant sees as long as it takes on a slow machine; what comes sooner costs nothing."""

    def waitUntil(self, callback: Any, *, timeout: int = PATIENCE) -> None:
        """See `QtBot.waitUntil`."""
        super().waitUntil(callback, timeout=timeout)

    def waitSignal(self, signal: Any, *, timeout: int = PATIENCE, **more: Any) -> Any:
        """See `QtBot.waitSignal`."""
        return super().waitSignal(signal, timeout=timeout, **more)


@pytest.fixture
def qtbot(qapp: object, request: pytest.FixtureRequest) -> Patient:
    """Return the hand that clicks and waits."""
    return Patient(request)


@pytest.fixture(scope="session", autouse=True)
def chinese() -> None:
    """Compile the catalogue the program reads, as `make setup` does."""
    import compile_words

    compile_words.main()


@pytest.fixture(scope="package", autouse=True)
def collected_on_this_thread() -> Iterator[None]:
    """Let Python collect between the tests alone: on a worker's thread it must not destroy what is Qt's."""
    gc.disable()
    yield
    gc.enable()
    if QGuiApplication.instance() is not None:
        QGuiApplication.clipboard().clear()  # offscreen it would be let go after Python, which made what lies in it


@pytest.fixture
def shop_file(tmp_path: Path) -> Path:
    """A shop of twelve products: some with a draft, one approved, one in several variants."""
    path = tmp_path / "Oak & Linen.zhanggui"
    picture = tmp_path / "tray.svg"
    picture.write_text(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8"><path fill="#c96" d="M0 0h8v8H0z"/></svg>'
    )
    names = ["Bamboo board", "Linen towel", "Enamel mug", "Raincoat", "Oak tray", "Soy candle", "Wool throw",
             "Brass hook", "Stoneware bowl", "Apron", "Walnut spoon", "竹篮"]  # fmt: skip
    facts = (Fact("Material", "oak"), Fact("Size", "40 × 28 cm"))
    with Shop.create(path, name="Oak & Linen", currency="USD", language="en") as shop, shop.act("Fill"):
        ids = shop.add(_product(n, name, facts, picture) for n, name in enumerate(names))
        for number in ids[:4]:
            shop.add_draft(_draft(number, flagged=number == ids[1]))
        approved = shop.add_draft(_draft(ids[5], flagged=False))
        shop.set_draft_status([approved.id or 0], "approved")
    return path


def _product(number: int, name: str, facts: tuple[Fact, ...], picture: Path) -> Product:
    variants: tuple[Variant, ...] = (Variant(f"KIT-{number:04}", price=Decimal("12.50") + number, stock=number * 3),)
    if name == "Raincoat":
        variants = tuple(
            Variant(f"RAIN-{s}", options=(("Size", s),), price=Decimal(39), stock=3) for s in ("98", "104", "110")
        )
    images = (Image(str(picture), "The tray"), Image("https://cdn.example.com/tray.jpg")) if name == "Oak tray" else ()
    text = "<p>An old text.</p>" if number < 6 else ""
    return Product(name, description=text, facts=facts, variants=variants, images=images, language="en")


def _draft(product: int, *, flagged: bool) -> Draft:
    findings = (
        Finding(TEXT.index("12"), TEXT.index("12") + 2, "12", "number", "“12” is not in this product’s facts."),
    )
    return Draft(product, "description", "en", TEXT, source="weights", weights="SmolLM2", refused=2,
                 evidence=(span("oak", "Material"),), findings=findings if flagged else ())  # fmt: skip


@pytest.fixture
def settings() -> Settings:
    return Settings(language="en", theme="light", welcomed=True)


@pytest.fixture
def open_window(qtbot: QtBot, settings: Settings) -> Iterator[Callable[..., Any]]:
    """Open a window on a shop file and wait until the shop is there."""
    from desktop_app import ui
    from desktop_app.ui.desk import Desk
    from desktop_app.ui.window import Window

    opened: list[Window] = []

    def make(
        shop: Path | None, engines: Callable[[Settings], Engine | None] = lambda _s: None, **change: Any
    ) -> Window:
        from dataclasses import replace

        chosen = replace(settings, **change)
        ui.application(chosen)
        ui.speak(chosen)
        from desktop_app.ui.theme import theme

        theme.use(chosen.theme)
        window = Window(Desk(chosen, engines))
        opened.append(window)
        window.resize(1280, 800)  # the offscreen screen is smaller than any that is sold
        window.go("today")
        window.show()
        if shop is not None:
            with qtbot.waitSignal(window.desk.counted):
                window.desk.open(shop)
        return window

    yield make
    while opened:
        window = opened.pop()
        window.unless_typed = lambda _then: True  # what a test typed and left would keep its threads from ending
        assert window.close()
        window.deleteLater()
        del window
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    words.use("en")
    gc.collect(1)


@pytest.fixture
def window(open_window: Callable[..., Any], shop_file: Path) -> Any:
    return open_window(shop_file)


@pytest.fixture
def settle(qtbot: QtBot) -> Callable[[Any], None]:
    """Wait until a window has nothing more to read, to write or to tell."""

    def wait(window: Any) -> None:
        desk = window.desk
        seen: list[float] = []  # when it was seen at rest, since it was last seen at work

        def still() -> bool:
            # Several looks, each after Qt did what waited: one event may take longer than the rest that is asked for,
            # and what it made is shown by events of its own.
            if desk.busy:
                seen.clear()
                return False
            seen.append(time.monotonic())
            return len(seen) > 4 and seen[-1] - seen[0] > 0.1

        qtbot.waitUntil(still)

    return wait
