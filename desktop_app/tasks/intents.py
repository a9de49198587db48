"""What messages want: the merchant's own list, learned from the usual examples and from each correction."""

from __future__ import annotations

import contextlib
import hashlib
import os
import re
import tempfile
import unicodedata
from collections.abc import Sequence
from dataclasses import replace
from functools import cache, lru_cache
from pathlib import Path
from typing import cast

import numpy as np
import numpy.typing as npt

from desktop_app import paths, words
from desktop_app.engine import Engine
from desktop_app.errors import UserError
from desktop_app.insight.intents import NONE
from desktop_app.language import intent_list, message_signs, reply_reading
from desktop_app.language.tongue import language_of
from desktop_app.message_records import Intent, Policy, Reading
from desktop_app.records import Action
from desktop_app.shop import Shop
from desktop_app.tasks.intent_reader import Example, Reader
from desktop_app.tasks.library import meaning_mark
from desktop_app.words import _

SLICE = 64  # texts embedded at once
MOST = 6  # questions of one message that are looked at
OWN = 3  # how often an example of the merchant's counts
Floats = npt.NDArray[np.floating]


def listed(shop: Shop, *, hidden: bool = False) -> list[Intent]:
    """Return the list of wants, the usual ones first, with the merchant's names and policies."""
    policies = dict(shop.setting("reply_policies", {}) or {})
    own = {key: (name, gone) for key, name, gone in shop.own_intents()}
    examples = [intent for intent, _text in shop.intent_examples()]
    found = []
    for key in dict.fromkeys((*intent_list.usual(), *own)):
        usual = intent_list.usual().get(key)
        name, gone = own.get(key, ("", False))
        shown = name or (usual.name(words.language()) if usual else key)
        policy = cast(Policy, policies.get(key, usual.policy if usual else ""))
        if hidden or not gone:
            found.append(Intent(key, shown, policy, gone, usual is None, examples.count(key)))
    return found


def name_of(shop: Shop, key: str) -> str:
    """Return what a want is called in the language of the window; "" for none."""
    return next((one.name for one in listed(shop, hidden=True) if one.key == key), key)


def policies(shop: Shop) -> dict[str, Policy]:
    """Return what is proposed for each want: as the merchant said, else as the list does."""
    return {one.key: one.policy for one in listed(shop, hidden=True) if one.policy}


def add_intent(shop: Shop, name: str, examples: Sequence[str] = ()) -> str:
    """Add a want of the merchant's own with its examples and return its key."""
    name = name.strip()
    if not name:
        raise UserError("Give it a name first. Nothing was changed.")
    if any(one.name.casefold() == name.casefold() for one in listed(shop, hidden=True)):
        raise UserError("“{name}” is on the list already. Nothing was changed.", name=name)
    key = _key(name)
    with shop.act("Add “{name}” to what customers want", name=name):
        shop.keep_intent(key, name, hidden=False)
        for text in examples:
            shop.add_intent_example(key, text.strip(), language_of(text))
    return key


def change_intent(shop: Shop, key: str, *, name: str = "", hidden: bool = False) -> Action:
    """Rename a want, take it off the list or put it back."""
    with shop.act("Change “{name}” among what customers want", name=name or name_of(shop, key)) as action:
        shop.keep_intent(key, name, hidden)
    return action


def correct(shop: Shop, conversation: int, intent: str) -> Action:
    """Say what a conversation wants; what the customer wrote becomes an example of it. "" says: none of the list."""
    from desktop_app.tasks.import_messages import asked_in

    known = shop.conversation(conversation)
    asked = "\n".join(asked_in(shop.messages(conversation)))
    told = name_of(shop, intent) if intent else _("none of these")
    with shop.act("This message is about: {name}", name=told) as action:
        reading = replace(known.reading, intent=intent, confidence=1.0)
        shop.replace_conversation(replace(known, reading=reading, decided=True))
        if text := example_of(asked):
            shop.add_intent_example(intent, text, known.reading.language)
    return action


def example_of(text: str) -> str:
    """Return what of a message is an example of its want: what it asks, without numbers and personal data."""
    from desktop_app.language import masking

    read = reply_reading.read(text)
    asked = " ".join(q.text for q in read.questions) or read.clean
    return re.sub(r"\s+", " ", masking.mask(asked).text).strip()[:400]


def read_messages(shop: Shop, engine: Engine | None, messages: Sequence[tuple[str, ...]]) -> list[Reading]:
    """Read messages (each what the customer wrote since the shop spoke): want, mood, urgency, language, entities."""
    found = []
    intents = _wants(shop, engine, messages)
    titles = _titles(shop)
    for several, (intent, confidence) in zip(messages, intents, strict=True):
        text = "\n".join(several)
        signs = message_signs.read_signs(text)
        named = message_signs.with_products(signs.entities, text, titles)
        found.append(replace(signs, intent=intent, confidence=round(confidence, 3), entities=named))
    return found


def agreement(
    mark: str, questions: Sequence[str], asking: Floats, answers: Sequence[str], asked: Floats
) -> Floats | None:
    """Return how likely each question and its answer's question are about the same usual want, shape (n,).

    None for other weights than those the usual examples were read with: learning anew would take the merchant's time.
    """
    one, other = chances(mark, questions, asking), chances(mark, answers, asked)
    return None if one is None or other is None else np.asarray((one * other).sum(1))


def chances(mark: str, texts: Sequence[str], meanings: Floats) -> Floats | None:
    """Return how likely texts are about each of the usual wants, shape (n, wants); None for other weights."""
    if not _shipped(mark):
        return None
    return _reader(_Engine(None), mark, tuple(intent_list.usual()), ()).chances(texts, meanings)


# --- the head --------------------------------------------------------------------------------------------------------


