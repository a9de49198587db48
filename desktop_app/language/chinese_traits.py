"""What a thing has, is like, is for and how it is cared for, in Chinese."""

from __future__ import annotations

import re
from collections.abc import Callable

from desktop_app.language import chinese_forms, facts, general, lexicon, sayings
from desktop_app.language.facts import items
from desktop_app.language.phrases import Line, joined, listed, plain, resting
from desktop_app.language.said import Said
from desktop_app.language.subjects import Subject
from desktop_app.records import Fact


def finish(fact: Fact, subject: Subject) -> list[Said]:
    """A surface is so ("表面上油") or of something ("釉面为哑光釉"); how it was made stands alone ("手工拉坯")."""
    if len(items(fact)) > 1:
        return style(fact, subject)
    said = sayings.feature(fact.value, "zh")
    text = said.text if said else fact.value.strip()
    if not sayings.has_han(text):
        return []
    if text in subject.name:
        return [Said("silent", (fact.name,))]
    if re.match(r"手工|机|人工|传统", text):
        made = resting(text, fact.name) + ("制作" if text == "手工" else "")
        return [chinese_forms.so("feature_is", (fact.name,), [made])]
    own = facts.clean_name(fact.name)
    if said and said.grammar == "is" and own == "工艺":
        return [chinese_forms.clause("feature_is", fact, "采用", resting(text, fact.name), "工艺")]
    if said and said.grammar == "is":
        done = (term := lexicon.find(text, "feature")) is not None and re.search(r"(?:ed|un)$", term.en[0])
        before, after = ("表面经", "处理") if done and not re.match(r"[未无不]", text) else ("表面", "")
        return [chinese_forms.clause("finish", fact, before, resting(text, fact.name), after)]
    if re.search(r"工艺|technique|process", own):
        return []  # how it is made is not what its surface is
    label = own if own in {"釉面", "釉色", "漆面", "表面"} else "表面"
    return [chinese_forms.clause("finish", fact, f"{label}为", resting(text, fact.name), "")]


def age(fact: Fact, subject: Subject) -> list[Said]:
    """Say for which age it is."""
    text = fact.value.strip()
    if found := re.fullmatch(
        r"(?i)(?:from\s+)?(\d+)\s*(years?|months?|岁|个月)?\s*(?:\+|and up|and over|以上|及以上)\s*(years?|months?)?",
        text,
    ):
        months = "个月" if re.search(r"month|月", text) else "岁"
        return chinese_forms.make("age", fact, "适合", resting(f"{found[1]}{months}以上", fact.name))
    if found := re.fullmatch(r"(?i)(\d+)\s*(?:[-–~至到]|to)\s*(\d+)\s*(years?|months?|岁|个月)?", text):
        months = "个月" if re.search(r"month|月", text) else "岁"
        return chinese_forms.make("age", fact, "适合", resting(f"{found[1]}至{found[2]}{months}", fact.name))
    if items(fact) and all(re.fullmatch(r".{0,3}[猫狗犬兔鼠鸟龟]咪?", i) for i in items(fact)):
        return [
            chinese_forms.clause(
                "age", fact, "适合", listed([resting(i, fact.name) for i in items(fact)], "zh"), "使用"
            )
        ]
    terms = [lexicon.find(i, "use") for i in general.uses(items(fact))]
    if terms and all(t and t.group == "people" for t in terms):
        if any(word in subject.name for t in terms if t for word in t.zh if len(word) > 1):
            return [Said("silent", (fact.name,))]
        if len(terms) == 1 and terms[0] and terms[0].zh[0].endswith("通用"):
            return [chinese_forms.so("age", (fact.name,), [resting(terms[0].zh[0], fact.name)])]
        return chinese_forms.make("age", fact, "适合", [resting(t.zh[0], fact.name) for t in terms if t])
    if not all(sayings.has_han(i) for i in items(fact)):
        return []
    lines = [resting(i, fact.name) for i in items(fact)]
    return chinese_forms.make("age", fact, "适合", lines)


def compatibility(fact: Fact, subject: Subject) -> list[Said]:
    """Say what it works with."""
    shown = [re.sub(r"(?i)^(for|fits|compatible with|works with|适用于|兼容|适配)\s*", "", i) for i in items(fact)]
    if all(re.match(r"\d", one) for one in shown) and sayings.has_han(fact.name):
        return []  # "适用机型：4.7-6.7英寸" says of what
    return chinese_forms.make("compatibility", fact, "适用于", [resting(s, fact.name) for s in shown])


