from __future__ import annotations

import os
import random
import signal
import threading
from pathlib import Path

import pytest

from desktop_app.engine import LlamaEngine
from desktop_app.errors import UserError
from desktop_app.records import Described, Draft, Fact, Failed, Note, Piece, Product, Saved, Span, Variant, Wishes
from desktop_app.shop import Shop
from desktop_app.tasks import describe, drafts, history


def run(shop: Shop, engine: LlamaEngine | None, ids: list[int], wishes: Wishes, stop: threading.Event | None = None):  # type: ignore[no-untyped-def]
    return list(describe.describe(shop, engine, stop or threading.Event(), products=ids, wishes=wishes))


def test_without_weights_the_text_is_built_from_the_facts_and_says_so(sample: Shop) -> None:
    ids = list(sample.search(sort="title"))[:3]
    events = run(sample, None, ids, Wishes(language="en"))
    saved = [e.draft for e in events if isinstance(e, Saved)]
    assert [d.product for d in saved] == ids
    assert {d.source for d in saved} == {"plain"}
    assert any(isinstance(e, Note) for e in events)
    assert all(d.text and d.evidence and not d.findings for d in saved)


def test_a_language_nobody_here_writes_is_refused_and_no_text_is_called_by_it(sample: Shop) -> None:
    before = sample.actions(limit=1)
    for language in ("fr", "xx"):
        with pytest.raises(UserError, match=language):
            run(sample, None, sample.search()[:1], Wishes(language=language))
    assert sample.drafts() == []
    assert sample.actions(limit=1) == before


def test_all_drafts_of_a_job_are_one_action(sample: Shop) -> None:
    ids = list(sample.search())[:4]
    end = run(sample, None, ids, Wishes(writer="plain"))[-1]
    assert isinstance(end, Described)
    assert len(sample.drafts()) == 4
    history.undo(sample)
    assert sample.drafts() == []
    history.redo(sample)
    assert len(sample.drafts()) == 4


def test_the_weights_write_and_the_text_streams_into_what_is_saved(sample: Shop, engine: LlamaEngine) -> None:
    product = sample.search(sort="title")[0]
    events = run(sample, engine, [product], Wishes(language="en", writer="weights", length="short"))
    draft = next(e.draft for e in events if isinstance(e, Saved))
    written = "".join(e.text for e in events if isinstance(e, Piece))
    assert draft.source in {"weights", "mixed", "plain"}
    assert draft.text.split()[0] in written
    assert draft.weights
    assert len(draft.weights_sha256) == 64
    assert draft.prompt
    assert draft.facts


def test_small_weights_are_not_asked_for_chinese(sample: Shop, engine: LlamaEngine) -> None:
    events = run(sample, engine, list(sample.search())[:1], Wishes(language="zh"))
    note = next(e for e in events if isinstance(e, Note))
    assert "Chinese" in note.text
    assert next(e.draft for e in events if isinstance(e, Saved)).source == "plain"


def test_stop_keeps_what_is_written_of_the_one_product_on_screen(sample: Shop, engine: LlamaEngine) -> None:
    stop, pieces = threading.Event(), 0
    wishes = Wishes(writer="weights", length="long")
    for event in describe.describe(sample, engine, stop, products=[sample.search()[0]], wishes=wishes):
        pieces += isinstance(event, Piece)
        if pieces == 1:
            stop.set()
    draft = sample.drafts()[0]
    assert draft.text
    assert draft.stopped or isinstance(event, Described)


def test_stop_of_many_keeps_the_finished_and_writes_no_more(sample: Shop, engine: LlamaEngine) -> None:
    stop = threading.Event()
    ids, saved, pieces = list(sample.search())[:6], [], 0
    wishes = Wishes(writer="weights", length="long")
    for event in describe.describe(sample, engine, stop, products=ids, wishes=wishes):
        pieces += isinstance(event, Piece)
        if pieces >= 2:
            stop.set()
        if isinstance(event, Saved):
            saved.append(event.draft)
    assert isinstance(event, Described)
    assert event.stopped
    assert len(saved) < len(ids)
    assert len(sample.drafts()) == len(saved)


def test_a_number_that_no_fact_carries_is_marked_when_the_merchant_edits(sample: Shop) -> None:
    product = sample.search()[0]
    draft = next(e.draft for e in run(sample, None, [product], Wishes(writer="plain")) if isinstance(e, Saved))
    assert draft.id is not None
    drafts.edit(sample, draft.id, "It weighs 98765 kg.")
    marked = sample.draft(draft.id)
    assert marked.source == "merchant"
    assert "number" in [f.kind for f in marked.findings]
    assert any("98765" in marked.text[f.start : f.end] for f in marked.findings)


