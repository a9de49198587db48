"""The label that says a text was made with AI, where a channel or a law asks for one; not legal advice.

Each is a rule pack of its own (``label.cn``), which a shop can switch off, edit and add to.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from functools import cache
from typing import Any

from desktop_app.errors import UserError
from desktop_app.language import packs
from desktop_app.language.packs import SHIPPED, Chosen
from desktop_app.records import Draft


@dataclass(frozen=True, slots=True)
class Label:
    """What is said where: the sentence for readers in each language, since when, and after which rule."""

    id: str
    name: str
    date: str
    source: str
    channels: tuple[str, ...]
    languages: tuple[str, ...]
    en: str
    zh: str

    def applies(self, channel: str, language: str) -> bool:
        """Tell whether a text for this channel, in this language, needs the label."""
        return channel in self.channels or language in self.languages

    def sentence(self, language: str) -> str:
        """Return the sentence that stands below a text."""
        return self.zh if language == "zh" else self.en


@cache
def labels(chosen: Chosen = SHIPPED) -> tuple[Label, ...]:
    """Return the labels that a shop goes by."""
    names = packs.names("label", chosen, packs.LABELS)
    return tuple(of(name, packs.raw(name, chosen)) for name in names if name not in chosen.off)


def of(name: str, raw: dict[str, Any]) -> Label:
    """Return the label of the pack ``name`` ("label.eu"); raise UserError with the reason."""
    try:
        block = raw["label"]
        made = Label(
            name.removeprefix("label."), str(raw["name"]), str(raw["date"]), str(raw["source"]),
            tuple(str(c) for c in block.get("channels", ())), tuple(str(c) for c in block.get("languages", ())),
            str(block["en"]).strip(), str(block["zh"]).strip(),
        )  # fmt: skip
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise UserError("The rule pack {name} cannot be read: {why}", name=f"{name}.toml", why=str(error)) from error
    if not made.en or not made.zh:
        raise UserError("The rule pack {name} does not say its {what}.", name=name, what="en, zh")
    return made


def prove(name: str, raw: dict[str, Any]) -> None:
    """Raise UserError where a label's pack does not apply to its own examples, or to what it calls harmless."""
    label = of(name, raw)
    hits, misses = packs.examples(name, raw)
    for some, wanted in ((hits, True), (misses, False)):
        for one in some:
            channel, language = str(one.get("channel", "")), str(one.get("language", ""))
            if label.applies(channel, language) is not wanted:
                raise UserError(
                    "The rule pack {name} does not hold for its own examples: {text}.",
                    name=name, text=" · ".join(filter(None, (channel, language))),
                )  # fmt: skip


def made_by_weights(draft: Draft) -> bool:
    """Tell whether weights had a part in a text: theirs, mixed, or theirs before the merchant edited it."""
    return draft.source in ("weights", "mixed") or (draft.source == "merchant" and bool(draft.weights))


def asked_for(draft: Draft, *, wish: str = "auto", chosen: Chosen = SHIPPED) -> Label | None:
    """Return the label a text needs, or None; ``wish`` of the shop: "auto", "always" or "never"."""
    if wish == "never" or not made_by_weights(draft) or draft.field != "description":
        return None
    known = labels(chosen)
    fits = [label for label in known if label.applies(draft.channel, draft.language)]
    if not fits and wish == "always":  # the merchant's own wish needs no law that asks for it
        return known[-1] if known else of("label.eu", packs.raw("label.eu", SHIPPED))
    return fits[0] if fits else None


def metadata(draft: Draft, *, wish: str = "auto", chosen: Chosen = SHIPPED) -> str:
    """Return what programs are to read where a label is asked for, in the form of China's standard; "" where none is.

    GB 45438-2025, annex on metadata (from memory, unverified): an object "AIGC" whose Label "1" says that the content
    was generated, with who made it and a number of its own. The weights' fingerprint is that number's source.
    """
    if asked_for(draft, wish=wish, chosen=chosen) is None:
        return ""
    number = hashlib.sha256(f"{draft.weights_sha256}/{draft.seed}/{draft.text}".encode()).hexdigest()[:32]
    return json.dumps(
        {"AIGC": {"Label": "1", "ContentProducer": draft.weights, "ProduceID": number}}, ensure_ascii=False
    )


def labelled(draft: Draft, *, wish: str = "auto", chosen: Chosen = SHIPPED) -> str:
    """Return the text of a draft as it goes out: with its label below it where one is asked for."""
    label = asked_for(draft, wish=wish, chosen=chosen)
    return draft.text if label is None else f"{draft.text}\n\n{label.sentence(draft.language)}"