def things(key: str, verb: str) -> Callable[[Fact, Subject], list[Said]]:
    """Say what comes with it or belongs to it."""

    def said(fact: Fact, subject: Subject) -> list[Said]:
        lines = []
        head = subject.head or subject.name
        if any(re.search(r"[×xX*]\s*\d", i) or (head and re.sub(r"\d.*", "", i).strip() == head) for i in items(fact)):
            return []  # "台灯×1、适配器×1" is what is in the box, with the lamp itself
        for item in items(fact):
            thing = sayings.feature(item, "zh")
            if thing is None or thing.grammar in {"is", "does"}:
                return []
            lines.append(resting(thing.text, fact.name))
        return chinese_forms.make(key, fact, verb, lines)

    return said


def feature(fact: Fact, subject: Subject) -> list[Said]:
    """Say what it has, is and does."""
    if facts.is_yes(fact.value) or facts.is_no(fact.value):
        said = sayings.feature(facts.clean_name(fact.name), "zh")
        if not said or (facts.is_no(fact.value) and not said.text.startswith("可")):
            return []
        text = said.text if facts.is_yes(fact.value) else "不" + said.text
        return chinese_forms.make(
            "feature_has" if said.grammar == "has" else "feature_is",
            fact,
            "带" if said.grammar == "has" else "",
            resting(text, fact.name),
        )
    found = [sayings.feature(i, "zh") for i in general.possible(items(fact))]
    if not found or not all(found):
        return []
    return _grouped(fact, [f for f in found if f], subject)


_TIES = lexicon.words("系带 套脚 套筒 松紧 一脚蹬")  # ways to close that are not had: 系带式
_SPOKEN = {"密封": "可密封"}


def _titled(said: sayings.Saying, subject: Subject) -> bool:
    """A 折叠椅 need not be said to fold, nor a V领针织衫 to have a V领."""
    bare = re.sub(r"^可(?=..)|[的型款式]$", "", said.text)
    return len(bare) > 1 and bare in subject.name


def _is_so(said: sayings.Saying) -> bool:
    """Tell whether a value no list knows is how a thing is: 无痕, 防风; 无釉 is not had."""
    if said.grammar == "raw":
        return re.fullmatch(r"[无防耐抗].{1,3}", said.text) is not None
    return said.grammar == "has" and re.match(r"无|不(?!锈)", said.text) is not None


def _grouped(fact: Fact, told: list[sayings.Saying], subject: Subject) -> list[Said]:
    out: list[Said] = []
    found = [f for f in told if not _titled(f, subject)]
    if told and not found:
        return [Said("silent", (fact.name,))]
    found = [sayings.Saying(f.text, "is") if _is_so(f) else f for f in found]
    is_so = [resting(_SPOKEN.get(f.text, f.text), fact.name) for f in found if f.grammar == "is"]
    is_so = ["为" + line if line.text[-1:] in "式款型" else line for line in is_so]  # 为壁挂式
    ties = facts.role_of(fact) == "closure"
    is_so += [resting(f"{f.text}式", fact.name) for f in found if f.grammar == "has" and ties and f.text in _TIES]
    has = [resting(f.text, fact.name) for f in found if f.grammar == "has" and not (ties and f.text in _TIES)]
    raw = [resting(f.text, fact.name) for f in found if f.grammar == "raw"]
    if facts.clean_name(fact.name).startswith("是否"):
        is_so, raw = [*is_so, *raw], []  # "双面" of 是否双面
    if is_so:
        out.append(chinese_forms.so("feature_is", (fact.name,), is_so))
    out += chinese_forms.make("feature_has", fact, "带", has)
    if raw and all(2 < len(line.text) < 24 for line in raw):
        line = joined(raw, "，")
        out.append(Said("feature_does", (fact.name,), verb=line, verbs=line, value=line))
    elif raw:
        out.append(Said("feature_raw", (fact.name,), label=chinese_forms.label_of(fact), value=joined(raw, "、")))
    return out


