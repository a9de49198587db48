"""The closed world of one product: every word its facts carry, in both languages, and the small harmless vocabulary."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

from desktop_app.language import (
    chinese_entailed,
    english_entailed,
    everyday,
    facts,
    foreign,
    handling,
    harmless,
    inflections,
    kinship,
    lexicon,
    making,
    naming,
    subjects,
    telling,
)
from desktop_app.language.lexicon import Term
from desktop_app.language.sayings import role_of
from desktop_app.records import Fact, Product

HARD = ("material", "colour", "origin", "certificate", "scent", "feature", "care", "use")
_WORD = re.compile(r"[A-Za-zÀ-ÖØ-öø-ɏ]+(?:['’][A-Za-zÀ-ÖØ-öø-ɏ]+)?")
_GRAM = 14
_PROSE = 160  # code points: a longer value is a text, whose words carry nothing
_TAG = 40
_BOOKKEEPING = re.compile(r"\d{3,}|[_:=/]\S*[_:=/]|(?i:^(?:new|sale|best ?seller|hot|featured|bis-hidden)$)")


@dataclass(frozen=True, slots=True)
class World:
    """What one product carries."""

    words: frozenset[str]  # English words, in every form they may take
    things: frozenset[str]  # … of these, the content words of title and facts: what a sentence may be about
    kin: frozenset[str]  # … and of the verbs they come from
    grams: frozenset[str]  # Chinese stretches
    terms: frozenset[Term]  # known things its facts and title name
    whole: frozenset[Term]  # … of these, what the whole thing is made of
    names: tuple[str, ...]  # what it may be called: exempt from every rule
    pairs: tuple[frozenset[str], ...]  # the words of each single fact, to see which belong together
    steps: Mapping[Term, frozenset[str]]  # which step of its making was done in a place that no other fact names
    partly_from: frozenset[Term]  # origins of a part or of one step alone ("Tanned in: Italy")
    parts: tuple[frozenset[str], ...]  # the words of each fact that says what a part is made of
    complete: bool  # whether all that is in it is known: a composition of 100 %, a list of ingredients
    denied: frozenset[Term]  # what a fact says it is not
    inside: frozenset[str]  # … and of what a list of ingredients names
    group: str
    text: str  # all of it, for rules that a fact may carry
    usual: everyday.Usual  # what is customary for this kind of thing
    shades: frozenset[str]  # "dark" of a navy cover that is called blue
    handling: tuple[handling.Allowed, ...]  # what may be done to it and what not


def _own_words(product: Product, found: list[Fact]) -> frozenset[str]:
    """Return the forms of the words that only this product's title and facts bring."""
    told = (product.title, *(f"{f.name} {f.value}" for f in found))
    own = frozenset(form for text in told for w in _WORD.findall(text) for form in inflections.forms(w))
    return own - harmless.words("en", "") - everyday.words("en")


