"""A reply in the language of a customer for whom code has no sentences: by weights that write it, or said not to be."""

from __future__ import annotations

import re
import threading
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from desktop_app import weights
from desktop_app.engine import Ended, Engine, Request, Sampling
from desktop_app.engine import Message as Turn
from desktop_app.knowledge_records import Passage, ReplyPart
from desktop_app.language import kept, masking, reply_words, tongue_prompt
from desktop_app.language.tongue import language_of
from desktop_app.records import Weights
from desktop_app.words import _

SHORT = 12  # letters up to which a language is not told from a text
TRIES = 2


@dataclass(frozen=True, slots=True)
class Wanted:
    """A text that is wanted in another language, and what stands in it that must stay as it is."""

    text: str
    language: str  # the wanted one
    kept: tuple[str, ...] = ()


def named(code: str) -> str:
    """Name a language in the merchant's words; the code itself where it is none of the known ones."""
    return {
        "en": _("English"), "zh": _("Chinese"), "de": _("German"), "fr": _("French"), "es": _("Spanish"),
        "it": _("Italian"), "pt": _("Portuguese"), "nl": _("Dutch"), "pl": _("Polish"), "sv": _("Swedish"),
        "tr": _("Turkish"), "ja": _("Japanese"), "ko": _("Korean"), "ru": _("Russian"), "ar": _("Arabic"),
        "he": _("Hebrew"), "th": _("Thai"), "el": _("Greek"), "hi": _("Hindi"),
    }.get(code, code)  # fmt: skip


def frame_of(asked: str, passages: Sequence[Passage]) -> str:
    """Return the language code's own sentences are in: the customer's, else English, else the knowledge's own."""
    if asked in reply_words.LANGUAGES:
        return asked
    counted = Counter(p.language for p in passages if p.language in reply_words.LANGUAGES)
    return "en" if counted["en"] or not counted else counted.most_common(1)[0][0]


def finished(
    parts: Sequence[ReplyPart], asked: str, frame: str, spoken: Sequence[str], told: Mapping[Wanted, str],
    about: Weights | None,
) -> tuple[list[ReplyPart], str, str]:  # fmt: skip
    """Return the parts as they are sent, their language, and what the merchant should know of it.

    ``spoken`` are the languages of the quoted answers, ``told`` what the weights said of the rest.
    """
    if asked == frame:
        return list(parts), frame, ""
    wanted = {n: wanted_of(part, asked) for n, part in enumerate(parts) if part.kind != "answer"}
    if wanted and all(one in told for one in wanted.values()):
        said = [replace(p, text=told[wanted[n]], writer="weights") if n in wanted else p for n, p in enumerate(parts)]
        note = _("This customer writes {language}; what stands around your answers is the weights' own {language}.",
                 language=named(asked))  # fmt: skip
        return said, asked, note
    answers = [part for part in parts if part.kind == "answer"]
    plain = all(part.kind in {"answer", "opening", "closing"} for part in parts)
    if answers and plain and set(spoken) == {asked}:
        note = _("This customer writes {language}; nothing here can, so your own answer stands without a greeting.",
                 language=named(asked))  # fmt: skip
        return answers, asked, note
    if about is not None and weights.can_write(about, asked):
        why = _("This customer writes {language}; these weights did not manage it, so the draft is in {other}.",
                language=named(asked), other=named(frame))  # fmt: skip
    elif about is not None:
        why = _("This customer writes {language}; these weights cannot, so the draft is in {other}.",
                language=named(asked), other=named(frame))  # fmt: skip
    else:
        why = _("This customer writes {language}; there are no weights here that can, so the draft is in {other}.",
                language=named(asked), other=named(frame))  # fmt: skip
    return list(parts), frame, why


def wanted_of(part: ReplyPart, language: str) -> Wanted:
    """Return a part of code's own as it is wanted in another language: its values stay."""
    values = tuple(dict.fromkeys(v for f in part.facts for v in (f.ref, f.value) if v and re.search(r"\d", v)))
    return Wanted(part.text, language, tuple(v for v in values if v in part.text and not re.search(r"[A-Za-z]{4}", v)))


def said(
    engine: Engine, about: Weights, wanted: Sequence[Wanted], stop: threading.Event, *, seed: int = 0
) -> dict[Wanted, str]:
    """Let the weights say each text in its language, all in one batch; what does not keep its numbers is left out."""
    able = [one for one in dict.fromkeys(wanted) if weights.can_write(about, one.language)]
    found: dict[Wanted, tuple[float, str]] = {}
    for event in engine.run(_requests(able, seed), stop) if able else ():
        if isinstance(event, Ended) and event.reason in {"stop", "length"}:
            one = able[int(event.request)]
            text = masking.mask(one.text).restored(event.text.strip().strip('"“”'))
            if stands(one, text) and (one not in found or event.likelihood > found[one][0]):
                found[one] = event.likelihood, text
    return {one: text for one, (_likelihood, text) in found.items()}


def stands(wanted: Wanted, text: str) -> bool:
    """Tell whether a text may stand for another: its language, its numbers and values, its length, nothing beside."""
    source = wanted.text
    if not text or text.count("\n") > source.count("\n") or "://" in text.replace(source, ""):
        return False
    tongue = language_of(text)
    if len(text) > SHORT and tongue != wanted.language:
        return False
    if text.casefold() == source.casefold() or not _like(len(source), len(text), wanted.language):
        return False
    return all(value in text for value in wanted.kept) and not kept.differences(source, text)


def _like(before: int, after: int, language: str) -> bool:
    least = 0.12 if language in {"zh", "ja", "ko"} else 0.4
    return least * before <= after <= 2.6 * before + 12


def _requests(wanted: Sequence[Wanted], seed: int) -> Iterator[Request]:
    for n, one in enumerate(wanted):
        turns = tongue_prompt.render(masking.mask(one.text).text, one.language, one.kept)
        yield Request(
            id=str(n), messages=tuple(Turn(role, words) for role, words in turns),
            sampling=Sampling(temperature=0.2, top_p=0.9, min_p=0.05, seed=seed + n),
            max_tokens=max(48, len(one.text)), candidates=TRIES, priority="bulk" if len(wanted) > 6 else "interactive",
        )  # fmt: skip