def style(fact: Fact, subject: Subject) -> list[Said]:
    """Say styles that are properties or parts; a kind of thing the title has said."""
    found, left = [], []
    for item in general.possible(items(fact)):
        said = sayings.feature(item, "zh")
        noun = lexicon.find(item, "noun")
        if lexicon.find(item, "word") and not (noun or lexicon.find(item, "feature")):
            left.append(resting(sayings.word(item, "zh", "word") or item, fact.name))  # 软壳, no soft shell of a snail
        elif noun and "part" not in noun.marks:
            if not (subject.noun and noun.en[0] == subject.noun.en[0]):
                word = lexicon.find(item, "word") or noun
                left.append(resting(item if sayings.has_han(item) else word.zh[0], fact.name))
        elif said and said.grammar in {"is", "has"}:
            found.append(said)
        else:
            left.append(resting(said.text if said else sayings.word(item, "zh", "word") or item, fact.name))
    if facts.role_of(fact) in {"neckline", "sleeves"}:  # 圆领、短袖, not "带圆领"
        found = [sayings.Saying(f.text, "is") for f in found]
    out = _grouped(fact, found, subject)
    if left:
        out.append(Said("style", (fact.name,), label=chinese_forms.label_of(fact), value=joined(left, "、")))
    return out or [Said("silent", (fact.name,))]


def pattern(fact: Fact, subject: Subject) -> list[Said]:
    """Say its pattern."""
    lines = chinese_forms.words(fact, "feature", "noun")
    if not lines:
        return []
    if all(
        lexicon.find(i, "colour") or re.search(r"[红橙黄绿青蓝紫粉白黑灰棕褐]色?$", i) for i in items(fact)
    ):  # 花色：深粉
        return chinese_forms.make("colour", fact, "颜色为", lines)
    if any("纯色" in line.text for line in lines):
        return [Said("pattern", (fact.name,), label=chinese_forms.label_of(fact), value=joined(lines, "、"))]
    if len(lines) > 1:
        bare = [resting(re.sub("(图案|花纹)$", "", li.text), fact.name) for li in lines]
        return [chinese_forms.clause("pattern", fact, "图案有", listed(bare, "zh"), "")]
    bare = [resting(re.sub("(图案|花纹)$", "", li.text), fact.name) for li in lines]
    return [chinese_forms.clause("pattern", fact, "图案为", listed(bare, "zh"), "")]


_USES = 4  # places and doings that one sentence names
_WEATHER = {"雨天": "下雨", "冬日": "冬季"}  # as they stand before 的天气


def use(fact: Fact, subject: Subject) -> list[Said]:
    """Say what, where or when it is for."""
    named = [(i, lexicon.find(i, "use")) for i in general.uses(items(fact))]
    if not all(t or sayings.has_han(i) for i, t in named):
        return []
    when: list[Line] = []
    where: list[Line] = []
    for item, term in named:
        group, line = term.group if term else "", resting(term.zh[0] if term else item, fact.name)
        if group != "weather":
            (when if group == "season" else where).append(line)
    if weather := _weather_of([t.zh[0] for _i, t in named if t and t.group == "weather"], fact.name):
        when.append(weather)
    where = where[:_USES]
    if not when or not where:
        return chinese_forms.make("use", fact, "适合", when or where)
    # A place is no weather: 适合室内和春季 would list what cannot stand in one list.
    return [chinese_forms.clause("use", fact, "适合", listed(where, "zh") + "，也适合" + listed(when, "zh"), "")]


def _weather_of(words: list[str], name: str) -> Line | None:
    kept = [_WEATHER.get(w, w) for w in words if w != "冬日" or "寒冷" not in words]
    if kept in ([], ["各种天气"]):
        return resting(kept[0], name) if kept else None
    return listed([resting(w, name) for w in kept], "zh", "与") + ("的天气" if len(kept) > 1 else "天气")


def care(fact: Fact, subject: Subject) -> list[Said]:
    """Say how it is cared for, in the merchant's own words where they are of this language."""
    states, ways = [], []
    stored = facts.role_of(fact) == "storage"
    for item in items(fact):
        if stored and sayings.has_han(item):
            ways.append(resting(item, fact.name))  # 密封 is how to keep it, not how it is
            continue
        term, state = lexicon.find(item, "care"), lexicon.find(item, "feature")
        if state and not term:
            states.append(resting(state.zh[0] if not sayings.has_han(item) else item, fact.name))
        elif term or sayings.has_han(item):
            ways.append(resting(item if sayings.has_han(item) or not term else term.zh[0], fact.name))
        else:
            return []
    out = [chinese_forms.so("feature_is", (fact.name,), states)] if states else []
    if ways:
        own = chinese_forms.label_of(fact) if sayings.has_han(fact.name) else ""
        textile = subject.noun is not None and subject.noun.group in {"clothing", "bath", "bags"}
        label = own or ("储存方法" if facts.role_of(fact) == "storage" else "洗护方式" if textile else "清洁保养")
        rest = joined(ways, "，")
        out.append(Said("care", (fact.name,), whole=plain(f"{label}：") + rest, label=label, value=rest))
    return out
