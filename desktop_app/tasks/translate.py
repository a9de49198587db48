"""Translate approved texts: numbers, units, sizes and names are kept and held by code, and each is read back."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from dataclasses import replace

from desktop_app import weights
from desktop_app.engine import Ended, Engine, Request, Sampling
from desktop_app.engine import Message as Turn
from desktop_app.language import fields, kept, tongue_prompt
from desktop_app.records import Draft, Failed, Note, Piece, Product, Progress, Saved, Weights
from desktop_app.tasks.work import Work, seed_of, told_of
from desktop_app.words import _

Events = Note | Piece | Saved | Progress | Failed
TRIES = 3


def translate(
    work: Work, engine: Engine | None, about: Weights | None, ids: Sequence[int], stop: threading.Event
) -> Iterator[Events]:
    """Write for each product its approved text in the wished language, with a back-reading beside it.

    Where the weights cannot write both languages, or lose a number or a name in every try, the plain writer says the
    product's facts in that language instead, and the draft says so. A product without an approved text fails.
    """
    wishes = work.wishes
    able = engine is not None and about is not None and wishes.writer != "plain" and all(
        weights.can_write(about, tongue) for tongue in (wishes.language, wishes.translated_from)
    )  # fmt: skip
    if not able and wishes.writer != "plain":
        yield Note(_("No weights here write both languages, so the texts are built from the same facts instead."))
    for number in ids:
        if stop.is_set():
            return
        product = work.shop.product(number)
        source = next(
            (d for d in work.shop.approved([number])
             if (d.field, d.language) == (wishes.field, wishes.translated_from)), None
        )  # fmt: skip
        if source is None:
            yield Failed(number, _("{title} has no approved text to translate.", title=product.title))
            continue
        draft = None
        if able and engine is not None and about is not None:
            draft = _by_weights(work, engine, about, product, source, stop)
        if stop.is_set() and draft is None and able:
            return
        draft = draft or _by_facts(work, product)
        if work.total == 1:
            yield Piece(number, draft.field, draft.text)
        yield from work.save(draft)


def _by_weights(
    work: Work, engine: Engine, about: Weights, product: Product, source: Draft, stop: threading.Event
) -> Draft | None:
    wishes = work.wishes
    names = [product.vendor, product.sku, *work.glossary]
    for turn in range(TRIES):
        text = _asked(work, engine, source.text, wishes.language, names, seed_of(product, wishes) + turn, stop)
        if not text or kept.differences(source.text, text, names):
            continue
        back = _asked(work, engine, text, wishes.translated_from, names, seed_of(product, wishes), stop)
        checked = work.held(text, product, strict=False)
        if any(found.kind == "leak" for found in checked.findings):
            continue  # words of a machine are never let through
        return Draft(
            product.id or 0, wishes.field, wishes.language, text, source="weights", evidence=checked.evidence,
            findings=checked.findings, refused=turn,
            weights=about.name, weights_sha256=about.sha256, seed=wishes.seed, back=back,
            prompt=tongue_prompt.version(wishes.language, tongue_prompt.TEXT),
            rules=work.rules, channel=wishes.channel,
            **(told_of(product, text, checked.evidence, wishes.language) if checked.evidence else
               {"facts": source.facts, "given": source.given}),
        )  # fmt: skip
    return None


def _asked(
    work: Work, engine: Engine, text: str, language: str, names: Sequence[str], seed: int, stop: threading.Event
) -> str:
    """Ask the weights for one text in another language; empty where nothing came."""
    fixed = [name for name in names if name and name.casefold() in text.casefold()]
    turns = tongue_prompt.render(text, language, fixed, tongue_prompt.TEXT)
    request = Request(
        id="translation", messages=tuple(Turn(role, words) for role, words in turns),
        sampling=Sampling(temperature=0.3, top_p=0.95, min_p=0.05, seed=seed),
        max_tokens=max(64, len(text) * 2), priority="interactive" if work.total == 1 else "bulk",
    )  # fmt: skip
    said = ""
    for event in engine.run([request], stop):
        if isinstance(event, Ended):
            work.prompt_tokens += event.prompt_tokens
            work.decoded_tokens += event.decoded_tokens
            work.kept_tokens += event.kept_tokens
            said = "" if event.reason == "stopped" else event.text.strip()
    return "" if tongue_prompt.leaks(said, turns) else said


def _by_facts(work: Work, product: Product) -> Draft:
    """Say the facts in the wished language; the back-reading says the same facts in the other one."""
    draft = work.plain(product)
    before = replace(work.wishes, language=work.wishes.translated_from)
    back = fields.write(product, before, variety=(product.id or 0) + work.wishes.seed, chosen=work.standard.packs)
    return replace(draft, back=back.text)
