"""A window that is killed while it writes for many products loses none and writes none twice."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from desktop_app.records import Fact, Product, Variant, Wishes
from desktop_app.shop import Shop
from desktop_app.tasks import drafts, export_products, history, jobs, shops

PLAIN = Wishes(writer="plain")
# What somebody does who opens the window and presses "Go on", or begins anew where nothing was begun.
WINDOW = """
import sys
from pathlib import Path
from desktop_app import ui
from desktop_app.records import Wishes
from desktop_app.settings import Settings
from desktop_app.ui import describing
app = ui.application(Settings(language="en", welcomed=True))
from desktop_app.ui.desk import Desk
from desktop_app.ui.window import Window
window = Window(Desk(Settings(language="en", welcomed=True), lambda _settings: None))
window.go("today")
window.show()

def opened():
    print("open", flush=True)
    desk = window.desk
    desk.ask(lambda shop: list(shop.search(sort="title")),
             lambda ids: describing.many(desk, ids, Wishes(writer="plain"), "all"))

window.desk.work.ended.connect(lambda work: (window.close(), app.quit()))
window.desk.open(Path(sys.argv[1]), then=opened)
app.exec()
"""


def _stock(path: Path, count: int) -> list[int]:
    shops.new(path, language="en").close()
    with Shop.open(path) as shop, shop.act("Stock"):
        return shop.add(
            Product(
                f"Oak board {n:03}", facts=(Fact("Material", "oak"), Fact("Width", str(20 + n), "cm")),
                variants=(Variant(sku=f"B-{n}"),),
            )
            for n in range(count)
        )  # fmt: skip


def _killed(path: Path, more: int) -> None:
    """Open a window that writes, and kill it once ``more`` drafts than before are in the shop file."""
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(Path(__file__).parents[2])}
    with subprocess.Popen(
        [sys.executable, "-c", WINDOW, str(path)], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=environment
    ) as process:
        assert process.stdout is not None
        with Shop.open(path, read_only=True) as shop:
            wanted = len(shop.drafts()) + more
            process.stdout.readline()
            end = time.monotonic() + 30
            while len(shop.drafts()) < wanted and process.poll() is None and time.monotonic() < end:
                pass
        process.kill()
    assert process.returncode == -signal.SIGKILL


def _kill_and_go_on(path: Path, count: int, kills: int) -> None:
    ids, dice = _stock(path, count), random.Random(kills)
    for _n in range(kills):
        _killed(path, dice.randint(0, count // kills - 2))
    with Shop.open(path) as shop:
        job = jobs.take_up(shop, products=shop.search(sort="title"), wishes=PLAIN, choice="all")
        assert job is not None
        if shop.job(job).left:
            list(jobs.run(shop, None, threading.Event(), job=job))
        assert [(j.state, j.done, j.failed, j.total) for j in shop.jobs()] == [("done", count, 0, count)]
        assert sorted(d.product for d in shop.drafts()) == ids
        drafts.approve(shop, [d.id or 0 for d in shop.drafts()])
        first = shop.drafts()[0]
        drafts.edit(shop, first.id or 0, "In my own words.")
        history.undo(shop)
        assert shop.draft(first.id or 0).text == first.text
        target = path.with_suffix(".csv")
        list(export_products.export_products(shop, threading.Event(), path=target))
        assert first.text.split("\n")[0][:20] in target.read_text("utf-8")


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="no kill here")
def test_two_kills_of_the_window_lose_no_product_and_write_none_twice(tmp_path: Path) -> None:
    _kill_and_go_on(tmp_path / "shop.zhanggui", count=60, kills=2)


@pytest.mark.long
@pytest.mark.timeout(900)
@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="no kill here")
def test_thirty_kills_of_the_window_lose_no_product_and_write_none_twice(tmp_path: Path) -> None:
    _kill_and_go_on(tmp_path / "shop.zhanggui", count=300, kills=30)
