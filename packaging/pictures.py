"""Make a picture of every page × {English, Chinese} × {light, dark} × {empty, full}: `pictures.py FOLDER`.

Nothing is left to chance: a scripted engine writes the texts, the shop is made anew in a temporary folder.
"""

from __future__ import annotations

import os
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

SIZE = (1280, 800)
TEXTS = {
    "en": {
        "bamboo-cutting-board": "A bamboo cutting board for everyday cooking. At 38 × 25 cm it has room for a "
        "whole loaf, and the juice groove keeps the counter dry. It stands firm on non-slip feet and weighs 900 g.",
        "oak-serving-tray": "Carry breakfast to the garden on this oak tray. Two handles make it steady to hold, "
        "and the oiled finish brings out the grain.",
        "linen-tea-towel": "A linen tea towel that has been pre-washed, so it dries from the first day. It measures "
        "50 × 70 cm and has a hanging loop.",
    },
    "zh": {
        "bamboo-cutting-board": "一块天天用得上的竹砧板。38 × 25 厘米，放得下一整条面包；汁槽接住汁水，"
        "防滑脚垫站得稳。重 900 克。",
        "oak-serving-tray": "橡木托盘，两个提手端得稳，表面上油，木纹清楚。早餐端到院子里吃。",
        "linen-tea-towel": "亚麻茶巾，已经水洗过，50 × 70 厘米，带挂绳，挂在手边随时能用。",
    },
}


SAID = {
    "en": [
        (5, "Beautiful tray, the wood looks great."), (4, "Sturdy, but a bit heavy."), (2, "Arrived with a scratch."),
        (5, "Fast delivery and well packed."), (1, "The smell of the oil is terrible."), (5, "Great quality."),
        (3, "Nice look, smaller than I expected."), (5, "Lovely gift."), (2, "Too small for my table."),
        (4, "Good value for the price."), (1, "The handle broke after a week."), (5, "Perfect size."),
    ],
    "zh": [
        (5, "木纹很漂亮，质感很好。"), (4, "很结实，就是有点重。"), (2, "收到有划痕，失望。"),
        (5, "物流很快，包装仔细。"),
        (1, "味道大，很难闻。"), (5, "质量很好，推荐。"), (3, "好看，比想象的小。"), (5, "送人很合适。"),
        (2, "尺寸太小了。"),
        (4, "性价比高，实惠。"), (1, "用了一周就断了，做工差。"), (5, "大小正好，喜欢。"),
    ],
}  # fmt: skip
NAMES = ("Anna", "Li Wei", "Ben", "Chen", "Dora", "Emil", "王女士", "Finn")


def main() -> int:
    """Write the pictures below the folder that is named and say how many there are."""
    target = Path(sys.argv[1] if len(sys.argv) > 1 else "pictures").resolve()
    target.mkdir(parents=True, exist_ok=True)
    count = 0
    with tempfile.TemporaryDirectory() as folder:
        os.environ.setdefault("ZHANGGUI_WEIGHTS", str(_usual_weights()))
        os.environ["ZHANGGUI_DATA"] = folder
        for language in (os.environ.get("PICTURES_LANGUAGE") or "en zh").split():
            for contents in ("empty", "full"):
                shop = _shop(Path(folder) / f"{language}-{contents}.zhanggui", language, contents)
                for colours in ("light", "dark"):
                    for name, picture in _pictures(shop, language, colours, contents):
                        picture.save(str(target / f"{name}-{language}-{colours}-{contents}.png"))
                        count += 1
    print(f"{count} pictures in {target}")
    return 0


def _usual_weights() -> Path:
    from desktop_app import paths

    return paths.weights()


def _shop(path: Path, language: str, contents: str) -> Path:
    from desktop_app import words
    from desktop_app.records import Wishes
    from desktop_app.tasks import describe, drafts, inbox, sample_messages, shops

    words.use(language)
    name = {"en": "Oak & Linen", "zh": "木与麻"}[language]
    shop = shops.new(path, name=name, language=language)
    with shop:
        if contents == "full":
            shops.fill_with_sample(shop, language)
            by_handle = {shop.product(i).handle: i for i in shop.search()}
            ids = [by_handle[handle] for handle in TEXTS[language]]
            others = [i for i in shop.search(text="missing") if i not in ids][:14]
            wishes = Wishes(language=language, writer="weights")
            list(describe.describe(shop, _engine(shop, language), threading.Event(), products=ids, wishes=wishes))
            plain = Wishes(language=language, writer="plain")
            list(describe.describe(shop, None, threading.Event(), products=others, wishes=plain))
            drafts.approve(shop, [d.id for d in shop.drafts(status="new")[:6] if d.id is not None])
            shop.back_up()
            sample_messages.fill_with_messages(shop, language)
            few = shop.find_conversations()[4:24]
            list(inbox.draft_conversations(shop, None, threading.Event(), ids=few))
            for id in few[6:9]:
                inbox.mark_sent(shop, id, inbox.view(shop, id).kept.text)
            inbox.set_state(shop, few[10:12], "waiting")
            _reviews(shop, path.parent, language)
    return path


