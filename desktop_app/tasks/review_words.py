"""The plain text of a summary, built from the table: figures are put in by code, quotes stand as they were written."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from desktop_app.review_records import Polarity, Summary, ThemeCount

Sentence = tuple[str, tuple[str, ...]]  # words, and the themes (or "count", "rating") they rest on


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


def words_for(summary: Summary, facts: Counted) -> tuple[Sentence, ...]:
    """Return the sentences of a summary in its language; their number follows the amount of evidence."""
    return tuple(_chinese(summary, facts) if summary.language == "zh" else _english(summary, facts))


def _english(s: Summary, f: Counted) -> list[Sentence]:
    said: list[Sentence] = [(_count_en(s, f), ("count", "rating"))]
    if not s.enough:
        return [*said, ("That is not enough to say what customers think; read them one by one.", ("count",))]
    for theme in praised_first(s.themes)[: _many(f.counted)]:
        said.append((f"{theme.name}: praised in {theme.positive + theme.mixed} of the {theme.count} that speak of it"
                     f"{_quotes(theme, 'positive', '“{}”', ', ', ': ')}.", (theme.theme,)))  # fmt: skip
    for theme in blamed_first(s.themes)[: _many(f.counted)]:
        said.append((f"{theme.name}: criticised in {theme.negative + theme.mixed} of {theme.count}"
                     f"{_quotes(theme, 'negative', '“{}”', ', ', ': ')}.", (theme.theme,)))  # fmt: skip
    for mend in f.mend[:1]:
        low, found, high = mend.then
        said.append((f"Mend first: {mend.name}. Reviews that criticise it give {mend.with_it:.1f} stars on average, "
                     f"the others {mend.without:.1f}; without it the mean would be about {found:.1f} instead of "
                     f"{mend.mean:.1f} (between {low:.1f} and {high:.1f}).", (mend.theme,)))  # fmt: skip
    for key, name, month, change in f.changes[:2]:
        way = "more" if change > 0 else "less"
        said.append((f"{name} is criticised {way} often since {month}.", (key,)))
    return said


def _chinese(s: Summary, f: Counted) -> list[Sentence]:
    said: list[Sentence] = [(_count_zh(s, f), ("count", "rating"))]
    if not s.enough:
        return [*said, ("评价还太少，说不出顾客的整体看法，请逐条看。", ("count",))]
    for theme in praised_first(s.themes)[: _many(f.counted)]:
        said.append((f"{theme.name}：提到的{theme.count}条里{theme.positive + theme.mixed}条称赞"
                     f"{_quotes(theme, 'positive', '“{}”', '、', '，如')}。", (theme.theme,)))  # fmt: skip
    for theme in blamed_first(s.themes)[: _many(f.counted)]:
        said.append((f"{theme.name}：提到的{theme.count}条里{theme.negative + theme.mixed}条不满"
                     f"{_quotes(theme, 'negative', '“{}”', '、', '，如')}。", (theme.theme,)))  # fmt: skip
    for mend in f.mend[:1]:
        low, found, high = mend.then
        said.append((f"先改{mend.name}：不满它的评价平均{mend.with_it:.1f}星，其他评价平均{mend.without:.1f}星；"
                     f"没有这方面的不满，平均大约会从{mend.mean:.1f}星到{found:.1f}星（{low:.1f}到{high:.1f}之间）。",
                     (mend.theme,)))  # fmt: skip
    for key, name, month, change in f.changes[:2]:
        said.append((f"{name}的不满从{month}起{'变多' if change > 0 else '变少'}了。", (key,)))
    return said


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
