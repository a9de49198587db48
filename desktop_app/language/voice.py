"""The voice of a shop: how its texts sound, which words they use and avoid, and the style learned from edits."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, replace
from difflib import SequenceMatcher
from typing import Any, Literal

from desktop_app.records import Edit, Finding, Span, Verdict
from desktop_app.words import _, several

LEAST = 3  # edits that must agree before a habit is a rule
_HAN = re.compile(r"[\u4e00-\u9fff]")
_PIECE = re.compile(r"[\u4e00-\u9fff]|[^\W\d_]+(?:['’-][^\W\d_]+)*|\d+(?:[.,]\d+)*|[^\w\s]")
Address = Literal["", "you", "none", "您", "你"]
_YOU = re.compile(r"(?i)\b(?:you|your|yours|yourself)\b|[您你]")


@dataclass(frozen=True, slots=True)
class Voice:
    """What the merchant wishes of every text; ``off`` are learned rules they switched off."""

    tone: Literal["plain", "warm"] = "plain"
    length: Literal["short", "medium", "long"] = "medium"
    use: tuple[tuple[str, str], ...] = ()  # (instead of this, this): "colour" for "color"
    avoid: tuple[str, ...] = ()
    address: Address = ""  # how a reader is addressed; empty: as it comes
    examples: bool = True  # the merchant's own approved texts show the weights how it sounds
    off: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Habit:
    """One rule of style learned from edits: what it changes, in how many edits it was seen, and for which language."""

    id: str
    language: str
    kind: Literal["replace", "drop", "shorter", "longer"]
    old: str
    new: str
    seen: int

    def sentence(self) -> str:
        """Say the rule in a sentence the merchant can switch off."""
        if self.kind == "replace":
            said = _("Writes “{new}” instead of “{old}”.", new=self.new, old=self.old)
        elif self.kind == "drop":
            said = _("Leaves out “{old}”.", old=self.old)
        elif self.kind == "shorter":
            said = _("Keeps texts short.")
        else:
            said = _("Says more in each text.")
        times = several("Learned from {count} of your edits.", "Learned from {count} of your edits.", self.seen)
        return f"{said} {times}"


def read(raw: Any) -> Voice:
    """Return the voice that a shop keeps as JSON; what is not understood is left at its usual value."""
    if not isinstance(raw, dict):
        return Voice()
    usual = Voice()
    pairs = tuple((str(a), str(b)) for a, b in raw.get("use", ()) if str(a).strip() and str(b).strip())
    words = tuple(str(w) for w in raw.get("avoid", ()) if str(w).strip())
    tone = raw.get("tone") if raw.get("tone") in ("plain", "warm") else usual.tone
    length = raw.get("length") if raw.get("length") in ("short", "medium", "long") else usual.length
    address = raw.get("address") if raw.get("address") in ("", "you", "none", "您", "你") else ""
    off = tuple(str(o) for o in raw.get("off", ()))
    return Voice(tone, length, pairs, words, address, bool(raw.get("examples", True)), off)  # type: ignore[arg-type]


def kept(voice: Voice) -> dict[str, Any]:
    """Return a voice as the JSON a shop keeps."""
    return asdict(voice)


def learn(edits: Sequence[Edit], off: Iterable[str] = ()) -> list[Habit]:
    """Return the habits that at least three of the merchant's edits agree on, most seen first; ``off`` are left out."""
    found: list[Habit] = []
    for language in sorted({edit.language for edit in edits}):
        own = [edit for edit in edits if edit.language == language]
        changes: Counter[tuple[str, str]] = Counter()
        for edit in own:
            changes.update(set(_changes(edit.before, edit.after)))
        for (old, new), seen in changes.items():
            if seen >= LEAST and not re.search(r"\d", old + new):
                kind: Literal["replace", "drop"] = "replace" if new else "drop"
                found.append(Habit(f"{kind}:{language}:{old}:{new}", language, kind, old, new, seen))
        found += _lengths(own, language)
    gone = set(off)
    return sorted((h for h in found if h.id not in gone), key=lambda h: (-h.seen, h.id))


_STEPS: tuple[Literal["short", "medium", "long"], ...] = ("short", "medium", "long")


def length(
    wished: Literal["short", "medium", "long"], habits: Sequence[Habit], language: str
) -> Literal["short", "medium", "long"]:
    """Return how long texts are to be: one step shorter or longer than wished where the edits of a language say so."""
    by = sum({"shorter": -1, "longer": 1}.get(h.kind, 0) for h in habits if h.language == language)
    return _STEPS[min(max(_STEPS.index(wished) + by, 0), 2)]


