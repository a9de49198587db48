"""Find out whether the installed program is whole: every part is used once, on files that are thrown away."""

from __future__ import annotations

import importlib
import platform
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

import numpy as np

from desktop_app import __version__, formats, paths, weights, words
from desktop_app.engine import Broken, Ended, LlamaEngine, Message, Request, Sampling
from desktop_app.errors import UserError
from desktop_app.language import plain
from desktop_app.records import Fact, Product, Variant
from desktop_app.shop import Shop
from desktop_app.tasks import calibrate, machine, products
from desktop_app.words import _

TOKENS = 8
KINDS: tuple[Literal["writing"], Literal["meaning"]] = ("writing", "meaning")
# By name only: the question is whether they were packed, whichever room uses them.
LIBRARIES = (
    "sqlite3", "sqlcipher3", "sqlite_utils", "jinja2", "numpy", "psutil", "filelock", "platformdirs", "python_calamine",
    "charset_normalizer", "rapidfuzz", "zlib", "huggingface_hub.file_download", "httpx2",
)  # fmt: skip
ASSETS = ("formats", "icons", "language", "prompts", "sample/products.en.json", "locale/zh/zhanggui.mo", "zhanggui.png")


@dataclass(frozen=True, slots=True)
class Checked:
    """One part that was looked at: fine, or broken and why, in a sentence."""

    what: str
    fine: bool
    text: str


def self_check(draw: Callable[[], str]) -> Iterator[Checked]:
    """Use every part of the program once and yield how each did; nothing of the merchant's is touched.

    ``draw`` draws Chinese the way the window does and returns the font; it raises `UserError` where that fails.
    """
    with tempfile.TemporaryDirectory(prefix="zhanggui-check") as name:
        folder = Path(name)
        yield _tried("program", _program)
        yield _tried("libraries", _libraries)
        yield _tried("data", _data)
        yield _tried("folders", _folders)
        yield _tried("shop", lambda: _shop(folder))
        yield _tried("files", lambda: _files(folder))
        yield _tried("texts", _texts)
        yield from _weights()
        yield _tried("graphics", _graphics)
        yield _tried("fonts", draw)


def _weights() -> Iterator[Checked]:
    writing, meaning = (Path(w.path) if (w := weights.starter(kind)) else None for kind in KINDS)
    with closing(LlamaEngine(writing, meaning_path=meaning, threads=_threads())) as engine:
        yield _tried("engine", lambda: _engine(engine))
        yield _tried("writing", lambda: _writing(engine, writing is not None))
        yield _tried("meaning", lambda: _meaning(engine, meaning is not None))


def _tried(what: str, look: Callable[[], str]) -> Checked:
    try:
        return Checked(what, True, look())
    except UserError as error:
        return Checked(what, False, str(error))
    except Exception as error:  # noqa: BLE001 - a torn part may fail in any way; saying so is what this is for
        return Checked(what, False, f"{type(error).__name__}: {error}")


def _program() -> str:
    how = _("installed") if getattr(sys, "frozen", False) else _("run from its source")
    return _(
        "Zhanggui {version}, {how}; Python {python} on {system}", version=__version__, how=how,
        python=platform.python_version(), system=f"{platform.system()} {platform.machine()}",
    )  # fmt: skip


def _libraries() -> str:
    missing = []
    for name in LIBRARIES:
        try:
            importlib.import_module(name)
        except ImportError as error:
            missing.append(f"{name} ({error})")
    if missing:
        raise UserError("These libraries do not load: {names}. Install the program again.", names="; ".join(missing))
    return _("{n} libraries load", n=len(LIBRARIES))


def _data() -> str:
    missing = [name for name in ASSETS if not (paths.assets() / name).exists()]
    if missing:
        raise UserError("These files are missing: {names}. Install the program again.", names=", ".join(missing))
    if "全部正常。" not in words.every("All is well."):
        raise UserError("The Chinese words cannot be read. Install the program again.")
    return _("the words in both languages and the sample shop are there")


def _folders() -> str:
    for folder in (paths.data(), paths.config(), paths.cache(), paths.weights()):
        with tempfile.TemporaryFile(dir=folder):
            pass
    return _("your folders can be written: {path}", path=paths.data())


