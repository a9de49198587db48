"""One call to write texts on its way: what it saved, what it cost, and how a text is kept."""

from __future__ import annotations

import hashlib
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import TypedDict

from desktop_app.language import check, fields, limits, packs, prompts, rules, used, voice
from desktop_app.language.voice import Habit
from desktop_app.records import Action, Draft, Failed, Product, Progress, Saved, Span, Wishes
from desktop_app.shop import Shop
from desktop_app.tasks.products import now
from desktop_app.tasks.standard import Standard
from desktop_app.words import _

TURNS = 4  # ways the plain writer tries before a word the voice avoids is left marked


@dataclass(slots=True)
class Work:
    """What one call has done so far."""

    shop: Shop
    wishes: Wishes
    action: Action
    total: int
    before: int = 0  # products that earlier runs of the same job saw to
    number: int | None = None  # the job in the shop file, where there is one
    saved: int = 0
    failed: int = 0  # products of which nothing is known
    prompt_tokens: int = 0
    decoded_tokens: int = 0
    kept_tokens: int = 0
    refused: int = 0
    own_words: int = 0
    habits: tuple[Habit, ...] = ()
    examples: tuple[prompts.Example, ...] = ()  # of the merchant's own approved texts
    told: set[str] = field(default_factory=set)  # texts of this call: no two products say the very same
    newest: deque[str] = field(default_factory=lambda: deque(maxlen=2))  # descriptions no neighbour opens like
    glossary: tuple[str, ...] = ()  # words that a translation keeps as they are
    standard: Standard = field(default_factory=Standard)

    @property
    def rules(self) -> str:
        """Return the names of the rules a text is held against."""
        return rules_of(self.wishes.language, self.wishes.channel, self.standard.packs)

    def save(self, draft: Draft) -> Iterator[Saved | Progress]:
        """Put a draft into the shop file, in one transaction with what it settles."""
        with self.shop.step(self.action):
            # A text written again takes the place of the one that waited; that one can still be found, and undone to.
            waiting = self.shop.drafts(status="new", product=draft.product)
            older = [d.id for d in waiting if (d.field, d.language) == (draft.field, draft.language) and d.id]
            if older:
                self.shop.set_draft_status(older, "rejected")
            kept = self.shop.add_draft(replace(draft, made=now()))
            if self.number is not None:
                self.shop.tick(self.number, kept)
        self.saved += 1
        yield Saved(kept)
        yield Progress(self.before + self.saved + self.failed, self.total)

    def silent(self, product: Product) -> Iterator[Failed | Progress]:
        """Say why there is no text: where nothing is known there is nothing to say, and a stub helps nobody."""
        why = _(
            "Hardly more is known of “{title}” than its name, so nothing was written. "
            "Answer the questions about it, or add facts.",
            title=product.title,
        )
        self.failed += 1
        yield Failed(product.id or 0, why)
        yield Progress(self.before + self.saved + self.failed, self.total)

    def plain(self, product: Product) -> Draft:
        """Build the text from the facts alone."""
        wishes = self.wishes
        for turn in range(TURNS):
            variety = (product.id or 0) + wishes.seed + turn
            written = fields.write(product, wishes, variety=variety, avoid=self.newest, chosen=self.standard.packs)
            text, evidence = self.dressed(written.text, written.evidence)
            if text in self.told:
                continue
            if not voice.findings(text, self.standard.voice):
                break
            wishes = replace(wishes, tone="plain")  # the warm line is the one that has words of its own
        self.told.add(text)
        if wishes.field == "description":
            self.newest.append(written.text)
        return Draft(
            product=product.id or 0, field=wishes.field, language=wishes.language, text=text, source="plain",
            evidence=evidence, seed=wishes.seed, **told_of(product, text, evidence, wishes.language),
            findings=self.held(text, product).findings,
            rules=self.rules, channel=wishes.channel,
        )  # fmt: skip

    def dressed(self, text: str, evidence: Sequence[Span]) -> tuple[str, tuple[Span, ...]]:
        """Put the merchant's words in place of others."""
        return voice.dress(text, evidence, self.standard.voice, self.habits, self.wishes.language)

    def held(self, text: str, product: Product, *, strict: bool | None = None) -> check.Checked:
        """Hold a text against its product, as what it is to be; ``strict`` None is as the shop wishes."""
        wishes = self.wishes
        return self.standard.hold(
            text, product, wishes.language, kind=wishes.field, channel=wishes.channel, strict=strict
        )


def rules_of(language: str, channel: str = "", chosen: packs.Chosen = packs.SHIPPED) -> str:
    """Name the rule packs, with their dates, that a text in this language is held against."""
    tongue = "zh" if language == "zh" else "en"
    named = [
        dated(name, pack.name, pack.date, chosen)
        for name, pack, on in rules.of(chosen)
        if on and pack.language == tongue
    ]
    if found := limits.in_force(channel, chosen):
        named.append(dated(f"channel.{found.id}", found.label, found.date, chosen))
    return "; ".join(named)


def dated(name: str, title: str, date: str, chosen: packs.Chosen) -> str:
    """Return a pack's title and date; of a shop's own text also its fingerprint, for two may be of one day."""
    own = dict(chosen.own).get(name)
    mark = f", {hashlib.sha256(own.encode()).hexdigest()[:8]}" if own is not None else ""
    return f"{title} ({date}{mark})"


def seed_of(product: Product, wishes: Wishes) -> int:
    """Give neighbours different seeds and one product the same text each time it is asked in the same way."""
    return ((product.id or 0) * 7919 + wishes.seed) % 2**31


class Told(TypedDict):
    """What a draft keeps of its facts: their numbers and, in the same order, what each said at that moment."""

    facts: tuple[int, ...]
    given: tuple[str, ...]


def told_of(product: Product, text: str, evidence: Sequence[Span], language: str) -> Told:
    """Return the facts that a text rests on, so that a change of one of these, and of no other, makes it stale."""
    told = [(fact.id, fact.said) for fact in used.of(product, text, evidence, language) if fact.id is not None]
    return Told(facts=tuple(id for id, _said in told), given=tuple(said for _id, said in told))