def test_an_emptied_text_is_refused_and_the_draft_stays(sample: Shop) -> None:
    draft = next(
        e.draft for e in run(sample, None, [sample.search()[0]], Wishes(writer="plain")) if isinstance(e, Saved)
    )
    assert draft.id is not None
    with pytest.raises(UserError):
        drafts.edit(sample, draft.id, "   ")
    assert sample.draft(draft.id).text == draft.text


def kills_in_a_run(shop: Shop, starter: Path, *, products: int, kills: int, seed: int) -> tuple[int, Described]:
    """Describe ``products`` while the engine process is killed at random moments; return kills made and the end."""
    dice, made, engine = random.Random(seed), 0, LlamaEngine(starter)
    done = threading.Event()

    def killer() -> None:
        nonlocal made
        while made < kills and not done.is_set():
            if done.wait(dice.uniform(0.05, 1.2)):
                return
            pid = engine.pid
            if pid is not None:
                try:
                    os.kill(pid, signal.SIGKILL)
                    made += 1
                except ProcessLookupError:
                    continue

    thread = threading.Thread(target=killer, daemon=True)
    thread.start()
    try:
        ids = list(shop.search(sort="title"))[:products]
        events = run(shop, engine, ids, Wishes(writer="weights", length="short"))
    finally:
        done.set()
        thread.join()
        engine.close()
    end = events[-1]
    assert isinstance(end, Described)
    return made, end


def a_board(n: int) -> Product:
    facts = (Fact("Material", "oak"), Fact("Size", f"{20 + n} × 25", "cm"), Fact("Care", "wash by hand"))
    return Product(f"Serving board no. {n}", facts=facts, variants=(Variant(sku=f"B-{n}"),))


@pytest.fixture
def forty(shop: Shop) -> Shop:
    with shop.act("Forty products"):
        shop.add([a_board(n) for n in range(40)])
    return shop


@pytest.mark.parametrize(
    ("products", "kills"), [(5, 2), pytest.param(40, 20, marks=[pytest.mark.long, pytest.mark.timeout(1200)])]
)
def test_killing_the_engine_loses_no_draft_and_writes_none_twice(
    forty: Shop, starter: Path, products: int, kills: int
) -> None:
    made, end = kills_in_a_run(forty, starter, products=products, kills=kills, seed=kills)
    assert made == kills
    written = [d.product for d in forty.drafts()]
    assert len(written) == len(set(written)) == end.count == products


def test_no_value_of_an_example_leaks_into_what_small_weights_write(shop: Shop, engine: LlamaEngine) -> None:
    bowl = Product(
        "Walnut bowl", facts=(Fact("Material", "walnut"), Fact("Diameter", "31", "cm"), Fact("Colour", "amber"))
    )
    with shop.act("Stock"):
        first, *others = shop.add(
            [
                bowl,
                *(
                    Product(f"Linen towel {n}", facts=(Fact("Material", "linen"), Fact("Origin", "Latvia")))
                    for n in "AB"
                ),
            ]
        )
        kept = shop.add_draft(
            Draft(product=first, field="description", language="en", text="The walnut bowl is amber and 31 cm wide.",
                  source="merchant", evidence=(Span(4, 10, ("Material",)),))
        )  # fmt: skip
    drafts.approve(shop, [kept.id or 0])
    events = run(shop, engine, others, Wishes(language="en", writer="weights", length="short"))
    texts = [e.draft.text for e in events if isinstance(e, Saved)]
    assert len(texts) == 2
    assert not any(
        word in text for text in texts for word in ("walnut", "31", "amber", "pear wood", "acrylic", "mustard")
    )


def test_two_products_of_which_the_same_is_known_are_not_described_in_the_same_words(shop: Shop) -> None:
    with shop.act("Stock"):
        ids = shop.add([Product("Pit-fired vase", facts=(Fact("Material", "ceramic"),)) for _n in range(3)])
    texts = [e.draft.text for e in run(shop, None, ids, Wishes(writer="plain")) if isinstance(e, Saved)]
    assert len(set(texts)) > 1


def test_of_a_product_with_only_a_name_nothing_is_written_and_it_is_said(shop: Shop) -> None:
    with shop.act("Stock"):
        ids = shop.add([Product("Album"), Product("Oak tray", facts=(Fact("Material", "oak"), Fact("Size", "40 cm")))])
    events = run(shop, None, ids, Wishes(writer="plain"))
    assert [e.product for e in events if isinstance(e, Failed)] == ids[:1]
    assert [e.draft.product for e in events if isinstance(e, Saved)] == ids[1:]
