"""What can be said of a product, one fact or group of facts at a time, before it is made into sentences."""

from __future__ import annotations

from dataclasses import dataclass

from desktop_app.language.phrases import NOTHING, Line, joined, listed, plain


@dataclass(frozen=True, slots=True)
class Said:
    """One thing to say, in the forms a sentence may need; a form that does not exist is empty.

    ``verb`` follows "it" or "this board" (Chinese: a clause), ``verbs`` follows "they"; ``part`` follows the noun
    ("made of oak"); ``whole`` is a sentence of its own; ``label`` and ``value`` make a line of details.
    """

    key: str
    facts: tuple[str, ...]
    verb: Line = NOTHING
    verbs: Line = NOTHING
    part: Line = NOTHING
    whole: Line = NOTHING
    label: str = ""
    value: Line = NOTHING
    lines: tuple[Line, ...] = ()  # the single values, for joining with another of the same key
    frame: tuple[str, str, str] = ("", "", "")  # verb, verbs and part before the values

    @property
    def only_detail(self) -> bool:
        """Tell whether this can only stand in a line of its own."""
        return not (self.verb or self.part or self.whole)


def framed(key: str, facts: tuple[str, ...], lines: list[Line], frame: tuple[str, str, str], language: str) -> Said:
    """Return what can be said with a list of values behind a verb and behind "made of", "with", …"""
    rest = listed(lines, language)
    space = "" if language == "zh" else " "
    verb, verbs, part = (plain(f"{f}{space}") + rest if f else NOTHING for f in frame)
    return Said(key, facts, verb, verbs, part, value=rest, lines=tuple(lines), frame=frame)


def merged(found: list[Said], language: str) -> list[Said]:
    """Join what has the same frame ("is waterproof", "is lockable") into one; the order of the first ones stays."""
    out: list[Said] = []
    for said in found:
        same = next((n for n, s in enumerate(out) if said.lines and s.key == said.key and s.frame == said.frame), None)
        if same is None:
            out.append(said)
            continue
        before = out[same]
        texts = {line.text for line in before.lines}
        lines = [*before.lines, *(line for line in said.lines if line.text not in texts)]
        names = tuple(dict.fromkeys(before.facts + said.facts))
        if said.frame[0] == "so":
            rest = joined(lines, "、")
            out[same] = Said(said.key, names, rest, rest, value=rest, lines=tuple(lines), frame=said.frame)
        else:
            out[same] = framed(said.key, names, lines, said.frame, language)
    return out
