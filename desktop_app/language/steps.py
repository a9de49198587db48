"""Writing in steps: which facts each sentence is to tell, and which of several tries at it may stand.

The plan is the plain writer's own text, sentence by sentence: what it says in a sentence, the weights are asked to say
in theirs, and where none of their tries is carried by the facts, the plain sentence is what stands.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from desktop_app.language import (
    check,
    english_openings,
    facts,
    frames,
    lean,
    naming,
    phrases,
    plain,
    prompts,
    rules,
    sayings,
    sentences,
    telling,
)
from desktop_app.language.phrases import capital
from desktop_app.records import Product, Verdict, Wishes
from desktop_app.words import _

_SUBJECT = re.compile(r"^(?:It|They|The)\b")
_SUBJECTS = ("It", "They")
LONGER = 1.7  # a try this many times as long as the plain sentence has wandered off


@dataclass(frozen=True, slots=True)
class Step:
    """One sentence to write (or, with ``whole``, a short text), and how code would say it."""

    said: str
    names: tuple[str, ...]  # of the facts it is to tell; none: it is said as it is
    opening: str = ""  # the word it begins with, so that it follows what stands before it
    whole: bool = False
    called: str = ""  # how the product is called when it is named: "This oak tray"


@dataclass(frozen=True, slots=True)
class Plan:
    """The steps of a text in order, and what follows them as code says it (lines of detail)."""

    steps: tuple[Step, ...]
    rest: str = ""


@dataclass(frozen=True, slots=True)
class Try:
    """One candidate for a step: its text and the mean log-likelihood the weights gave it."""

    text: str
    likelihood: float = 0.0
    given: str = ""  # what it was given to go on from

    @property
    def own_words(self) -> int:
        """Return how many words the weights wrote themselves."""
        return max(0, _words(self.text) - _words(self.given))


def plan(product: Product, wishes: Wishes, *, variety: int, whole: bool = False) -> Plan:
    """Return the steps of a description; ``whole`` makes one step of it, for weights that can be trusted with more."""
    written = plain.write(
        product, language=wishes.language, length=wishes.length, tone=wishes.tone, variety=variety
    )  # fmt: skip
    prose, cut, rest = written.text.partition("\n\n")
    spans = sentences.split(prose, wishes.language)
    told = [tuple(dict.fromkeys(n for s in written.evidence if a <= s.start < b for n in s.facts)) for a, b in spans]
    if whole:
        names = tuple(dict.fromkeys(n for some in told for n in some))
        return Plan((Step(prose, names, whole=True),), cut + rest)
    told = [() if _LABELLED.match(prose[a:b]) else names for (a, b), names in zip(spans, told, strict=True)]
    called = _called(product, wishes.language)
    steps = [
        Step(prose[a:b], names, _opening(prose[a:b], called), called=called)
        for n, ((a, b), names) in enumerate(zip(spans, told, strict=True))
    ]
    return Plan(tuple(steps), cut + rest)


# "Strap: adjustable, double and padded." stands under its name since nobody knows more: no weights make a sentence of it.
_LABELLED = re.compile(r"[^\W\d][^:：.。]{0,40}[:：]\s?\S")


def best(
    step: Step, tries: Sequence[Try], product: Product, language: str, before: Sequence[str], *, strict: bool = True
) -> str:  # fmt: skip
    """Return what `chosen` chooses, or "" where no try may stand."""
    found = chosen(step, tries, product, language, before, strict=strict)
    return found[0] if found else ""


def chosen(
    step: Step, tries: Sequence[Try], product: Product, language: str, before: Sequence[str], *, strict: bool = True,
    first: bool = False, packs: rules.Chosen = rules.SHIPPED,
) -> tuple[str, Try] | None:  # fmt: skip
    """Return the sentence that may stand for ``step`` after the sentences ``before`` and its try; None when none may.

    It must hold nothing that the facts do not carry, tell every fact of the step (code says behind it what it left
    out), add something to what was said, and be a finished sentence of about the plain one's length; among several, the
    likeliest. With ``first`` nobody knows yet what stands before it. ``packs`` are the rule packs of the shop.
    """
    wanted = _told(step.said, product, language) & set(step.names)
    for one in sorted(tries, key=lambda t: -t.likelihood):
        text = _printed(one.text, step, product, language)
        if not text or text in before or len(text) > LONGER * len(step.said) + 20:
            continue
        if (
            before
            and step.opening
            and _begins(text) == _begins(before[-1])
            and _begins(text)[-1:] not in (["is"], ["are"])
        ):
            continue  # "It comes in white. It comes with a lid."
        if not before and not first and _SUBJECT.match(text) and not text.startswith("The"):
            continue  # a text that opens with "It" does not say what it is about
        checked = check.check(" ".join([*before, text]), product, language=language, strict=strict, packs=packs)
        start = len(" ".join(before)) + bool(before)
        told = {n for s in checked.evidence if s.end > start for n in s.facts}
        if wanted <= told and not any(f.end > start for f in checked.findings):
            return text, one
    return None


def _begins(sentence: str) -> list[str]:
    return sentence.casefold().split()[:2]


def _printed(text: str, step: Step, product: Product, language: str) -> str:
    """Return a try as it would be printed, or "" where no shopkeeper would print it."""
    text = _named(_cut(text, step, language), step)
    if not text or step.whole or language == "zh":
        return text
    text = re.sub(r", and it's (?=\w)", ", and is ", text)
    text = frames.spelled(re.sub(r", and (?:it|they) (?=[a-z]+\b)", ", and ", text), step.said)
    if not frames.about_the_same(text, step.said, step.called):
        return ""
    if frames.apart(text, step.said) or not _lean(text, step, product):
        return ""
    return text if text == step.said else frames.finished(text, step.said, called=step.called)


def _named(text: str, step: Step) -> str:
    """Give names the letters that the plain sentence gives them: "the chaz kangeroo hoodie", "CoolTech" without its mark."""
    for name in re.findall(
        r"[A-Z0-9][\w®™'’-]*(?: [A-Z0-9][\w®™'’-]*)+|\w*[A-Z]\w*[®™]?", f"{step.opening} {step.said}"
    ):
        if name in ("The", "This", "These", "It", "They", "Made"):
            continue
        bare = name.removeprefix("The ").removeprefix("This ").removeprefix("These ")
        text = re.sub(rf"(?<!\w){re.escape(bare.rstrip('®™'))}[®™]?(?!\w)", partial(_as, bare), text, flags=re.I)
    called = re.sub(r"^(?:This|These|The) ", "", step.called)
    if called and not step.called.startswith(
        ("This ", "These ")
    ):  # "EverCool™" of the stuff is no part of "Evercool Bra"
        spelt = r"[®™]? ".join(re.escape(word.rstrip("®™")) for word in called.split())
        text = re.sub(rf"(?<!\w){spelt}[®™]?(?!\w)", lambda _found: called, text, flags=re.I)
    return text


def _as(name: str, found: re.Match[str]) -> str:
    return found[0][:1].upper() + name[1:] if found.start() == 0 else name


def _lean(text: str, step: Step, product: Product) -> bool:
    if text == step.said:
        return True
    known = telling.usable(product)
    told = [product.title, *(f"{f.value} {f.unit}" for f in known if f.name in step.names)]
    if any(re.search(rf"\b(?:is|are) an? {re.escape(name)}\b", text, re.I) for name in step.names):
        return False  # "the pan is a heat source": a fact's name is not what the product is
    stuffs = [f for f in known if f.kind == "material" and facts.role_of(f) == "material"]
    whole = [sayings.word(i, "en", "material") or i for f in stuffs for i in facts.items(f)]
    return lean.fits(text, step.said, told, {f.kind for f in known if f.name in step.names}, " ".join(whole))


def _called(product: Product, language: str) -> str:
    """Return what a text opens with, so that the weights need only say what is true of it: "This oak tray"."""
    if language == "zh":
        return ""
    subject = naming.of(product.title, language, telling.usable(product))
    return capital(english_openings.the(subject, phrases.plain(subject.name + subject.more))).text


_VERB = re.compile(
    r"\b(?:(?:is|are) (?:made of|available in|for|made in)|comes? (?:in|with|from)|suits?|has|have|measures?|holds?|weighs?"
    r"|is|are)\b"
)
# How what stands in front of a sentence, or behind a name without a verb, is said with one.
_SAID = {"made of": "is made of", "made in": "is made in", "measuring": "measures", "holding": "holds", "weighing": "weighs",
         "with": "has", "from": "comes from"}  # fmt: skip
_MANY = {"is": "are", "measures": "measure", "holds": "hold", "weighs": "weigh", "has": "have", "comes": "come"}
_PART = re.compile(r"\b(?:made of|made in|measuring|holding|weighing|with|from)\b", re.I)


def _opening(sentence: str, called: str) -> str:
    """Return what the weights are given to go on from: who, and the first verb, by which a fact is tied to it."""
    subject = next((s for s in (called, *_SUBJECTS) if s and sentence.startswith(f"{s} ")), "")
    if subject:
        verb = _VERB.search(sentence, len(subject))
        return f"{subject} {verb[0]}" if verb else subject
    low, bare = sentence.casefold(), re.sub(r"^(?:This|These|The) ", "", called).casefold()
    start = low.index(bare) + len(bare) if bare in low and not _PART.match(sentence) else 0
    part = _PART.search(sentence, start) if start or _PART.match(sentence) else None
    if not part or not called:
        return ""
    first, gap, more = _SAID[part[0].casefold()].partition(" ")
    return f"{called} {_MANY[first] if called.startswith('These ') else first}{gap}{more}"


def _words(text: str) -> int:
    return len(re.findall(r"[\u4e00-\u9fff]|[^\W_\u4e00-\u9fff]+", text))


def after(opening: str, text: str) -> str:
    """Return what the weights wrote behind the opening they were given, as one text."""
    joins = not opening or not text or text[0].isspace() or text[0] in "'’,.;:)"
    return opening + ("" if joins else " ") + text


@dataclass(frozen=True, slots=True)
class StepCheck:
    """Hold a sentence to its step while it is written: what may not stand is taken back at once, not after four tries.

    ``inner`` holds it against the facts and the voice; small and picklable, as that is.
    """

    inner: Any
    step: Step
    product: Product
    language: str
    strict: bool = True
    packs: rules.Chosen = rules.SHIPPED

    def __call__(self, written: tuple[str, ...]) -> Verdict:
        """Return whether the last sentence may stand."""
        if not written:
            return Verdict(True)
        begun = (after(self.step.opening, written[0]), *written[1:])
        verdict: Verdict = self.inner(begun)
        if not verdict.ok or self.step.whole or len(written) > 1:
            return verdict
        tries = [Try(begun[0])]
        if chosen(self.step, tries, self.product, self.language, (), strict=self.strict, first=True, packs=self.packs):
            return verdict
        return Verdict(False, "step", why=_("It does not tell these facts, or not as a shopkeeper would say them."))


def _told(text: str, product: Product, language: str) -> set[str]:
    return {name for span in check.check(text, product, language=language).evidence for name in span.facts}


def _cut(text: str, step: Step, language: str) -> str:
    """Return the first finished sentence of a try (all of them for a whole text), or "" when there is none."""
    tidied = prompts.tidy(text)
    found = [tidied[a:b].strip() for a, b in sentences.split(tidied, language)]
    done = [s for s in found if s and s[-1] in ".。!！?？"]
    if not done or (done[0] != found[0]):
        return ""
    return ("" if language == "zh" else " ").join(done) if step.whole else done[0]