def _shop(folder: Path) -> str:
    path = folder / "店 shop.zhanggui"
    with Shop.create(path, name="试 Test") as shop:
        with shop.act("Open the sample shop"):
            shop.add([_product("Oak tray 橡木托盘"), _product("Tea 茶")])
        found = list(shop.search("橡"))
        shop.undo()
        undone = shop.counts().products
    with Shop.open(path) as shop:
        shop.redo()
        kept = [row.title for row in shop.rows(shop.search("橡"))]
        name = shop.setting("name")
    if len(found) != 1 or undone or kept != ["Oak tray 橡木托盘"] or name != "试 Test":
        raise UserError("A shop file was made, but did not give back what was put in. Install the program again.")
    return _("a shop file is made, searched, undone, closed and opened again")


def _files(folder: Path) -> str:
    text = "商品名称,价格,库存\n竹砧板,19.90,4\n茶杯,8.50,12\n"
    table = folder / "商品.csv"
    table.write_bytes(text.encode("gb18030"))
    read = _read(table)
    out = folder / "out.csv"
    for _event in formats.write("shopify", ((product, {}) for product in read), out, threading.Event()):
        pass
    again = _read(out)
    if [p.title for p in read] != ["竹砧板", "茶杯"] or [p.title for p in again] != ["竹砧板", "茶杯"]:
        raise UserError("A product file was read, but not as it was written. Install the program again.")
    return _("product files are read and written")


def _read(path: Path) -> list[Product]:
    return [one for one in formats.read(formats.look(path), threading.Event()) if isinstance(one, Product)]


def _texts() -> str:
    for language in words.LANGUAGES:
        if not plain.write(_product("Oak tray 橡木托盘"), language=language).text:
            raise UserError("No text comes from a product's facts. Install the program again.")
    return _("texts are written from facts alone, in both languages")


def _engine(engine: LlamaEngine) -> str:
    try:
        engine.about()
    except UserError:
        if not engine.alive:  # it never answered; without weights it answers that it has none
            raise
    return _("the engine starts in a process of its own")


def _writing(engine: LlamaEngine, there: bool) -> str:
    if not there:
        raise UserError("The starter weights for writing are not here. Texts from the facts alone work without.")
    wanted = Request(
        "check", (Message("user", "Describe a tea cup."),), sampling=Sampling(temperature=0), max_tokens=TOKENS
    )
    ended = None
    for event in engine.run([wanted], threading.Event()):
        if isinstance(event, Broken):
            raise event.error
        if isinstance(event, Ended):
            ended = event
    if ended is None or ended.kept_tokens != TOKENS or not ended.text.strip():
        raise UserError("The starter weights wrote nothing that can be read. Install the program again.")
    return _("the starter weights wrote {n} tokens: “{text}”", n=ended.kept_tokens, text=ended.text.strip())


def _meaning(engine: LlamaEngine, there: bool) -> str:
    if not there:
        raise UserError("The starter weights for meaning are not here. The program works without.")
    cup, mug, rain = engine.embed(["a cup for tea", "一只茶杯", "the invoice is overdue"])
    if not np.isfinite(cup).all() or float(cup @ mug) <= float(cup @ rain):
        raise UserError("The starter weights for meaning find no meaning. Install the program again.")
    return _("a sentence is understood: {n} numbers, Chinese beside English", n=len(cup))


def _graphics() -> str:
    """Look for graphics cards and let one answer beside the processor; one that does not is left out."""
    found = machine.devices()
    if found.failed:
        return _("the graphics driver ended the process that looked at it; the processor writes")
    path = Path(w.path) if (w := weights.starter("writing")) else None
    steps = calibrate.steps_for(path) if path is not None and found.cards else (0,)
    if path is None or steps == (0,):
        return _("no graphics card is used; the processor writes")
    name = found.cards[0].name
    words_ = [_answer(path, layers) for layers in ((0,), steps)]
    if words_[0] != words_[1]:
        return _("{card} answers otherwise than the processor; texts are checked all the same", card=name)
    return _("{card} answers as the processor does", card=name)


def _answer(path: Path, layers: tuple[int, ...]) -> str:
    wanted = Request("card", (Message("user", "Describe a tea cup."),), sampling=Sampling(0), max_tokens=TOKENS)
    with closing(LlamaEngine(path, threads=_threads(), layers=layers)) as engine:
        return "".join(e.text for e in engine.run([wanted], threading.Event()) if isinstance(e, Ended))


def _product(title: str) -> Product:
    material = Fact("Material", "oak", kind="material", source="merchant", at=products.now())
    return replace(Product(title=title), facts=(material,), variants=(Variant(sku="T-1", stock=3),))


def _threads() -> int:
    return max(1, machine.look().cores - 1)
