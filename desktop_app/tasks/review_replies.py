"""An answer to each review, in the reviewer's language, in bulk into the queue; nothing is published from here."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import cast

from desktop_app.formats.reports import write_table
from desktop_app.knowledge_records import Passage
from desktop_app.language import facts, reply_reading, review_answers, telling
from desktop_app.language.aspects import taxonomy
from desktop_app.language.tongue import language_of
from desktop_app.records import Draft, Field, Finding, Product, Progress, Saved
from desktop_app.review_records import Review, Understood, reply_field, review_of
from desktop_app.shop import Shop
from desktop_app.tasks import spoken
from desktop_app.tasks.products import now
from desktop_app.tasks.review_index import targets
from desktop_app.tasks.review_readings import BAD, GOOD, readings_of
from desktop_app.words import _

BATCH = 100
LONG = 240  # letters of a policy that fits into an answer
WAYS = 3  # of saying an answer that are tried before a word the shop's voice avoids is left marked
NAMED = 3  # themes named in an answer
# Which facts a theme that is blamed asks to be told again.
_FACTS = {
    "size": ("size", "length", "width", "height", "volume"), "weight": ("weight", "size"), "material": ("material",),
    "colour": ("colour",), "smell": ("scent", "material"), "battery": ("battery",), "portion": ("contents", "volume"),
}  # fmt: skip
_RETURNS = re.compile(r"(?i)\b(?:returns?|refunds?|exchang\w+|send (?:it|them) back)\b|退货|退款|退换|换货")


@dataclass(frozen=True, slots=True)
class Replied:
    """The end of answering: drafts made, reviews passed over and why."""

    drafted: int
    handed_over: int
    passed: tuple[tuple[str, int], ...]  # why → how many
    action: int | None = None
    stopped: bool = False


def reply_to_reviews(
    shop: Shop, stop: threading.Event, *, reviews: Sequence[int], version: str
) -> Iterator[Saved | Progress | Replied]:
    """Draft an answer to each of these reviews as one action; those with an answer or a draft are passed over."""
    desk = _Desk(shop, version)
    action = shop.begin("Draft answers to {n} reviews", n=len(reviews))
    done = 0
    try:
        for start in range(0, len(reviews), BATCH):
            some = shop.reviews(reviews[start : start + BATCH])
            read = desk.read(some)
            kept: list[Draft] = []
            with shop.step(action):
                for review in some:
                    draft = desk.draft(review, read.get(review.id or 0))
                    kept += [shop.add_draft(draft)] if draft is not None else []
            for one in kept:
                yield Saved(one)
            done += len(some)
            yield Progress(done, len(reviews))
            if stop.is_set():
                break
    finally:
        ended = shop.end(action)
    passed = tuple(sorted(desk.passed.items()))
    yield Replied(desk.drafted, desk.handed_over, passed, ended.id if ended else None, stop.is_set())


def export_replies(shop: Shop, path: Path) -> int:
    """Write the approved answers with the reviews they answer as CSV, remember that they went out, return how many."""
    drafts = [d for d in shop.approved() if review_of(d.field) is not None]
    found = {r.id: r for r in shop.reviews([review_of(d.field) or 0 for d in drafts])}
    table = [[_("Number of the review"), _("Product"), _("Who wrote it"), _("Stars"), _("The review"), _("Answer")]]
    for draft in drafts:
        review = found.get(review_of(draft.field) or 0)
        if review is not None:
            stars = "" if review.stars is None else f"{review.stars:g}"
            title = shop.product(draft.product).title
            table.append([review.external, title, review.author, stars, review.whole, draft.text])
    write_table(table, path)
    shop.mark_exported([d.id for d in drafts if d.id is not None])
    return len(table) - 1


class _Desk:
    """What every answer of one run needs."""

    def __init__(self, shop: Shop, version: str) -> None:
        self._shop, self._version = shop, version
        self._name = str(shop.setting("name", "") or "")
        self._spoken = spoken.of(shop)
        self._themes = {theme.key: theme for theme in shop.themes()}
        self._into = targets(list(self._themes.values()))
        self._policies: dict[str, str] = {}
        self._products: dict[int, Product] = {}
        self._answered = {d.field for status in ("new", "approved") for d in shop.drafts(status=status)
                          if review_of(d.field) is not None}  # fmt: skip
        self.passed: dict[str, int] = {}
        self.drafted = self.handed_over = 0

    def read(self, reviews: Sequence[Review]) -> dict[int, Understood]:
        """Return what was read in these reviews."""
        return readings_of(self._shop, self._version, reviews)

    def draft(self, review: Review, read: Understood | None) -> Draft | None:
        """Return the answer to a review, None where there is none to draft."""
        field = cast(Field, reply_field(review.id or 0))
        why = (
            "answered" if review.reply or field in self._answered else "unlinked" if review.product is None
            else "default" if "default" in review.marks else "spam" if "spam" in review.marks else ""
        )  # fmt: skip
        if why or review.product is None:
            self.passed[why] = self.passed.get(why, 0) + 1
            return None
        language = review.language or language_of(review.whole) or str(self._shop.setting("language", "en"))
        delicate = reply_reading.read(review.whole).delicate
        given = self._given(review, read, language)
        if delicate:
            given = replace(given, handed_over=True)
            self.handed_over += 1
        made = self._in_voice(given, language)
        self.drafted += 1
        return Draft(
            review.product, field, language, made.text, source="plain", evidence=made.evidence,
            findings=tuple(self._marks(made.text, [d.why for d in delicate], language, given)), made=now(),
        )  # fmt: skip

    def _in_voice(self, given: review_answers.Given, language: str) -> review_answers.Answer:
        """Say it in the shop's voice: of several ways the one with fewest words it avoids; facts and policies stay."""
        kept = _kept(given)
        ways = (review_answers.answer(replace(given, turn=given.turn + n), language) for n in range(WAYS))
        made = [self._spoken.answer(way, language, kept) for way in ways]
        return min(made, key=lambda answer: len(self._spoken.avoided(answer.text, kept)))

    def _marks(self, text: str, delicate: list[str], language: str, given: review_answers.Given) -> list[Finding]:
        """Say why the merchant should answer, or look, in person, and what the shop's voice avoids."""
        found = self._spoken.findings(text, _kept(given))
        found += [Finding(0, len(text), "", "delicate", _(why)) for why in delicate[:1]]
        if language not in review_answers.languages():
            why = _("There are no words of ours in the reviewer's language; this is English.")
            found.append(Finding(0, len(text), "", "language", why))
        return found

    def _given(self, review: Review, read: Understood | None, language: str) -> review_answers.Given:
        praised, blamed = self._sides(read)
        stars = review.stars
        overall = read.polarity if read else ""
        unhappy = stars <= BAD if stars is not None else overall in ("negative", "mixed")
        happy = stars >= GOOD if stars is not None else overall in ("positive", "mixed")
        unhappy = unhappy or bool(blamed)
        product = self._product(review.product or 0)
        return review_answers.Given(
            name=_first_name(review.author, language), praised=self._names(praised, language),
            blamed=self._names(blamed, language), unhappy=unhappy, happy=happy,
            fact=_fact(product, blamed, language), shop=self._name,
            policy=self._policy(language) if unhappy and (stars is None or stars <= BAD) else "",
            turn=review.id or 0,
        )  # fmt: skip

    def _sides(self, read: Understood | None) -> tuple[list[str], list[str]]:
        praised, blamed = dict[str, None](), dict[str, None]()
        for remark in read.remarks if read else ():
            for key, kind in remark.aspects:
                target = self._into.get(key, key)
                if kind == "positive":
                    praised[target] = None
                elif kind == "negative":
                    blamed[target] = None
        return [k for k in praised if k not in blamed][:NAMED], list(blamed)[:NAMED]

    def _names(self, keys: Sequence[str], language: str) -> tuple[str, ...]:
        """Return what themes are called, in the two languages in which they have names."""
        if language not in ("en", "zh"):
            return ()
        known = taxonomy()
        own = {k: self._themes[k].name for k in keys if k in self._themes and self._themes[k].name}
        told = {k: own.get(k) or (known[k].name(language) if k in known else "") for k in keys}
        return tuple(name for name in told.values() if name and (language_of(name) == "zh") == (language == "zh"))

    def _policy(self, language: str) -> str:
        """Return what the shop says of returns in this language, word for word; "" if it says nothing.

        Of several passages the one whose question is about returns, or that says most of them.
        """
        if language not in self._policies:
            able = [p for p in self._shop.passages(on=now()[:10]) if _is_policy(p, language)]
            best = max(able, key=lambda p: (_speaks(p), -len(p.text)), default=None)
            self._policies[language] = " ".join(best.text.split()) if best is not None else ""
        return self._policies[language]

    def _product(self, id: int) -> Product:
        if id not in self._products:
            self._products[id] = self._shop.product(id)
        return self._products[id]


