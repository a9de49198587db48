"""The plain text of a summary, built from the table: figures are put in by code, quotes stand as they were written."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from desktop_app.language.review_sentence import Kind
from desktop_app.review_records import Polarity, Summary, ThemeCount


@dataclass(frozen=True, slots=True)
class Mend:
    """What the blame of one theme costs in stars, reckoned from the reviews that have some."""

    theme: str
    name: str
    with_it: float  # mean of the reviews that blame it
    without: float  # mean of the others
    mean: float  # of all
    then: tuple[float, float, float]  # the mean without this blame: low, found, high


@dataclass(frozen=True, slots=True)
class Counted:
    """What the text needs beside the themes."""

    title: str
    counted: int  # reviews not set aside
    rated: int  # reviews with stars
    changes: tuple[tuple[str, str, str, float], ...] = ()  # theme, name, month, change of the share of blame
    shop_rating: float | None = None
    mend: tuple[Mend, ...] = ()  # dearest first


@dataclass(frozen=True, slots=True)
class Line:
    """One sentence built from the table, and what stands behind weights' own words where they write it."""

    text: str
    on: tuple[str, ...]  # the themes it rests on, or "count", "rating"
    kind: Kind | None = None  # what weights may be asked to say of it; None: it is all figures
    voices: int = 0
    tail: str = ""  # figures and quotes, with the full stop

    def said(self, sentence: str) -> str:
        """Return the sentence that weights wrote, with the figures and quotes of the table behind it."""
        return sentence[:-1] + self.tail


def lines_for(summary: Summary, facts: Counted) -> list[Line]:
    """Return the sentences of a summary, each with what weights may be asked to say in its place."""
    chinese = summary.language == "zh"
    said = [Line(_count_zh(summary, facts) if chinese else _count_en(summary, facts), ("count", "rating"))]
    if not summary.enough:
        little = "评价还太少，说不出顾客的整体看法，请逐条看。" if chinese else (
            "That is not enough to say what customers think; read them one by one.")  # fmt: skip
        return [*said, Line(little, ("count",))]
    for theme in praised_first(summary.themes)[: _many(facts.counted)]:
        said.append(_of_theme(theme, "praise", chinese))
    for theme in blamed_first(summary.themes)[: _many(facts.counted)]:
        said.append(_of_theme(theme, "blame", chinese))
    said += [_mend(mend, chinese) for mend in facts.mend[:1]]
    for key, name, month, change in facts.changes[:2]:
        way = ("变多" if change > 0 else "变少") if chinese else ("more" if change > 0 else "less")
        text = f"{name}的不满从{month}起{way}了。" if chinese else f"{name} is criticised {way} often since {month}."
        said.append(Line(text, (key,)))
    return said


def _of_theme(theme: ThemeCount, kind: Kind, chinese: bool) -> Line:
    side: Polarity = "positive" if kind == "praise" else "negative"
    voices = (theme.positive if kind == "praise" else theme.negative) + theme.mixed
    form, between, before = "“{}”", "、" if chinese else ", ", "，如" if chinese else ": "
    quotes = _quotes(theme, side, form, between, before)
    if chinese:
        text = f"{theme.name}：提到的{theme.count}条里{voices}条{'称赞' if kind == 'praise' else '不满'}{quotes}。"
        return Line(text, (theme.theme,), kind, voices, f"（提到的{theme.count}条里{voices}条）{quotes}。")
    way = "praised" if kind == "praise" else "criticised"
    of = f"{voices} of the {theme.count} that speak of it" if kind == "praise" else f"{voices} of {theme.count}"
    text = f"{theme.name}: {way} in {of}{quotes}."
    return Line(text, (theme.theme,), kind, voices, f" ({way} in {of}){quotes}.")


def _mend(mend: Mend, chinese: bool) -> Line:
    low, found, high = mend.then
    if chinese:
        cost = (f"不满它的评价平均{mend.with_it:.1f}星，其他评价平均{mend.without:.1f}星；"
                f"没有这方面的不满，平均大约会从{mend.mean:.1f}星到{found:.1f}星"
                f"（{low:.1f}到{high:.1f}之间）。")  # fmt: skip
        return Line(f"先改{mend.name}：{cost}", (mend.theme,), "mend", 0, f"：{cost}")
    cost = (f" Reviews that criticise it give {mend.with_it:.1f} stars on average, the others {mend.without:.1f}; "
            f"without it the mean would be about {found:.1f} instead of {mend.mean:.1f} "
            f"(between {low:.1f} and {high:.1f}).")  # fmt: skip
    return Line(f"Mend first: {mend.name}.{cost}", (mend.theme,), "mend", 0, f".{cost}")


def _count_en(s: Summary, f: Counted) -> str:
    stars = "" if s.rating is None else f", {s.rating:.1f} stars on average over {f.rated} rated"
    aside = sum(n for _mark, n in s.aside)
    left = f"; {aside} of them, copies, spam or default praise, are not counted below" if aside else ""
    return f"{s.count} review{'' if s.count == 1 else 's'}{stars}{left}."


def _count_zh(s: Summary, f: Counted) -> str:
    stars = "" if s.rating is None else f"，{f.rated}条有星级，平均{s.rating:.1f}星"
    aside = sum(n for _mark, n in s.aside)
    left = f"；其中{aside}条是重复、广告或默认好评，下面不计" if aside else ""
    return f"共{s.count}条评价{stars}{left}。"


def praised_first(themes: Sequence[ThemeCount]) -> list[ThemeCount]:
    """Return what is praised more than blamed, by most voices first."""
    return sorted((t for t in themes if t.positive > t.negative), key=lambda t: -(t.positive + t.mixed))


def blamed_first(themes: Sequence[ThemeCount]) -> list[ThemeCount]:
    """Return what is criticised often: by most voices first, where more than every fourth voice is blame."""
    some = (t for t in themes if t.negative + t.mixed and (t.negative + t.mixed) * 4 > t.count)
    return sorted(some, key=lambda t: -(t.negative + t.mixed))


def _many(counted: int) -> int:
    return 2 if counted < 15 else 3 if counted < 60 else 4


def _quotes(theme: ThemeCount, side: Polarity, form: str, between: str, before: str) -> str:
    """Return what customers wrote of one side, letter for letter."""
    quotes = [form.format(quote.text) for quote in theme.quotes if quote.polarity == side]
    return before + between.join(quotes) if quotes else ""
