"""What is known of weights, in words a merchant can use: lines of facts, and verdicts for this computer."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from desktop_app.ui import local
from desktop_app.words import LANGUAGES, _

if TYPE_CHECKING:
    from desktop_app.records import Weights
    from desktop_app.tasks.weights_on_hand import Memory, Outlook

SLOW = 3600.0  # seconds for a hundred descriptions that people call slow
Tone = Literal["good", "caution", "bad", "muted"]
ICONS: dict[Tone, str] = {"good": "circle-check", "caution": "triangle-alert", "bad": "circle-alert", "muted": "info"}


@dataclass(frozen=True)
class Verdict:
    """One thing to know before these weights are used."""

    tone: Tone
    text: str
    more: str = ""


def verdicts(weights: Weights, seen: Outlook, memory: Memory) -> list[Verdict]:
    """Return what can be expected of ``weights`` on this computer, gravest first."""
    found = [_memory(seen, memory)]
    if not seen.writes:
        more = _(
            "These compare texts by meaning; they do not make texts. This program compares with those it came with."
        )
        found.append(Verdict("muted", _("Cannot write"), more))
        return _gravest_first(found)
    if seen.on_cards:
        found.append(_on_cards(seen))
    if seen.fits != "no":
        found.append(_pace(seen))
    found.append(_languages(seen))
    if not seen.template:
        found.append(
            Verdict(
                "caution",
                _("No chat template"),
                _(
                    "These are probably base weights: they go on with a text instead of doing "
                    "what is asked. Expect more texts to be refused by the check."
                ),
            )
        )
    return _gravest_first(found)


def facts(weights: Weights) -> list[tuple[str, str]]:
    """Return names and values of what the file says about itself."""
    found = [
        (_("For"), _("writing texts") if weights.kind == "writing" else _("finding texts by meaning")),
        (_("File size"), local.size(weights.size)),
        (_("Languages"), languages(weights)),
        (_("Licence"), weights.licence or _("not said")),
        (_("Parameters"), parameters(weights.parameters)),
        (_("Kind"), " · ".join(filter(None, (weights.architecture, weights.quantisation)))),
        (_("Context"), _("{count} tokens", count=local.number(weights.context)) if weights.context else ""),
        (_("File"), weights.path),
    ]
    return [(name, value) for name, value in found if value]


def line(weights: Weights) -> str:
    """Say in one line what the list shows below the name."""
    kind = _("writes") if weights.kind == "writing" else _("finds by meaning")
    return " · ".join((kind, local.size(weights.size), languages(weights)))


def languages(weights: Weights) -> str:
    """Return the languages the file or the list names."""
    if len(weights.languages) > 6:
        return _("{count} languages", count=local.number(len(weights.languages)))
    return ", ".join(_language(code) for code in weights.languages) or _("languages not said")


def parameters(count: int) -> str:
    """Write a number of parameters as people say it: 135 million, 4.0 billion."""
    if count >= 1_000_000_000:
        return _("{count} billion", count=f"{count / 1e9:.1f}")
    return _("{count} million", count=local.number(round(count / 1e6))) if count >= 1_000_000 else ""


def _language(code: str) -> str:
    if code in ("multilingual", "multi", "mul"):
        return _("many languages")
    return {"en": _("English"), "zh": _("Chinese")}.get(code, LANGUAGES.get(code, code))


def _memory(seen: Outlook, memory: Memory) -> Verdict:
    needs, free, total = (local.size(n) for n in (seen.needs, memory.free, memory.total))
    if seen.fits == "yes":
        return Verdict("good", _("Fits in memory"), _("Needs about {needs}; {free} are free.", needs=needs, free=free))
    if seen.fits == "tight":
        more = _("Needs about {needs}; only {free} are free now. Close other programs first.", needs=needs, free=free)
        return Verdict("caution", _("Tight"), more)
    more = _(
        "Needs about {needs}; this computer has {total}. Smaller weights of the same family may fit.",
        needs=needs,
        total=total,
    )
    return Verdict("bad", _("Too large for this computer"), more)


def _on_cards(seen: Outlook) -> Verdict:
    if seen.on_cards == 1.0:
        return Verdict("good", _("Fits on the graphics card"))
    part = _("{share:.0%} of it fits there; the processor does the rest.", share=seen.on_cards)
    return Verdict("muted", _("Too large for the graphics card alone"), part)


def _pace(seen: Outlook) -> Verdict:
    if seen.pace is None:
        more = _("It is measured once, before a long job or with “Measure” in the settings.")
        return Verdict("muted", _("How fast it writes here is not known yet"), more)
    time = local.duration(seen.pace.seconds)
    more = _("Measured here.") if seen.pace.measured else _("Reckoned from what other weights do here.")
    if seen.pace.seconds > SLOW:
        return Verdict("caution", _("Slow here: 100 descriptions take {time}", time=time), more)
    return Verdict("good", _("100 descriptions take {time}", time=time), more)


def _languages(seen: Outlook) -> Verdict:
    guess = "" if seen.named else _("The file names no languages; this goes by its family and size.")
    if seen.chinese and seen.english:
        return Verdict("good", _("Writes English and Chinese"), guess)
    if seen.chinese:
        return Verdict("good", _("Writes Chinese"), guess)
    more = _("Chinese texts are made from the facts alone.")
    if seen.english:
        return Verdict("caution", _("Writes English, not Chinese"), f"{more} {guess}".strip())
    return Verdict("caution", _("Writes neither English nor Chinese"), guess)


def _gravest_first(found: list[Verdict]) -> list[Verdict]:
    return sorted(found, key=lambda verdict: ("bad", "caution", "good", "muted").index(verdict.tone))


def broken(path: Path, why: str) -> str:
    """Say that a file cannot be used."""
    return _("{why} Nothing was added.", why=why) if why else _("{name} cannot be read.", name=path.name)
