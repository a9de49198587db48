"""Reading a customer's message for its answer: what it asks about, what must not be answered alone, words to a program."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal

from desktop_app import paths
from desktop_app.language import lexicon, sentences

SHORT = 5  # words or Han characters under which a question needs what stands around it
Topic = Literal["order", "price", "stock"]
_COURTESY = (
    r"hi|hello|hey|hiya|there|good (?:morning|afternoon|evening|day)|thank(?:s| you)?|so much|very much|many|in advance|a lot|cheers"
    r"|bye|ok(?:ay)?|great|perfect|cool|got it|i see|alright|all right|sure|fine|nice|please|(?:kind |best |warm )?regards|best wishes"
    r"|yours (?:sincerely|faithfully)|你好|您好|亲+|在吗|在么|在不在|谢谢|多谢|感谢|麻烦了|麻烦你了|辛苦了|哈喽|嗨|好的|好哒|好滴|嗯+|收到|知道了|明白了|老板|客服|掌柜|你|您|啦|了|哦|啊|呀|哈"
)
_GREETING = re.compile(
    rf"(?i)^\W*(?:(?:{_COURTESY})(?![a-z])\W*)+$|^\W*dear\b[^?？]{{0,40}}$|^\W*(?:kind |best |warm )?regards\b.*$"
)
_OPENING = re.compile(
    r"(?i)^\W*(?:(?:hi|hello|hey|dear|good (?:morning|afternoon|evening))(?: there| all| team| everyone)?\b[\s,.!:-]*"
    r"|(?:亲+|你好|您好|请问(?:一下)?|麻烦(?:问一下|问下|您)?|想(?:问|咨询)(?:一下|下)?|问一下|问下|咨询一下|老板|客服|掌柜)(?:在吗|在么)?[\s，,！!。~～]*)+"
)
_CLOSING = re.compile(
    r"(?i)[\s,，]*(?:please|pls|plz|thanks?(?: you)?|thx|cheers|谢谢(?:您|你)?|多谢|麻烦了)\W*$|[:;]-?[()DP]"
)
_CUT = re.compile(
    r"(?i)(?<=[?？])\s*|[，；;]|,?\s+(?:and|but|also|or)\s+(?=(?:also\s+)?(?:do|does|can|could|how|what|when|where|which|who|why|is|are|did|was|were|will|would|should|may)\b)"
    r"|,\s+(?=(?:do|does|can|could|how|what|when|where|which|who|why|is|are|did|was|were|will|would|should|may)\b)"
    r"|(?<=[吗呢])\s+"
)
_STANDING = re.compile(
    r"(?i)\bwhere(?:['’]?s| is| are) (?:it|my|the) ?(?:order|parcel|package|delivery|stuff|things?)?\b|\b(?:status|state) of my order"
    r"|\b(?:has|have|did|was) (?:my|it)(?: order| parcel| package)? (?:been )?(?:sent|ship(?:ped)?|left|dispatched)"
    r"|(?:我的?|这个|那个)(?:订单|快递|包裹|货|单).{0,6}(?:到哪|在哪|怎么样|什么情况|发了)|到哪(?:里|儿)?了|发了(?:吗|没)|怎么还没(?:到|发)"
)
_PROGRESS = re.compile(
    r"(?i)\b(?:where|when|status|track\w*|arriv\w*|shipped|sent|received?|yet|still|news|updates?|happen\w*|how long)\b"
    r"|到|发货|物流|单号|什么时候|多久|没收到|快递|消息|情况|进度|怎么样"
)
_STUFF = re.compile(
    r"(?i)\b(?:(?:is|are) (?:it|this|that|they|these|those)(?:\s+(?:really|real|genuine|pure|solid|true|all))*"
    r"|real|genuine|pure|solid|true|100 ?%)\s+([a-z]+(?: [a-z]+)?)"
    r"|[真纯全是实]的?([\u3400-\u9fff]{1,4})"
)
_ASKS = re.compile(
    r"(?i)[?？]|^\W*(?:how|what|when|where|why|who|which|whose|can|could|do|does|did|is|are|was|were|will|would|may|should|any|i (?:want|need|would like|['’]d like)|please|tell me)\b"
    r"|吗|呢|么|怎么|如何|什么|多[少久大重长宽高]|几|哪|能不能|可不可以|可以|有没有|是不是|想(?:问|知道|要|退|换|买)|我要|麻烦|请|能否|是否|不[。！!]*$"
)


@dataclass(frozen=True, slots=True)
class Delicate:
    """Why a message is not for a program to answer alone."""

    id: str
    action: Literal["ask", "hand_over"]
    why: str


@dataclass(frozen=True, slots=True)
class Asked:
    """One thing a message asks: its words, and the ways it is looked up, the best of which counts."""

    text: str
    lookups: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Read:
    """What a message asks, with words to a program and greetings left out."""

    questions: tuple[Asked, ...]
    clean: str  # the message without words to a program
    instructed: bool  # such words were there
    topics: frozenset[Topic]
    facts: frozenset[str]  # kinds of product facts that are asked for
    delicate: tuple[Delicate, ...]
    complaint: bool
    late: bool


def read(text: str) -> Read:
    """Read a message; a sentence that speaks to a program is not read any further."""
    kept, instructed = list[str](), False
    for start, end in sentences.split(text):
        sentence = text[start:end]
        if _pattern("instructions").search(sentence):
            instructed = True
            continue
        kept.append(sentence)
    clean = "\n".join(kept)
    several = [s for s in kept if not _GREETING.match(s)]
    questions = _questions(several)
    return Read(
        tuple(questions), clean, instructed,
        frozenset(topic for topic in ("order", "price", "stock") if _pattern("about", topic).search(clean)),
        fact_kinds(clean),
        tuple(d for d, pattern in _delicate() if pattern.search(clean)),
        bool(_pattern("complaint").search(clean)), bool(_pattern("late").search(clean)),
    )  # fmt: skip


def fact_kinds(text: str) -> frozenset[str]:
    """Return the kinds of product facts a text asks for; "is it real wool?" asks for the material."""
    kinds = frozenset(kind for kind in _tables()["facts"] if _pattern("facts", kind).search(text))
    return kinds | {"material"} if _asks_stuff(text) else kinds


def _asks_stuff(text: str) -> bool:
    for match in _STUFF.finditer(text):
        words, run = (match[1] or "").split(), match[2] or ""
        forms = [" ".join(words), *words[:1]] if words else [run[:n] for n in range(1, len(run) + 1)]
        if any(lexicon.find(form, "material") for form in forms):
            return True
    return False


def asks(sentence: str) -> bool:
    """Tell whether a sentence asks or wants something."""
    return bool(_ASKS.search(sentence))


def about_order(sentence: str) -> bool:
    """Tell whether a sentence asks how one order stands, which no passage can say: "where is it?", 我的快递到哪了."""
    return bool(_STANDING.search(sentence))


def order_tells(sentence: str) -> bool:
    """Tell whether how an order stands answers a sentence; what else it may ask of an order ("can I change it?") not."""
    by_words = _pattern("about", "order").search(sentence) and _PROGRESS.search(sentence)
    return bool(by_words or _pattern("late").search(sentence)) or about_order(sentence)


def says_something(sentence: str) -> bool:
    """Tell whether a sentence is more than a greeting."""
    return bool(sentence.strip()) and not _GREETING.match(sentence)


def _questions(several: list[str]) -> list[Asked]:
    """Return each thing that is asked: a sentence, or those of its clauses that ask, where there are several.

    What is too short to be understood alone is looked up with the sentence before it as well, or with what stands
    beside it and asks nothing: another question's answer is not its own.
    """
    found: list[Asked] = []
    for n, sentence in enumerate(several):
        if not asks(sentence):
            continue
        clauses = [c for c in map(_bare, _CUT.split(sentence)) if c and not _GREETING.match(c)]
        asking = [c for c in clauses if asks(c)]
        whole = _bare(sentence) or sentence
        before = _bare(several[n - 1]) if n and not asks(several[n - 1]) else ""
        more = (f"{before} {whole}",) if before and _size(whole) < SHORT else ()
        if len(asking) > 1:
            beside = " ".join(c for c in (before, *clauses) if c and c not in asking)
            found += [Asked(c, (c, f"{beside} {c}") if beside and _size(c) < SHORT else (c,)) for c in asking]
        else:
            found.append(Asked(sentence.strip(), tuple(dict.fromkeys((whole, *asking, *clauses, *more)))))
    if found or not several:
        return found
    whole = " ".join(_bare(s) for s in several)
    return [Asked(" ".join(several), tuple(dict.fromkeys((whole, *(_bare(s) for s in several)))))]


def _bare(sentence: str) -> str:
    """Return a sentence without a greeting before and thanks behind, which only blur what it means."""
    text = _CLOSING.sub(" ", sentence).strip()
    shorter = _OPENING.sub("", text, count=1).strip()
    return shorter or text


def _size(text: str) -> int:
    return len(re.findall(r"[\u4e00-\u9fff]|[^\W\u4e00-\u9fff]+", text))


@cache
def _tables() -> dict[str, Any]:
    return tomllib.loads((paths.assets() / "replies" / "policies.toml").read_text("utf-8"))


@cache
def _pattern(table: str, key: str = "") -> re.Pattern[str]:
    found = _tables()[table]
    return _compiled(found[key] if key else found)


@cache
def _delicate() -> tuple[tuple[Delicate, re.Pattern[str]], ...]:
    return tuple((Delicate(d["id"], d["action"], d["why"]), _compiled(d)) for d in _tables()["delicate"])


def _compiled(found: dict[str, list[str]]) -> re.Pattern[str]:
    english = "|".join(f"(?:{p})" for p in found["en"])
    chinese = "|".join(f"(?:{p})" for p in found["zh"])
    return re.compile(rf"(?<!\w)(?:{english})(?!\w)|{chinese}|{_loose(found['en'])}", re.IGNORECASE)


def _loose(patterns: list[str]) -> str:
    """Patterns that begin or end with a sign stand beside no word's edge."""
    signs = [p for p in patterns if re.search(r"^(?:\\\[|<|\\b)|[:>\]]\)?$", p)]
    return "|".join(f"(?:{p})" for p in signs) or r"(?!)"