def _reviews(shop: Any, folder: Path, language: str) -> None:
    """Bring in reviews of a few products and read them as the page does."""
    from desktop_app.settings import Settings
    from desktop_app.tasks import import_reviews, reading

    stop, file, said = threading.Event(), folder / f"reviews-{language}.csv", SAID[language]
    lines = ["handle,rating,body,author,date,id"]
    for place, (handle, count) in enumerate((("oak-serving-tray", 46), ("linen-tea-towel", 19), ("soy-candle", 4))):
        for n in range(count):
            stars, text = said[(n * 7 + place * 3) % len(said)]
            day = f"2026-{1 + n * 9 // count:02}-{1 + n % 28:02}"
            lines.append(f'{handle},{stars},"{text}",{NAMES[n % len(NAMES)]},{day},{handle}-{n}')
    file.write_text("\n".join(lines) + "\n", "utf-8")
    list(import_reviews.import_reviews(shop, stop, reading=import_reviews.look(shop, file)))
    list(reading.read_here(Settings(), shop, stop))


def _engine(shop: Any, language: str) -> Any:
    from desktop_app.engine import ScriptedEngine
    from desktop_app.records import Weights

    class Scripted(ScriptedEngine):
        def about(self) -> Weights:
            return Weights("SmolLM2-135M-Instruct", "", 98_000_000, languages=("en", "zh"), template=True)

    texts = TEXTS[language]
    handles = {str(i): shop.product(i).handle for i in shop.search(status="all")}
    return Scripted(lambda request: texts.get(handles.get(request.id, ""), next(iter(texts.values()))))


def _pictures(shop: Path, language: str, colours: str, contents: str) -> Iterator[tuple[str, Any]]:
    from desktop_app import settings as store
    from desktop_app import ui
    from desktop_app.ui import places

    chosen = store.Settings(language=language, theme=colours, welcomed=True, seconds_a_text=7.5)  # type: ignore[arg-type]
    ui.application(chosen)
    from desktop_app.ui.desk import Desk
    from desktop_app.ui.theme import theme
    from desktop_app.ui.window import Window

    theme.use(chosen.theme)
    window = Window(Desk(chosen))
    window.resize(*SIZE)
    window.go("today")
    window.show()
    window.desk.open(shop)
    window.desk.find_weights()
    _settle(window)
    for place in places.PLACES:
        window.go(place.key)
        _settle(window)
        _stand(window, place.key)
        yield place.key, window.grab()
    if contents == "full":
        yield from _more(window)
    window.close()
    window.deleteLater()


def _stand(window: Any, key: str) -> None:
    """Show something worth looking at: the tray among the products."""
    if key == "reviews" and window.page.model.rowCount() > 1:
        window.page.list.setCurrentIndex(window.page.model.index(1))
        _settle(window)
    if key == "messages" and window.page.model.rowCount():
        window.page.list.stand_on(next(n for n, row in enumerate(window.page.model.rows) if row.action == "draft"))
        _settle(window)
    if key == "products" and window.page.model.rowCount():
        tray = {"en": "Oak serving tray", "zh": "橡木托盘"}
        names = [window.page.model.index(n, 0).data() for n in range(window.page.model.rowCount())]
        wanted = next((n for n, name in enumerate(names) if name in tray.values()), 0)
        window.page.table.stand_on(wanted)
        _settle(window)