def of(product: Product) -> World:
    """Collect what ``product`` carries: title, facts (names and values), options, brand, category."""
    found = telling.usable(product)
    said = [f"{f.name} {f.value}" for f in product.facts if len(f.value) <= _PROSE]  # delivery, returns
    kind = re.sub(r"[>/;]+", " ", product.category)
    tags = [t.replace("_", " ") for t in product.tags if len(t) <= _TAG and not _BOOKKEEPING.search(t)]
    sayings = [*_in_stock(product), product.title, kind, *tags, *(f"{f.name} {f.value}" for f in found), *said]
    denied = {t for f in found if facts.is_no(f.value) and (t := lexicon.find(facts.clean_name(f.name), "feature"))}
    imitated = _imitated(product.title)
    denied |= imitated | _absent(product.facts)
    abroad = {t for text in (product.title, kind, *tags, *(f.value for f in found)) for t in foreign.terms(text)}
    subject = naming.of(product.title, "en", found)
    terms = ({t for text in sayings for t in named(text)} | {t for f in found for t in _values(f)} | abroad) - denied
    terms |= {subject.noun} if subject.noun and subject.translated else set()  # a taza is a mug
    titled = {t for t in named(product.title) | foreign.terms(product.title) if t.kind == "material"} - imitated
    whole = titled | _of_all(found)
    shades, terms, whole = kinship.shades(terms), kinship.broader(terms), kinship.broader(whole)
    english = [w for text in sayings for w in _WORD.findall(text)]
    english += [w for f in found for w in _WORD.findall(facts.meaning_of(f.name, f.value).en)]
    english += [half for w in english for half in kinship.halves(w)]
    english += [w for t in terms for form in (*t.en, t.plural) for w in _WORD.findall(form)]
    chinese = [
        *sayings,
        *(z for t in (*terms, *denied) for z in t.zh),
        *(facts.meaning_of(f.name, f.value).zh for f in found),
    ]
    words = frozenset(form for w in english for form in inflections.forms(w))
    grams = frozenset(_grams(chinese))
    more_words, more_grams = kinship.alike(words, grams)
    handled = handling.allowed(product.facts)
    spoken_en, spoken_zh = handling.words(handled)
    pure_en, pure_zh = _pure(sayings)
    more_words |= spoken_en | pure_en | english_entailed.of(product, kind, found)
    more_grams |= spoken_zh | pure_zh
    more_grams |= {z for text in (product.title, *said) for z in _last_letter(text)}
    more_grams |= chinese_entailed.of(product)
    terms |= _children(found) | {t for z in spoken_zh if (t := lexicon.find(z, "care"))}
    words |= more_words
    return World(
        words,
        _own_words(product, found),
        frozenset(form for w in (*english, *more_words) for form in inflections.related(w)),
        grams | more_grams,
        frozenset(terms),
        frozenset(whole),
        _names(product),
        (*(frozenset(_pair(f)) for f in found), frozenset(_pair(Fact("", product.title)))),
        _steps(product),
        _partly_from(product, found),
        tuple(frozenset(_pair(f)) for f in found if facts.role_of(f) == "part_material"),
        _complete(found),
        frozenset(denied),
        _inside(found),
        subject.noun.group if subject.noun else "",
        "\n".join(sayings).casefold(),
        everyday.usual(" ".join((product.title, kind, *tags))),
        shades,
        handled,
    )


def _pure(sayings: list[str]) -> tuple[frozenset[str], frozenset[str]]:
    """Return the words for all of it, where a fact gives a hundred per cent of something."""
    if not re.search(r"(?<!\d)100\s*[%％]", " ".join(sayings)):
        return frozenset(), frozenset()
    return frozenset({"pure", "purely", "entirely"}), frozenset({"纯", "全是", "百分百", "百分之百"})


def _of_all(found: list[Fact]) -> set[Term]:
    """Return what facts say the whole thing is made of; enamelled steel is steel too."""
    said = [f for f in found if role_of(f) == "material" or _STUFF_NAME.match(facts.clean_name(f.name))]
    terms = {t for f in said for t in {*named(_NOT_STUFF.sub(" ", f.value)), *foreign.terms(f.value), *_values(f)}}
    said = [Fact(f.name, _NOT_STUFF.sub(" ", f.value)) for f in said]
    return terms | {t for f in said for w in _WORD.findall(f.value) if (t := lexicon.find(w, "material"))}


_STUFF_NAME = re.compile(
    r"(?i)(?:wood|metal|stone|fabric|cloth|yarn|clay|leather|wax|glass|composition|木材|金属|石材|布料|主材|主料|用料)$"
)
_NOT_STUFF = re.compile(
    r"(?i)\b[a-z]+[\s-](?:resin|oil|extract|look|effect|feel|print|nuts?|seeds?|lea(?:f|ves)|bark|flavou?r|scent|pulp|juice)\b"
)  # pine resin is no pine


