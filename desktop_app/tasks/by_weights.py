"""Descriptions by the weights: a sentence at a time, several tries side by side, the best one that the facts carry."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from desktop_app.engine import Began, Broken, Ended, Engine, EngineEvent, Refused, Request, Sampling
from desktop_app.engine import Message as Turn
from desktop_app.language import prompts, steps
from desktop_app.language.check import SentenceCheck
from desktop_app.language.voice import VoiceCheck
from desktop_app.records import Draft, Failed, Loading, Note, Piece, Product, Progress, Rejected, Saved, Weights, Writer
from desktop_app.tasks.work import Work, seed_of, told_of
from desktop_app.words import _

Events = Loading | Note | Piece | Rejected | Saved | Failed | Progress

TRIES = 5  # how often a step may lose its engine before the plain sentence must do
CANDIDATES = 4  # tries side by side at one sentence
RETRIES = 2  # how often each may take a refused sentence back
ROOM = {"step": 48, "short": 90, "medium": 160, "long": 260}  # tokens
NEVER = 1_000  # candidates a step waits for that will not come
LARGE = 3_000_000_000  # parameters from which weights are asked for the whole text at once


@dataclass(slots=True)
class _Text:
    """One product's text on its way."""

    product: Product
    plan: steps.Plan
    tries: dict[int, list[steps.Try]] = field(default_factory=dict)  # step → what came back
    waiting: dict[int, int] = field(default_factory=dict)  # step → candidates under way
    chosen: list[tuple[str, bool]] = field(default_factory=list)  # (sentence, whether the weights wrote it), in order
    refused: int = 0
    stopped: bool = False
    begun: bool = False
    likelihoods: list[float] = field(default_factory=list)  # of the sentences that the weights wrote

    @property
    def likelihood(self) -> float | None:
        """Return the lowest likelihood of the weights' own sentences: a text is as doubtful as its worst one."""
        return min(self.likelihoods, default=None)

    def settled(self, step: int) -> bool:
        """Tell whether everything for a step is there."""
        return not self.plan.steps[step].names or (step in self.tries and not self.waiting.get(step))


def by_weights(
    work: Work, engine: Engine, about: Weights, ids: Sequence[int], stop: threading.Event
) -> Iterator[Events]:
    """Write a draft for each product; a step whose engine dies again and again is said in the plain sentence."""
    texts: dict[int, _Text] = {}
    left: deque[int] = deque(ids)
    lost: dict[str, int] = {}
    again: deque[str] = deque()
    while (left or again) and not stop.is_set():
        for event in engine.run(_requests(work, about, texts, left, again), stop):
            number, step = (int(part) for part in event.request.split(":"))
            text = texts[number]
            if isinstance(event, Broken):
                lost[event.request] = lost.get(event.request, 0) + 1
                text.tries[step], text.waiting[step] = [], NEVER
                if lost[event.request] < TRIES:
                    again.append(event.request)
                    continue
                text.waiting[step] = 0
                yield Note(str(event.error))
            else:
                yield from _follow(work, text, step, event)
            yield from _told(work, text)
            if len(text.chosen) == len(text.plan.steps):
                del texts[number]
                yield from work.save(_draft(work, about, text))
        for number in [n for n, t in texts.items() if not any(step.names for step in t.plan.steps)]:
            text = texts.pop(number)  # nothing that a step tells is known of it: there was nothing to ask
            yield from _told(work, text)
            if not any(step.said for step in text.plan.steps):
                yield from work.silent(text.product)
            else:
                yield from work.save(_draft(work, about, text))
    yield from _kept(work, about, texts)


def _kept(work: Work, about: Weights, texts: dict[int, _Text]) -> Iterator[Events]:
    """Keep what the one product on screen has so far; of many, half a text helps nobody."""
    for text in texts.values():
        if work.total == 1 and text.chosen:
            text.stopped = True
            yield from work.save(_draft(work, about, text))


def _requests(
    work: Work, about: Weights, texts: dict[int, _Text], left: deque[int], again: deque[str]
) -> Iterator[Request]:
    """Make each request only when the engine asks for it, so that a job of any size stays small in memory."""
    for name in [again.popleft() for _turn in range(len(again))]:
        number, step = (int(part) for part in name.split(":"))
        yield _request(work, texts[number], step)
    while left:
        product = work.shop.product(left.popleft())
        number = product.id or 0
        plan = steps.plan(product, work.wishes, variety=number + work.wishes.seed, whole=about.parameters >= LARGE)
        texts[number] = text = _Text(replace(product, description="", images=(), extra=()), plan)
        asked = [n for n, step in enumerate(plan.steps) if step.names]
        for step in asked:
            yield _request(work, text, step)