def _kept(given: review_answers.Given) -> tuple[str, ...]:
    """Return what stands in an answer as it is: a name, a fact, the shop's own policy."""
    return (given.policy, given.name, *given.fact, given.shop)


def _is_policy(passage: Passage, language: str) -> bool:
    right = (passage.language or language_of(passage.text)) == language
    return right and len(passage.text) <= LONG and bool(_RETURNS.search(passage.whole))


def _speaks(passage: Passage) -> int:
    """Return how much a passage speaks of returns: its question and heading weigh most."""
    asked = f"{passage.question} {passage.heading}"
    return 3 * bool(_RETURNS.search(asked)) + min(2, len(_RETURNS.findall(passage.text)))


def _fact(product: Product, blamed: Sequence[str], language: str) -> tuple[str, str]:
    """Return the first fact that a blamed theme asks for, where it is written in the reviewer's script."""
    if language not in ("en", "zh"):
        return "", ""
    wanted = {kind for key in blamed for kind in _FACTS.get(key, ())}
    for fact in telling.usable(product):
        chinese = language_of(fact.name) == "zh"
        if (facts.role_of(fact) in wanted or fact.kind in wanted) and chinese == (language == "zh"):
            unit = facts.unit_of(fact)
            value = facts.items(fact)
            said = ("、" if chinese else ", ").join(value)
            return fact.name, said if not unit or said.endswith(unit) else f"{said} {unit}"
    return "", ""


def _first_name(author: str, language: str) -> str:
    """Return what somebody is called in a greeting; "" for what is no name (masked, an address, a number)."""
    name = " ".join(author.split())
    if not name or re.search(r"[*@\d_]|匿名|anonym|customer|user", name, re.IGNORECASE) or len(name) > 40:
        return ""
    return name if language in review_answers.SPACED else name.split()[0]