def _in_stock(product: Product) -> list[str]:
    """Return what the stock lets a shop say: that there is some, and how few there are left."""
    left = {v.stock for v in product.variants if v.stock and v.stock > 0} | {
        sum(max(v.stock or 0, 0) for v in product.variants)
    }
    said = [f"only {form} left 仅剩{n}件" for n in left - {0} for form in (n, _ONES.get(n, n))]
    return ["in stock", "有货", "现货", *said] if left - {0} else []


_ONES = {1: "one", 2: "two", 3: "three", 4: "four", 5: "five", 6: "six", 7: "seven", 8: "eight", 9: "nine", 10: "ten"}
# What the parts of a thing are called beside their names.
CALLED = (
    (r"back(?:ing)?|底", "below under underneath bottom back backing base 下 下面 底 底下 背"),
    (r"\btop|pile|upper|面层|表层", "top above upper up 上 上面 表面"),
    (r"case|housing|shell|外壳|壳", "ring rim frame frames framed casing case housing body 壳 圈 框"),
    (r"fill|stuff|填充", "inside filled filling stuffed stuffing padding padded heart core in 里 内 芯 填"),
    (r"cover|shell|外套|外", "boards board binding outside outer cover covered case 外 套 面"),
    (r"lin(?:ing|ed)|里料|内里|内胆", "inside within lined lining inner 里 内 胆"),
    (r"wick|芯", "wick 芯"),
    (r"leg|脚|腿", "legs feet stands 脚 腿"),
    (r"blade|刀身|刃", "blade edge 刀 刃"),
    (r"handle|柄", "handle grip 柄 把 手"),
    (r"outer|面", "outside without outer fur fabric 面 外"),
)
_SOME_OF_IT = re.compile(
    r"(?i)\b(?:beans?|tanned|leaves|wool|cotton|grapes|olives?|buttons?|dyed|designed|stone|fabric)\b.*\b(?:from|in|origin)\b|原料产地|奶源|豆"
)


def _steps(product: Product) -> dict[Term, frozenset[str]]:
    """Return for every place that facts give for single steps alone which these are."""
    told: dict[Term, list[frozenset[str]]] = {t: [frozenset()] for t in named(product.title) if t.kind == "origin"}
    for fact in product.facts:
        for term in named(fact.value):
            if term.kind == "origin":
                told.setdefault(term, []).append(making.steps(f"{fact.name} {fact.value}"))
    return {t: frozenset[str]().union(*several) for t, several in told.items() if all(several)}


def _partly_from(product: Product, found: list[Fact]) -> frozenset[Term]:
    partly: set[Term] = set()
    elsewhere = {t for t in named(product.title) if t.kind == "origin"}
    for fact in {*product.facts, *found}:
        here = {t for t in named(fact.value) if t.kind == "origin"}
        if _SOME_OF_IT.search(fact.name):
            partly |= here
        else:
            elsewhere |= here
    return frozenset(kinship.broader(partly) - kinship.broader(elsewhere))


def _last_letter(title: str) -> set[str]:
    """A Chinese thing is called by its last letter: 壳 of 手机壳."""
    found = re.findall(r"[\u4e00-\u9fff]+", title)
    return {run[-1] for run in found if run[-1] not in "色款味香型级"}


_COPIED = re.compile(
    r"(?i)仿([\u4e00-\u9fff]{1,3})|(?:faux|imitation|fake|mock)\s+([a-z]+)|([a-z]+)[\s-](?:look|style|effect|imitation|like)\b"
)


def _imitated(title: str) -> set[Term]:
    """Linen of "curtain, linen look": what it looks like it is not."""
    found: set[Term] = set()
    for match in _COPIED.finditer(title):
        word = match[1] or match[2] or match[3]
        for size in range(len(word), 0, -1):
            if term := lexicon.find(word[:size] if match[1] else word, "material"):
                found.add(term)
                break
    return found


