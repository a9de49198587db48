"""Ask 120 questions of a knowledge of 80 passages, half of it Chinese, a third of them not answered there.

Printed: whether every quote stands in its passage letter for letter, whether any answer rests on nothing, how many of
the unanswerable questions are said to be so, which numbers stand in no passage and no fact, and how many of the others
were answered from the right passage. With ``--speed``: forty replies in one batch against one by one.
"""

from __future__ import annotations

import argparse
import re
import statistics
import sys
import tempfile
import threading
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from desktop_app.engine import Engine  # noqa: E402
from desktop_app.knowledge_records import ReplyDraft, Said, Thread  # noqa: E402
from desktop_app.settings import Settings  # noqa: E402
from desktop_app.shop import Shop  # noqa: E402
from desktop_app.tasks import engines, knowledge, reply, shops  # noqa: E402
from desktop_app.tasks.library import Library  # noqa: E402
from desktop_app.tasks.products import now  # noqa: E402

FOLDER = ROOT / "tests" / "data" / "replies"
FILES = ("faq.en.csv", "terms.en.md", "faq.zh.csv", "rules.zh.md")
ON = now()[:10]  # a library of another day would be made anew for each reply


def shop_of(folder: Path) -> Shop:
    """Make a shop that knows the 80 passages."""
    shop = shops.new(folder / "shop.zhanggui", name="Linden Goods")
    for name in FILES:
        list(knowledge.import_knowledge(shop, threading.Event(), looked=knowledge.look(shop, FOLDER / name)))
    return shop


def questions() -> list[tuple[str, str, bool, str]]:
    """Return (language, question, whether it can be answered, the passage's question)."""
    rows = [line.split("\t") for line in (FOLDER / "questions.tsv").read_text("utf-8").splitlines() if line]
    return [(row[0], row[2], row[1] == "a", row[3]) for row in rows]


def figures(shop: Shop, drafts: list[ReplyDraft]) -> dict[str, float]:
    """Return what is measured over the drafts, in the order of ``questions``."""
    asked = questions()
    passages = {p.id: p for p in shop.passages()}
    quotes = [(d, q) for d in drafts for q in d.quotes]
    claims = [(d, part) for d in drafts for part in d.parts if part.kind in {"answer", "fact"}]
    loose = [
        (number, d.text) for d in drafts for number in re.findall(r"\d+(?:[.,:]\d+)*", d.text)
        if not any(number in text for text in (*(q.quote for q in d.quotes), *(f.value + f.ref for f in d.facts)))
    ]  # fmt: skip
    unanswerable = [d for d, (_t, _q, fine, _p) in zip(drafts, asked, strict=True) if not fine]
    answerable = [(d, p) for d, (_t, _q, fine, p) in zip(drafts, asked, strict=True) if fine]
    said = [bool(d.missing) and not d.quotes for d in unanswerable]
    right = [any(passages[q.passage].question == p for q in d.quotes) for d, p in answerable]
    wrong = [bool(d.quotes) and not ok for (d, _p), ok in zip(answerable, right, strict=True)]
    return {
        "questions": len(drafts), "passages": len(passages), "quotes": len(quotes),
        "quotes in their passage": sum(q.quote in passages[q.passage].text for _d, q in quotes) / max(len(quotes), 1),
        "answers that rest on nothing": sum(not (part.quotes or part.facts) for _d, part in claims),
        "numbers outside passages and facts": len(loose),
        "unanswerable said to be so": sum(said) / len(said),
        "answered from the right passage": sum(right) / len(right), "from a wrong one": sum(wrong) / len(wrong),
        "written by weights": sum(d.writer != "plain" for d in drafts),
        "sentences refused": sum(d.refused for d in drafts),
    }  # fmt: skip


def main() -> None:
    """Run it with the starter weights and print the figures."""
    wishes = argparse.ArgumentParser(description=__doc__)
    wishes.add_argument("--speed", action="store_true", help="forty in one batch against one by one")
    wishes.add_argument("--show", action="store_true", help="print every draft")
    told = wishes.parse_args()
    engine = engines.engine_for(Settings())
    with tempfile.TemporaryDirectory() as folder:
        shop = shop_of(Path(folder))
        if told.speed:
            _speed(shop, engine)
        else:
            threads = [Thread((Said(q),), id=str(n)) for n, (_t, q, _f, _p) in enumerate(questions())]
            drafts = list(reply.draft_replies(shop, engine, threads, threading.Event()))
            if told.show:
                for (_t, question, fine, _p), draft in zip(questions(), drafts, strict=True):
                    body = " / ".join(p.text for p in draft.parts if p.kind not in {"opening", "closing"})
                    print(f"{'?' if fine else '-'} {question}\n    [{draft.action}, {draft.writer}] {body}")
            for name, value in figures(shop, drafts).items():
                print(f"{name}: {value:.3f}" if isinstance(value, float) else f"{name}: {value}")
        shop.close()
    if engine is not None:
        engine.close()


def _speed(shop: Shop, engine: Engine | None) -> None:
    """Print how much sooner forty English replies are there in one batch; three rounds, the order turned each time."""
    texts = [q for tongue, q, fine, _p in questions() if fine and tongue == "en"][:40]
    library = Library(shop, engine, on=ON)

    def batch() -> float:
        started = time.perf_counter()
        threads = [Thread((Said(q),)) for q in texts]
        list(reply.draft_replies(shop, engine, threads, threading.Event(), library=library))
        return time.perf_counter() - started

    def alone() -> float:
        started = time.perf_counter()
        for text in texts:
            reply.draft_reply(shop, engine, [Said(text)], threading.Event(), library=library)
        return time.perf_counter() - started

    batch()  # weights loaded, prompts known
    ratios = []
    for turn in range(3):
        one, many = (alone(), batch()) if turn % 2 else tuple(reversed((batch(), alone())))
        ratios.append(one / many)
        print(f"one by one {one:.1f} s, in one batch {many:.1f} s: {one / many:.2f} times")
    print(f"median {statistics.median(ratios):.2f}")


if __name__ == "__main__":
    main()
