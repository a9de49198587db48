"""Values that contain others: what suits all weather suits windy days, so the windy days need no saying."""

from __future__ import annotations

import re
from collections.abc import Sequence

from desktop_app.language import facts, kinship, lexicon, units
from desktop_app.records import Fact

# What is said of all of them, and of which: groups of uses, or single ones.
_ALL = {
    "all weather": frozenset({"weather", "season"}),
    "all seasons": frozenset({"season"}),
    "men and women": frozenset({"men", "women", "adults"}),
}


def uses(items: Sequence[str]) -> list[str]:
    """Return what a thing is for without what another value of the same list contains."""
    terms = {item: lexicon.find(item, "use") for item in items}
    whole = {item: _ALL[t.en[0]] for item, t in terms.items() if t and t.en[0] in _ALL}
    contained = {group for groups in whole.values() for group in groups}
    return [i for i, t in terms.items() if i in whole or t is None or not {t.group, t.en[0]} & contained]


def told_finer(found: Sequence[Fact]) -> list[Fact]:
    """Return facts without a list of stuffs where another says how much there is of each of them."""
    shares = {t for f in found if f.kind == "material" for t in _shared(facts.items(f))}
    whole = [f for f in found if facts.role_of(f) in {"material", "ingredients"} and _adds_up(facts.items(f))]
    out = []
    for fact in found:
        if whole and fact not in whole and facts.role_of(fact) == "material":
            continue  # chiffon of 100 % polyester is not made of chiffon and polyester
        named = [lexicon.find(i, "material") for i in facts.items(fact)]
        if fact.kind == "material" and named and all(t in shares for t in named):
            continue
        out.append(fact)
    return out


def _adds_up(items: Sequence[str]) -> bool:
    """Tell whether a list says of what all of a thing is: shares of a hundred."""
    shares = [re.search(r"(\d+(?:[.,]\d+)?)\s*[%％]", i) for i in items]
    return bool(items) and all(shares) and abs(sum(float(s[1].replace(",", ".")) for s in shares if s) - 100) < 1


def _shared(items: Sequence[str]) -> set[lexicon.Term]:
    bare = [re.sub(r"[\d.,]+\s*[%％]", "", i).strip() for i in items if re.search(r"[%％]", i)]
    return {t for i in bare if (t := lexicon.find(i, "material"))}


# What one thing cannot be or have at once; of several variants each may be another. Where a list holds two of a row,
# nobody knows which is whose, and neither is said.
_EITHER = tuple(
    frozenset(lexicon.key(form) for form in row.split("|"))
    for row in (
        "¼ zip|1/4 zip|quarter zip|half zip|half-zip|½ zip|1/2 zip|full zip|full-zip|全拉链|半拉链|¼拉链|pullover|套头",
        "lightweight|light|heavy duty|heavy-duty|heavyweight|midweight|轻便|轻薄|加厚|厚款|薄款",
        "soft shell|softshell|hard shell|hardshell|软壳|硬壳",
        "slim fit|slim|regular fit|regular|loose fit|loose|relaxed fit|relaxed|oversized|fitted|snug|修身|宽松|合身|直筒|紧身",
        "short sleeve|short-sleeved|long sleeve|long-sleeved|sleeveless|three-quarter sleeve|短袖|长袖|无袖|七分袖|五分袖",
        "matte|matt|glossy|gloss|satin|polished|哑光|亮光|亮面|磨砂|高光",
        "waterproof|not waterproof|防水|不防水",
        "left-handed|right-handed|左手|右手",
        "high rise|mid rise|low rise|高腰|中腰|低腰",
        "crew neck|round neck|v-neck|turtleneck|圆领|V领|高领|方领|翻领|立领",
        "wired|wireless|有线|无线",
    )
)


def possible(items: Sequence[str]) -> list[str]:
    """Return values without those that exclude each other: "¼ zip" and "full zip" are no two zips of one jacket."""
    keys = [lexicon.key(item) for item in items]
    apart = {k for row in _EITHER for k in keys if k in row and len({other for other in keys if other in row}) > 1}
    return [item for item, k in zip(items, keys, strict=True) if k not in apart]


# Words for whole families of stuffs; leather beside suede is a stuff of its own.
_BROAD = frozenset(["wood", "metal", "plastic", "ceramic", "stone", "glass", "fabric", "steel", "clay"])


def materials(items: Sequence[str]) -> list[str]:
    """Return materials without the broader word for one of them: "oak" says more than "wood, oak"."""
    terms = {item: lexicon.find(item, "material") for item in items}
    wider = {w for t in terms.values() if t for w in kinship.broader([t]) if w != t and w.en[0] in _BROAD}
    shared = _shared(items)
    kept = [item for item, term in terms.items() if term is None or term not in wider | shared]
    return kept or list(items)


def stuffs_and_measures(items: Sequence[str]) -> tuple[list[str], list[str]]:
    """Part what a thing is made of from how heavy or thick that is: linen from the 210 g/m² of "Linen, 210 g/m²"."""
    measures = [i for i in items if units.dimension_of(i) and not re.search(r"[%％]", i)]
    stuffs = [i for i in items if i not in measures]
    return (stuffs, measures) if stuffs else (list(items), [])
