"""The missing-facts interview: what the merchant is asked about each product, and what becomes of the answers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from desktop_app.errors import UserError
from desktop_app.language import facts, proposals, questions
from desktop_app.language.proposals import Proposal
from desktop_app.language.questions import Question
from desktop_app.records import Action, Fact, Product
from desktop_app.shop import Shop
from desktop_app.tasks import products
from desktop_app.tasks.products import now

BATCH = 100
MOST = 3  # questions of one product


@dataclass(frozen=True, slots=True)
class Ask:
    """What is to be asked about one product: what its texts and pictures tell, then what would help its text most."""

    product: Product
    proposals: tuple[Proposal, ...]
    questions: tuple[Question, ...]


def asks(shop: Shop, ids: Sequence[int] | None = None) -> Iterator[Ask]:
    """Yield, product by product (all on sale, by title, for None), what is still to be asked; others are left out."""
    wanted = list(shop.search(sort="title") if ids is None else ids)
    for start in range(0, len(wanted), BATCH):
        part = wanted[start : start + BATCH]
        decided = shop.verdicts(part)
        for product in shop.products(part):
            ask = of(product, decided.get(product.id or 0, {}))
            if ask.proposals or ask.questions:
                yield ask


def of(product: Product, decided: dict[str, str]) -> Ask:
    """Return what is to be asked of one product; ``decided`` are its verdicts by topic."""
    proposed = tuple(p for p in proposals.of(product) if p.topic not in decided)
    skip = tuple(topic.removeprefix("question:") for topic in decided if topic.startswith("question:"))
    return Ask(product, proposed, questions.missing(product, most=MOST, skip=skip))


def answer(shop: Shop, product: int, question: Question, value: str, language: str) -> Action:
    """Keep an answer as a fact of the merchant's; UserError for an empty one."""
    value = " ".join(value.split())
    if not value:
        raise UserError("The answer is empty. Nothing was saved; skip the question to go on.")
    name = question.fact(language)
    kind = question.kind if question.kind != "free" else facts.kind_of(name, value)
    return _add(shop, product, Fact(name, value, kind=kind, language=language, source="merchant"))


def accept(shop: Shop, product: int, proposal: Proposal, value: str = "") -> Action:
    """Keep a proposed fact, as it was read or as the merchant puts it right."""
    said = " ".join(value.split()) or proposal.fact.value
    source = "merchant" if said != proposal.fact.value else f"{proposal.fact.source}, confirmed by the merchant"
    return _add(shop, product, replace(proposal.fact, value=said, source=source))


def skip(shop: Shop, product: int, topic: str) -> Action:
    """Leave a question for another day; it is not asked again until the merchant wants all skipped ones back."""
    return _decide(shop, product, topic, "skip", "Skip a question about {title}")


def never(shop: Shop, product: int, topic: str) -> Action:
    """Remember that a question makes no sense for a product, or that a proposed fact is not true of it."""
    return _decide(shop, product, topic, "never", "Answer “does not apply” for {title}")


def ask_again(shop: Shop) -> Action:
    """Ask again what was skipped."""
    with shop.act("Ask skipped questions again") as action:
        shop.forget_verdicts("question:")
    return action


def _add(shop: Shop, product: int, fact: Fact) -> Action:
    known = shop.product(product)
    edited = tuple(name for name in products.EDITABLE if name in {*known.edited, "facts"})
    with shop.act("Add a fact to {title}", title=known.title) as action:
        shop.replace(replace(known, facts=(*known.facts, replace(fact, at=now())), edited=edited))
    return action


def _decide(shop: Shop, product: int, topic: str, verdict: str, message: str) -> Action:
    known = shop.product(product)
    with shop.act(message, title=known.title) as action:
        shop.add_verdict(product, topic, verdict)
    return action