_LEFT_OUT = re.compile(
    r"(?i)^\s*(?:(?:needed|required|recommended|necessary)[,;]? (?:but )?not included|not included|none|no|without|excluded|sold separately|无需|不需要|不含|没有|无|不带|不附)\b|^(?:无需|不需要|不含|没有|无|不带|不附)$"
)
_LEFT_OUT_HERE = re.compile(r"(?i)([a-z]+)\s+(?:is |are )?not included|不(?:含|附|带)([\u4e00-\u9fff]{2,6})")


def _absent(found: Iterable[Fact]) -> set[Term]:
    """Things a fact says are not there: saucers of "Saucers: not included", 适配器 of 不含适配器."""
    out: set[Term] = set()
    there = {t for f in found if not _LEFT_OUT.search(f.value) for t in named(f"{f.name} {f.value}")}
    for fact in found:
        if _LEFT_OUT.search(fact.value):
            name = facts.clean_name(fact.name)
            out |= {t for t in named(name) if t.kind == "noun" and not _only_a_letter(t, name)}
        for match in _LEFT_OUT_HERE.finditer(fact.value):
            if term := lexicon.find(match[1] or match[2], "noun"):
                out.add(term)
    return out - there  # the oil of "Palm oil: none" beside sunflower oil


def _only_a_letter(term: Term, name: str) -> bool:
    """Tell whether a Chinese name holds but one letter of a term: 袋 of 杯袋."""
    forms = [z for z in term.zh if z in name]
    return bool(forms) and len(name) > 1 and all(len(z) == 1 for z in forms)


_INGREDIENTS = re.compile(r"(?i)ingredient|\bactives?\b|^contains$|成分|配料|原料")


def _inside(found: Iterable[Fact]) -> frozenset[str]:
    """Return the words of every ingredient: salt and 盐 of "菜籽油、盐"."""
    out: set[str] = set()
    for fact in found:
        if facts.role_of(fact) == "ingredients" or _INGREDIENTS.search(fact.name):
            out |= {form for w in _WORD.findall(fact.value) for form in inflections.forms(w)}
            out.update(re.findall(r"[\u4e00-\u9fff]+", fact.value))
    return frozenset(out - {"and", "or", "of", "with"})


def _complete(found: list[Fact]) -> bool:
    for fact in found:
        if facts.role_of(fact) == "ingredients":
            return True
        shares = [float(n) for n in re.findall(r"(\d+(?:\.\d+)?)\s*[%％]", fact.value)]
        if shares and sum(shares) == 100:
            return True
    return False


def _children(found: list[Fact]) -> set[Term]:
    """A thing with a child's age may be spoken of to do with children."""
    ages = [int(n) for f in found if facts.role_of(f) == "age" for n in re.findall(r"\d+", f.value)[:1]]
    ages += [int(n) for f in found for n in re.findall(r"(\d+)\s*(?:岁|years?\b)", f.value)]
    words = ["children"] if any(n < 16 for n in ages) else []
    months = any(
        f.kind == "age" and re.search(r"month|月|(?<!\d)[0-2]\s*(?:\+|[-–~至]|years?|岁)", f.value) for f in found
    )
    months |= any(
        facts.role_of(f) == "age" and re.search(r"(?i)month|月|(?<!\d)[0-2]\s*(?:\+|[-–~至]|years?|岁)", f.value)
        for f in found
    )
    return {t for w in (*words, *(["babies"] if months else [])) if (t := lexicon.find(w, "use"))}


def named(text: str) -> set[Term]:
    """Return every known thing a text names, each in all its readings ("lavender" is a colour and a scent)."""
    return {reading for start, end, _ in scan(text) for reading in readings(text[start:end])}


def readings(text: str) -> tuple[Term, ...]:
    """Return everything that ``text``, the words of one term, can mean."""
    return _starts()[0].get(text.casefold(), ())


def scan(text: str) -> list[tuple[int, int, Term]]:
    """Return where each known thing stands in ``text`` (code points; ``text`` is read without regard to case)."""
    return list(_scanned(text))