def _wants(shop: Shop, engine: Engine | None, messages: Sequence[tuple[str, ...]]) -> list[tuple[str, float]]:
    """Return what each message wants and how sure that is: the whole of it or one of its questions says so."""
    asked = [_pieces("\n".join(several)) for several in messages]
    flat = list(dict.fromkeys(text for pieces in asked for text in pieces))
    if not flat:
        return [(NONE, 0.0) for _m in messages]
    mark = _mark(engine)
    told = {one.key for one in listed(shop)}
    own = tuple((intent, text) for intent, text in shop.intent_examples() if intent in told or not intent)
    shown = tuple(one for one in intent_list.usual() if one in told)
    exact = {_flat(text): intent for intent, text in own}
    reader = _reader(_Engine(engine), mark, shown, own)
    rows = _meanings(engine if mark else None, mark, flat, keep=False)
    reads = dict(zip(flat, reader.read(flat, np.stack([rows[t] for t in flat])), strict=True))
    found = []
    for several, pieces in zip(messages, asked, strict=True):
        said = exact.get(_flat(example_of("\n".join(several))))
        if said is not None:  # the merchant said so of these very words
            found.append((said, 1.0))
            continue
        known = [reads[text] for text in pieces if reads[text].label != NONE]
        best = max(known, key=lambda r: r.fit, default=None)
        found.append((best.label, best.confidence) if best else (NONE, 0.0))
    return found


def _pieces(text: str) -> list[str]:
    """Return the ways a message is looked at: as a whole, and each thing it asks."""
    read = reply_reading.read(text)
    if not read.clean.strip():
        return []
    asked = [q.lookups[0] for q in read.questions[:MOST]]
    whole = re.sub(r"\s+", " ", read.clean).strip()
    return list(dict.fromkeys([whole[:600], *asked]))


class _Engine:
    """An engine that is no part of what a learned head is known by."""

    def __init__(self, engine: Engine | None) -> None:
        self.engine = engine

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Engine)

    def __hash__(self) -> int:
        return 0


@lru_cache(maxsize=4)
def _reader(by: _Engine, mark: str, shown: tuple[str, ...], own: tuple[tuple[str, str], ...]) -> Reader:
    """Return the head for a list of wants and the merchant's examples, learned once."""
    usual = intent_list.usual()
    known = [Example(text, key) for key in shown for text in usual[key].examples]
    known += [Example(text, intent) for intent, text in own if intent] * OWN
    strange = [Example(text, NONE) for text in intent_list.strangers()]
    strange += [Example(text, NONE) for intent, text in own if not intent] * OWN
    texts = list(dict.fromkeys(e.text for e in (*known, *strange)))
    shipped = _shipped(mark) if mark else {}
    at_hand = all(text in shipped for text in texts)
    meanings = shipped if at_hand else _meanings(by.engine if mark else None, mark, texts, keep=True)
    # Strangers are a want of their own here: of so few examples a bar learns less than a head does (see DECISIONS.md).
    return Reader([*known, *strange], [], meanings, bar=False)


def _mark(engine: Engine | None) -> str:
    """Return what the weights for meaning are known by; "" where messages are read by their letters alone."""
    if engine is None or not (mark := meaning_mark(engine)):
        return ""
    try:
        engine.embed(["a"], query=True)
    except UserError:
        return ""
    return mark


def _meanings(engine: Engine | None, mark: str, texts: Sequence[str], *, keep: bool) -> dict[str, Floats]:
    """Return what texts mean; with ``keep`` they are remembered on this machine, so that the next start is quick.

    What the usual examples mean to the starter weights is shipped.
    """
    if engine is None:
        return {text: np.zeros(1, np.float32) for text in texts}
    found = dict(_shipped(mark)) if keep else {}
    fresh = [text for text in texts if text not in found]
    digest = hashlib.sha256("\x1e".join((mark, *fresh)).encode()).hexdigest()[:24]
    place = paths.cache() / f"intents-{digest}.npy"
    if keep and fresh and place.is_file():
        with contextlib.suppress(OSError, ValueError):
            rows = np.load(place, allow_pickle=False)
            if len(rows) == len(fresh):
                return found | dict(zip(fresh, rows.astype(np.float32), strict=True))
    for start in range(0, len(fresh), SLICE):
        some = fresh[start : start + SLICE]
        found.update(zip(some, engine.embed(some, query=True), strict=True))
    if keep and fresh:
        _saved(place, np.stack([found[text] for text in fresh]))
    return found


@cache
def _shipped(mark: str) -> dict[str, Floats]:
    """Return what the usual examples mean to the weights they were read with; nothing for other weights."""
    with np.load(paths.assets() / "replies" / "intents.npz", allow_pickle=False) as kept:
        if str(kept["weights"]) != mark:
            return {}
        return dict(zip((str(t) for t in kept["texts"]), kept["meanings"].astype(np.float32), strict=True))


def _saved(place: Path, rows: Floats) -> None:
    """Keep rows whole or not at all; a cache that cannot be written costs time and nothing else."""
    name = ""
    try:
        handle, name = tempfile.mkstemp(dir=place.parent, prefix=".intents")
        with os.fdopen(handle, "wb") as file:
            np.save(file, rows.astype(np.float16), allow_pickle=False)
        Path(name).replace(place)
    except OSError:
        with contextlib.suppress(OSError):
            Path(name).unlink()


def _titles(shop: Shop) -> list[str]:
    return [title for _id, title in shop.titles() if len(title) >= 3]


def _flat(text: str) -> str:
    return re.sub(r"\W+", " ", unicodedata.normalize("NFKC", text).casefold()).strip()


def _key(name: str) -> str:
    return "own:" + re.sub(r"\W+", "_", name.casefold()).strip("_")[:40]