def _lengths(edits: Sequence[Edit], language: str) -> list[Habit]:
    shorter = sum(len(e.after) < 0.75 * len(e.before) for e in edits)
    longer = sum(len(e.after) > 1.35 * len(e.before) for e in edits)
    if shorter >= LEAST and shorter > len(edits) / 2:
        return [Habit(f"shorter:{language}", language, "shorter", "", "", shorter)]
    if longer >= LEAST and longer > len(edits) / 2:
        return [Habit(f"longer:{language}", language, "longer", "", "", longer)]
    return []


def _changes(before: str, after: str) -> list[tuple[str, str]]:
    """Return the small changes between two texts: a word or sign for another, or left out."""
    old, new = _PIECE.findall(before), _PIECE.findall(after)
    found = []
    for kind, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        gone, come = old[a:b], new[c:d]
        if kind == "replace" and len(gone) <= 4 and len(come) <= 4:
            found.append((_joined(gone), _joined(come)))
        elif kind == "delete" and len(gone) <= 2:
            found.append((_joined(gone), ""))
    return [(a, b) for a, b in found if a and a not in ".。,，" and b not in ".。,，!！"]


def _joined(pieces: Sequence[str]) -> str:
    return "".join(
        (" " if n and not _HAN.match(piece) and piece[0].isalnum() else "") + piece for n, piece in enumerate(pieces)
    )


def pattern(word: str) -> re.Pattern[str]:
    """Return what finds ``word`` as a word, whatever its case."""
    left = r"(?<![^\W_])" if word[:1].isalnum() and not _HAN.match(word[:1]) else ""
    right = r"(?![^\W_])" if word[-1:].isalnum() and not _HAN.match(word[-1:]) else ""
    return re.compile(left + re.escape(word) + right, re.I)


def dress(text: str, evidence: Sequence[Span], voice: Voice, habits: Sequence[Habit], language: str) -> tuple[
    str, tuple[Span, ...]
]:  # fmt: skip
    """Return a text with the merchant's words in place of others, its evidence moved along; facts are never touched."""
    swaps = [*voice.use, *((h.old, h.new) for h in habits if h.language == language and h.kind in ("replace", "drop"))]
    spans = list(evidence)
    for old, new in swaps:
        at = 0
        while found := pattern(old).search(text, at):
            start, end = found.span()
            if any(s.start < end and start < s.end for s in spans):
                at = end  # words that rest on a fact stay as the fact has them
                continue
            word = new[:1].upper() + new[1:] if found[0][:1].isupper() else new
            if not word and text[start - 1 : start] == " " and text[end : end + 1] in (" ", "", ".", ","):
                start -= 1
            text = text[:start] + word + text[end:]
            by = len(word) - (end - start)
            spans = [s if s.end <= start else replace(s, start=s.start + by, end=s.end + by) for s in spans]
            at = start + len(word)
    return text, tuple(spans)


def findings(text: str, voice: Voice) -> list[Finding]:
    """Return where a text uses a word the shop avoids, or addresses its reader in another way than the shop does."""
    found = []
    for word in voice.avoid:
        for hit in pattern(word).finditer(text):
            why = _("Your voice avoids “{word}”.", word=word)
            found.append(Finding(hit.start(), hit.end(), hit[0], "voice", why))
    wrong = {"none": _YOU, "您": re.compile("你"), "你": re.compile("您")}.get(voice.address)
    for hit in wrong.finditer(text) if wrong else ():
        why = _("Your voice does not address the reader like this.")
        found.append(Finding(hit.start(), hit.end(), hit[0], "voice", why))
    return sorted(found, key=lambda f: f.start)


@dataclass(frozen=True, slots=True)
class VoiceCheck:
    """Hold a sentence against facts and against the voice of the shop; small and picklable, as the check it holds."""

    inner: Any  # a SentenceCheck
    voice: Voice

    def __call__(self, written: tuple[str, ...]) -> Verdict:
        """Return whether the last sentence may stand."""
        verdict: Verdict = self.inner(written)
        if not verdict.ok or not written:
            return verdict
        found = findings(written[-1], self.voice)
        if not found:
            return verdict
        return Verdict(False, "voice", found[0].start, found[0].end, found[0].why)