def _request(work: Work, text: _Text, step: int) -> Request:
    wanted, wishes, product, stands = text.plan.steps[step], work.wishes, text.product, work.standard
    text.waiting[step] = CANDIDATES
    text.tries.pop(step, None)
    turns = prompts.render(
        product, wishes.language, names=wanted.names, tone=wishes.tone, whole=wanted.whole, examples=work.examples
    )
    return Request(
        id=f"{product.id}:{step}",
        messages=tuple(Turn(role, words) for role, words in turns),
        sampling=Sampling(temperature=0.6, top_p=0.95, min_p=0.05, seed=seed_of(product, wishes) + step * 101),
        max_tokens=ROOM[wishes.length if wanted.whole else "step"],
        stops=() if wanted.whole else ("\n",),
        candidates=CANDIDATES,
        check=steps.StepCheck(
            VoiceCheck(SentenceCheck(product, wishes.language, strict=stands.strict, packs=stands.packs), stands.voice),
            wanted,
            product,
            wishes.language,
            stands.strict,
            stands.packs,
        ),
        sentences=0 if wanted.whole else 1,
        retries=RETRIES,
        on_refusal="leave_out" if wanted.whole else "end",
        priority="interactive" if work.total == 1 else "bulk",
        prefill=wanted.opening,
    )


def _follow(work: Work, text: _Text, step: int, event: EngineEvent) -> Iterator[Events]:
    if isinstance(event, Began) and not text.begun:
        text.begun = True
        yield Loading(_("Writing {title}", title=text.product.title))
    elif isinstance(event, Refused):
        text.refused += 1
        work.refused += 1
        yield Rejected(text.product.id or 0, event.text, event.verdict)
    elif isinstance(event, Ended):
        work.prompt_tokens += event.prompt_tokens
        work.decoded_tokens += event.decoded_tokens
        work.kept_tokens += event.kept_tokens
        # What was stopped is not judged, and its step never settled.
        text.waiting[step] = NEVER if event.reason == "stopped" else text.waiting.get(step, 1) - 1
        found = text.tries.setdefault(step, [])
        opening = text.plan.steps[step].opening
        if event.text.strip():
            found.append(steps.Try(steps.after(opening, event.text), event.likelihood, opening))


def _told(work: Work, text: _Text) -> Iterator[Events]:
    """Choose, in order, every sentence whose tries are all there, and show it."""
    number, gap = text.product.id or 0, "" if work.wishes.language == "zh" else " "
    while len(text.chosen) < len(text.plan.steps) and text.settled(len(text.chosen)):
        place = len(text.chosen)
        step, before = text.plan.steps[place], [said for said, _own in text.chosen]
        tries = text.tries.pop(place, [])
        found = steps.chosen(
            step,
            tries,
            text.product,
            work.wishes.language,
            before,
            strict=work.standard.strict,
            packs=work.standard.packs,
        )
        text.chosen.append((found[0] if found else step.said, found is not None))
        if found:
            text.likelihoods.append(found[1].likelihood)
            work.own_words += found[1].own_words
        yield Piece(number, work.wishes.field, (gap if place else "") + text.chosen[-1][0])
        if place == len(text.plan.steps) - 1 and text.plan.rest:
            yield Piece(number, work.wishes.field, text.plan.rest)


def _draft(work: Work, about: Weights, text: _Text) -> Draft:
    """Put a text together; what was said of another product word for word is said otherwise, by code."""
    draft = _written(work, about, text)
    if draft.text in work.told and not text.stopped:
        return work.plain(text.product)
    work.told.add(draft.text)
    return draft


def _written(work: Work, about: Weights, text: _Text) -> Draft:
    wishes, product = work.wishes, text.product
    words = ("" if wishes.language == "zh" else " ").join(said for said, _own in text.chosen)
    words += "" if text.stopped else text.plan.rest
    words, _spans = work.dressed(words, work.held(words, product).evidence)
    checked = work.held(words, product)
    own = [by_weights for _said, by_weights in text.chosen]
    source: Writer = "weights" if all(own) and not text.plan.rest else "mixed" if any(own) else "plain"
    return Draft(
        product=product.id or 0, field=wishes.field, language=wishes.language, text=words, source=source,
        evidence=checked.evidence,
        findings=checked.findings,
        refused=text.refused, weights=about.name,
        weights_sha256=about.sha256, prompt=prompts.version(wishes.language), seed=seed_of(product, wishes),
        stopped=text.stopped, likelihood=text.likelihood, rules=work.rules,
        channel=wishes.channel, **told_of(product, words, checked.evidence, wishes.language),
    )  # fmt: skip