@lru_cache(maxsize=2048)  # a sentence is looked through by several of the rules that hold it against the facts
def _scanned(text: str) -> tuple[tuple[int, int, Term], ...]:
    low = text.casefold()
    if len(low) != len(text):  # "İ" changes its length; such a text is read as it is
        low = text
    found: list[tuple[int, int, Term]] = []
    at = 0
    while at < len(low):
        letter = low[at]
        if not letter.isalnum() and letter not in "¼½¾":
            at += 1
            continue
        latin = letter.isascii() or not "\u4e00" <= letter <= "\u9fff"
        if latin and at and (low[at - 1].isalnum() and not "\u4e00" <= low[at - 1] <= "\u9fff"):
            at += 1
            continue
        hit = _longest(low, at)
        if hit:
            found.append((at, hit[0], hit[1]))
            at = hit[0]
        else:
            at += 1
    return tuple(found)


def _longest(text: str, at: int) -> tuple[int, Term] | None:
    index, sizes = _starts()
    for size in sizes.get(text[at], ()):
        piece = text[at : at + size]
        if len(piece) == size and (several := index.get(piece)):
            end = at + size
            if not (piece[-1].isascii() and end < len(text) and (text[end].isalnum() and text[end].isascii())):
                return end, several[0]
    return None


@cache
def _starts() -> tuple[dict[str, tuple[Term, ...]], dict[str, tuple[int, ...]]]:
    index: dict[str, tuple[Term, ...]] = {}
    for kind in (*HARD, "noun"):
        for term in lexicon.terms(kind):
            for form in (*term.en, *term.zh, *((term.plural,) if len(term.plural) > 1 else ())):
                low = form.casefold()
                if kind == "use" and low in _COMMON_USES:
                    continue
                if term not in index.get(low, ()):
                    index[low] = (*index.get(low, ()), term)
    sizes: dict[str, set[int]] = {}
    for form in index:
        sizes.setdefault(form[0], set()).add(len(form))
    return index, {first: tuple(sorted(lengths, reverse=True)) for first, lengths in sizes.items()}


_COMMON_USES = lexicon.words(
    "in out warm cool cold hot mild fall spring rain wind man daily everyday tea coffee bread fruit rice soup salad "
    "女 男 汤 茶"
)


def _grams(texts: Iterable[str]) -> set[str]:
    found: set[str] = set()
    for text in texts:
        for run in re.findall(r"[\u4e00-\u9fff]+", text):
            found |= {run[i : i + n] for n in range(2, _GRAM) for i in range(len(run) - n + 1)}
            if len(run) == 1:
                found.add(run)
    return found


def _values(fact: Fact) -> set[Term]:
    """Return what the single values of a fact are in every reading ("spring" is a season, "Ceramica" ceramic)."""
    found = set()
    for item in (*facts.items(fact), facts.clean_name(fact.name)):
        bare = re.sub(r"^\d+(?:[.,]\d+)?\s*[%％]\s*|\s*\d+(?:[.,]\d+)?\s*[%％]$", "", item)
        for kind in (*HARD, "noun", "word"):
            if term := lexicon.find(bare, kind):
                found.add(term)
    return found


def _names(product: Product) -> tuple[str, ...]:
    names = {product.title.strip(), product.vendor.strip()}
    for language in ("en", "zh"):
        subject = subjects.of_title(product.title, language)
        names |= {subject.name, subject.name + subject.more}
    return tuple(sorted((n for n in names if len(n) > 1), key=len, reverse=True))


def _pair(fact: Fact) -> set[str]:
    text = f"{fact.name} {fact.value}"
    words = {form for w in _WORD.findall(text) for form in inflections.forms(w)}
    for term in named(text):
        for wide in kinship.broader([term]):
            words |= {form for e in (*wide.en, wide.plural) for w in _WORD.findall(e) for form in inflections.forms(w)}
            words |= set(wide.zh)
    return words | _grams([text])
