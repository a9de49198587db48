"""What facts say in a language that is not the text's: quoted under a label of the text's language, or left out, never half."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from desktop_app.language import everyday, facts, harmless, inflections, lexicon, sayings, units
from desktop_app.language.phrases import resting
from desktop_app.language.said import Said
from desktop_app.records import Fact

# Letters no English and no Chinese sentence holds; Greek small letters of units (µ, Ω) stand in both.
_STRANGE = r"\u0370-\u0390\u0391-\u03a8\u03aa-\u03bb\u03bd-\u1cff\u1f00-\u1fff\u3040-\u30fa\u30fc-\u30ff\uac00-\ud7af\u1100-\u11ff"
_IN_EN = re.compile(rf"[{_STRANGE}\u3400-\u9fff]")
_IN_ZH = re.compile(rf"[{_STRANGE}]")
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_SHORTEST = 4  # letters of a word below which nobody can say of what language it is
_NAMES = frozenset(["brand", "origin", "made_in", "compatibility", "certificate", "net_weight", "size"])
_LONGEST = 60  # letters that may be quoted


def strange(text: str, language: str) -> bool:
    """Tell whether ``text`` holds letters that do not belong into a sentence of ``language`` ("zh", else English)."""
    return bool((_IN_ZH if language == "zh" else _IN_EN).search(text))


def kept_apart(said: Sequence[Said], found: Sequence[Fact], language: str) -> list[Said]:
    """Return what can be said, with what is not of ``language`` quoted in a line of detail, or left out."""
    by_name = {f.name: f for f in found}
    out: list[Said] = []
    for one in said:
        several = [by_name[n] for n in one.facts if n in by_name]
        if several and _not_of(one, several, language):
            out += [quoted for fact in several for quoted in _quoted(fact, language)]
        else:
            out.append(one)
    told = {name for one in out for name in one.facts}
    untold = [f for f in found if f.name not in told and strange(f.value, language)]
    return out + [quoted for fact in untold for quoted in _quoted(fact, language)]


def _not_of(said: Said, several: Sequence[Fact], language: str) -> bool:
    text = " ".join((said.verb.text, said.part.text, said.whole.text, said.label, said.value.text))
    if strange(text, language):
        return True
    if language == "zh":
        return False
    return any(facts.role_of(f) not in _NAMES and not _english_name(f) and _untranslated(f, text) for f in several)


def _untranslated(fact: Fact, text: str) -> bool:
    """Tell whether words of a value of another language's fact stand in the text as they were."""
    low = text.casefold()
    said = set(_WORD.findall(low))
    return any(
        len(w) >= _SHORTEST and w in said and not inflections.forms(w) & english_words()
        for w in _WORD.findall(fact.value.casefold())
    )


def _english_name(fact: Fact) -> bool:
    """Tell whether a fact's name is English, as far as one can see: then its value is the merchant's English."""
    several = _WORD.findall(facts.clean_name(fact.name))
    return all(len(w) < _SHORTEST or bool(inflections.forms(w) & english_words()) for w in several)


@cache
def english_words() -> frozenset[str]:
    """Return the English words the lists know: labels, terms, everyday and harmless words."""
    found = {w for row in lexicon.rows("names") for w in row["en"].split()}
    for kind in lexicon.KINDS:
        found |= {w for t in lexicon.terms(kind) for e in (*t.en, t.plural) for w in _WORD.findall(e.casefold())}
    return frozenset(found | everyday.words("en") | everyday.plain("en") | harmless.words("en", "") | _LABELS)


# Words of English labels that stand in no other list.
_LABELS = lexicon.words(
    "type category material colour color pattern finish style size height width length depth diameter thickness weight volume capacity "
    "origin country region brand model number count pieces contents included includes care cleaning washing storage power voltage battery "
    "compatibility compatible features feature notes flavour flavor roast process variety altitude grade grind blend origin vintage age audience "
    "closure lining filling handle strap base shape season climate activity collection theme occasion technique print edition language pages binding"
)


def _quoted(fact: Fact, language: str) -> list[Said]:
    label, value = _label(fact, language), fact.value.strip()
    if not label or len(value) > _LONGEST or facts.is_yes(value) or facts.is_no(value) or re.search(r"[|\n]", value):
        return []
    whole = facts.with_unit(value, facts.unit_of(fact))
    measured = sayings.amount(whole, language) if units.dimension_of(whole) else None
    if measured and strange(measured, language):
        measured = None  # "стирка 40°"
    shown = resting(measured or f"“{whole}”", fact.name)
    return [Said(fact.kind, (fact.name,), label=label, value=shown)]


def _label(fact: Fact, language: str) -> str:
    """Return what the fact is called in ``language``; nothing where no list knows it."""
    meaning = facts.meaning_of(fact.name, fact.value)
    label = meaning.zh if language == "zh" else meaning.en
    if strange(label, language) or (language == "zh" and not re.search(r"[\u4e00-\u9fff]", label)):
        return ""
    if language != "zh" and meaning.role in {"free", "labelled"} and not _english_name(fact):
        return ""
    return label
