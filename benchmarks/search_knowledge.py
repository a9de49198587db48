"""Time a search among 5,000 passages, meanings and words together, from the question to the passages found.

The passages' own vectors are drawn by lot and put into the shop file (5,000 real ones take minutes to compute and as
long to compare); the question's is computed by the real weights each time, which is most of what a search costs.
"""

from __future__ import annotations

import argparse
import random
import statistics
import sys
import tempfile
import time
from pathlib import Path

import numpy as np

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from desktop_app.knowledge_records import Passage, Source  # noqa: E402
from desktop_app.settings import Settings  # noqa: E402
from desktop_app.shop.knowledge import digest_of  # noqa: E402
from desktop_app.tasks import engines, shops  # noqa: E402
from desktop_app.tasks.library import Library, meaning_mark  # noqa: E402

ENGLISH = (
    "delivery parcel order return refund size colour linen wash cotton lamp warranty invoice voucher gift card box "
    "price sale stock wood oak bowl tea cup candle wool towel shirt courier tracking address studio repair glaze"
)
CHINESE = (
    "发货 快递 订单 退货 退款 尺码 颜色 棉麻 清洗 台灯 保修 发票 "
    "优惠券 礼盒 价格 活动 库存 橡木 茶杯 蜡烛 羊毛 毛巾 地址 单号"
)
WORDS = {"en": ENGLISH.split(), "zh": CHINESE.split()}


def main() -> None:
    """Print how long a search takes, and how long it takes to make the knowledge ready."""
    wishes = argparse.ArgumentParser(description=__doc__)
    wishes.add_argument("--passages", type=int, default=5_000)
    wishes.add_argument("--searches", type=int, default=200)
    told = wishes.parse_args()
    chance, draw = random.Random(1), np.random.default_rng(1)
    engine = engines.engine_for(Settings())
    assert engine is not None
    with tempfile.TemporaryDirectory() as folder, shops.new(Path(folder) / "a.zhanggui", name="Big") as shop:
        passages = []
        with shop.act("Fill"):
            source = shop.add_knowledge_source(Source("big.csv", "faq"))
            for n in range(told.passages):
                tongue = "en" if n % 2 else "zh"
                glue = " " if tongue == "en" else ""
                text = glue.join(chance.choices(WORDS[tongue], k=30)) + f" {n}."
                question = glue.join(chance.choices(WORDS[tongue], k=6))
                passages.append(Passage(text, question, tongue, row=n + 2, source=source))
            shop.add_passages(passages)
        size = engine.embed(["x"]).shape[1]
        vectors = draw.normal(size=(2, told.passages, size)).astype(np.float32)
        vectors /= np.linalg.norm(vectors, axis=2, keepdims=True)
        shop.keep_meanings(meaning_mark(engine), [digest_of(p) for p in passages], vectors[0], vectors[1])
        started = time.perf_counter()
        library = Library(shop, engine, on="2026-11-25")
        ready = time.perf_counter() - started
        library.search(["warm"])
        times, words, alone = list[float](), list[float](), list[float]()
        (known,) = engine.embed(["warm"], query=True)
        for n in range(told.searches):
            tongue = "en" if n % 2 else "zh"
            query = ("" if tongue == "zh" else " ").join(chance.choices(WORDS[tongue], k=7))
            started = time.perf_counter()
            library.search([query])
            times.append((time.perf_counter() - started) * 1000)
            started = time.perf_counter()
            library.search_vectors([query], known[None, :])
            alone.append((time.perf_counter() - started) * 1000)
            started = time.perf_counter()
            shop.find_passages(query.split()[0][:6])
            words.append((time.perf_counter() - started) * 1000)
    engine.close()
    told_of = {
        "a question read by the weights and searched": times, "of that the search": alone,
        "search by words in the file": words,
    }  # fmt: skip
    for name, several in told_of.items():
        several.sort()
        slow = several[int(len(several) * 0.95)]
        print(f"{name}: median {statistics.median(several):.1f} ms, 95th percentile {slow:.1f} ms")
    print(f"made ready in {ready:.1f} s, {told.passages} passages")


if __name__ == "__main__":
    main()
