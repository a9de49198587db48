"""The label that says a text was made with AI, where a channel or a law asks for one; not legal advice."""

from __future__ import annotations

import hashlib
import json
import tomllib
from dataclasses import dataclass
from functools import cache

from desktop_app import paths
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

    def sentence(self, language: str) -> str:
        """Return the sentence that stands below a text."""
        return self.zh if language == "zh" else self.en


@cache
def labels() -> tuple[Label, ...]:
    """Return the labels known, from ``assets/rules/labels.toml``."""
    raw = tomllib.loads((paths.assets() / "rules" / "labels.toml").read_text("utf-8"))
    return tuple(
        Label(str(r["id"]), str(r["name"]), str(r["date"]), str(r["source"]), tuple(r.get("channels", ())),
              tuple(r.get("languages", ())), str(r["en"]), str(r["zh"]))
        for r in raw["label"]
    )  # fmt: skip


def made_by_weights(draft: Draft) -> bool:
    """Tell whether weights had a part in a text: theirs, mixed, or theirs before the merchant edited it."""
    return draft.source in ("weights", "mixed") or (draft.source == "merchant" and bool(draft.weights))


def asked_for(draft: Draft, *, wish: str = "auto") -> Label | None:
    """Return the label a text needs, or None; ``wish`` of the shop: "auto", "always" or "never"."""
    if wish == "never" or not made_by_weights(draft) or draft.field != "description":
        return None
    fits = [label for label in labels() if draft.channel in label.channels or draft.language in label.languages]
    return fits[0] if fits else labels()[-1] if wish == "always" else None


def metadata(draft: Draft, *, wish: str = "auto") -> str:
    """Return what programs are to read where a label is asked for, in the form of China's standard; "" where none is.

    GB 45438-2025, annex on metadata (from memory, unverified): an object "AIGC" whose Label "1" says that the content
    was generated, with who made it and a number of its own. The weights' fingerprint is that number's source.
    """
    if asked_for(draft, wish=wish) is None:
        return ""
    number = hashlib.sha256(f"{draft.weights_sha256}/{draft.seed}/{draft.text}".encode()).hexdigest()[:32]
    return json.dumps(
        {"AIGC": {"Label": "1", "ContentProducer": draft.weights, "ProduceID": number}}, ensure_ascii=False
    )


def labelled(draft: Draft, *, wish: str = "auto") -> str:
    """Return the text of a draft as it goes out: with its label below it where one is asked for."""
    label = asked_for(draft, wish=wish)
    return draft.text if label is None else f"{draft.text}\n\n{label.sentence(draft.language)}"