def _more(window: Any) -> Iterator[tuple[str, Any]]:
    """Add the states that a page alone does not show."""
    window.go("products")
    _settle(window)
    page = window.page
    page.table.selectAll()
    _settle(window)
    yield "products-chosen", window.grab()
    page.table.stand_on(3)
    _settle(window)
    page.panel.edit_product()
    _settle(window)
    yield "products-form", window.grab()
    page.panel._form.closed.emit()
    _settle(window)
    page.panel.facts.begin_new("Weight")
    _settle(window)
    yield "products-fact", window.grab()
    page.panel.facts.editor.closed.emit()
    hold = threading.Event()
    window.desk._engines = lambda _settings: _slow(hold)
    page.panel.description.write(language="en")
    _wait(lambda: len(page.panel.description.view.text) > 90)
    window.desk.said.emit(window.strip.message.text(), False)
    yield "products-writing", window.grab()
    hold.set()
    _settle(window)
    window.open_palette()
    _settle(window)
    yield "palette", window.grab()
    window.palette_panel.hide()
    window.resize(960, 640)
    for key in ("today", "products", "writing", "messages", "orders", "customers", "insight", "buying", "export"):
        window.go(key)
        _settle(window)
        yield f"small-{key}", window.grab()
    window.resize(760, 700)
    window.go("orders")
    _settle(window)
    yield "narrow-orders", window.grab()
    window.resize(*SIZE)
    yield from _dialogs(window)


def _dialogs(window: Any) -> Iterator[tuple[str, Any]]:
    """Show the dialogs of trade with something in them."""
    from desktop_app.ui.orders.bringing import OrdersFileDialog
    from desktop_app.ui.orders.counting import CountDialog
    from desktop_app.ui.orders.hand_form import HandOrderDialog
    from desktop_app.ui.products.repricing import RepriceDialog

    desk = window.desk
    with desk_shop(desk) as shop:
        ids = shop.search()[:40]
        codes = [v.barcode or v.sku for i in ids[:6] for v in shop.product(i).variants][:7]
    prices = RepriceDialog(window, desk, ids)
    prices.show()
    prices.amount.setText("-35")
    prices.rounding.setCurrentIndex(2)
    _settle(window)
    yield "reprice", prices.grab()
    prices.what.setCurrentIndex(3)
    prices.amount.setText("12")
    _settle(window)
    yield "reprice-stock", prices.grab()
    prices.reject()
    sale = HandOrderDialog(window, desk)
    sale.show()
    _settle(window)
    for at in (2, 5, 5):
        sale._take(sale.offered.item(at))
    sale.name.setText("Anna")
    _settle(window)
    yield "hand-order", sale.grab()
    sale._warned = True
    sale.reject()
    counting = CountDialog(window, desk)
    counting.show()
    for n, code in enumerate([*codes, *codes[:2], "4000000000000"]):
        counting.code.setText(f"{n + 2}*{code}")
        counting.scan()
        _settle(window)
    yield "counting", counting.grab()
    counting.reject()
    file = Path(os.environ["ZHANGGUI_DATA"]) / "orders.csv"
    file.write_text(
        "Order no,Order Date,SKU,Product,Qty,Unit price,Status,Customer name\n"
        "A-1,05/01/2026,T-1,Oak serving tray,1,€39.00,Shipped,Ann Lee\n"
        "A-2,06/01/2026,T-2,Linen tea towel,4,€9.50,Paid,Bo Stern\nTotal,,,,5,,,\n",
        "utf-8",
    )
    bringing = OrdersFileDialog(window, desk, [file])
    bringing.show()
    _settle(window)
    yield "orders-import", bringing.grab()
    bringing.reject()


def desk_shop(desk: Any) -> Any:
    """Open the desk's shop a second time, to look something up."""
    from desktop_app.shop import Shop

    return Shop.open(desk.shop.path, read_only=True)


def _slow(hold: threading.Event) -> Any:
    """Make an engine that stops for the picture in the middle of a sentence."""
    from desktop_app.engine import ScriptedEngine
    from desktop_app.records import Weights

    pieces = [0]

    def wait() -> None:
        pieces[0] += 1
        if pieces[0] > 19:
            hold.wait(10)

    class Slow(ScriptedEngine):
        def about(self) -> Weights:
            return Weights("SmolLM2-135M-Instruct", "", 98_000_000, languages=("en", "zh"), template=True)

    return Slow(TEXTS["en"]["oak-serving-tray"], before_piece=wait)


def _settle(window: Any) -> None:
    desk = window.desk
    quiet = [time.monotonic()]

    def still() -> bool:
        if desk.busy:
            quiet[0] = time.monotonic()
        return time.monotonic() - quiet[0] > 0.15

    _wait(still)


def _wait(until: Callable[[], bool], seconds: float = 20.0) -> None:
    from PySide6.QtCore import QCoreApplication, QEventLoop

    end = time.monotonic() + seconds
    while not until() and time.monotonic() < end:
        QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 20)


if __name__ == "__main__":
    sys.exit(main())
