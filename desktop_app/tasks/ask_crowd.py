"""Answers about the customers as a whole and the year: segments and their change, cohorts, the seasons."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from desktop_app.insight import changes
from desktop_app.insight.cube import Only
from desktop_app.tasks import crowd
from desktop_app.tasks.ask import Answer, Cell, Desk, Unit, answered, unanswered
from desktop_app.tasks.ask_people import narrowed, segment_words
from desktop_app.tasks.crowd import AFTER, Cohort, Group
from desktop_app.words import _, several

_MONEY = re.compile(r"\bspen[dt]|\bpa(?:y|id)\b|\bmoney\b|revenue|花|消费|多少钱|金额|贡献")
_SIGNS = (
    ("at_risk", ("risk", "好久", "没再来", "long time", "快流失", "要流失", "快要")),
    ("lost", ("lost", "lapsed", "stopped", "流失", "沉睡")),
    ("regular", ("regular", "老客户", "常客")),
)


def month_names() -> tuple[str, ...]:
    """Return the months of the year in the language in use."""
    return (
        _("January"), _("February"), _("March"), _("April"), _("May"), _("June"), _("July"), _("August"),
        _("September"), _("October"), _("November"), _("December"),
    )  # fmt: skip


def group_rows(groups: Sequence[Group]) -> tuple[tuple[Cell, ...], ...]:
    """Return a row a segment: name, customers, change, what they spent."""
    words = segment_words()
    return tuple(
        (words[g.key], g.count, "–" if g.change is None else f"{g.change:+d}" if g.change else "0", g.spent)
        for g in groups
    )


def cohort_columns() -> tuple[tuple[str, ...], tuple[Unit, ...]]:
    """Return the heads and units of a table of cohorts."""
    after = tuple(_("{n} mo.", n=n) for n in AFTER)
    columns = (_("First order"), _("Customers"), *after, _("Spent by each"))
    shares: list[Unit] = ["name" for _after in AFTER]
    return columns, ("name", "count", *shares, "money")


def cohort_rows(cohorts: Sequence[Cohort]) -> tuple[tuple[Cell, ...], ...]:
    """Return a row a month of first orders."""
    return tuple(
        (
            crowd.month_name(c.month), c.came, *("–" if share is None else f"{share:.0%}" for share in c.back),
            round(c.spent, 2),
        )
        for c in cohorts
    )  # fmt: skip


def season_rows(season: changes.Season) -> tuple[tuple[Cell, ...], ...]:
    """Return a row a month of the year: its share of a usual month, and the bounds of that."""
    sides = zip(month_names(), season.index, season.low, season.high, strict=True)
    return tuple(
        (name, round(float(share) * 100, 1), f"{low * 100:.0f} – {high * 100:.0f} %")
        for name, share, low, high in sides
    )


def groups(desk: Desk) -> Answer:
    """Answer how many customers are in each segment, and how that changed."""
    if refused := narrowed(desk):
        return refused
    since = desk.period.first if desk.period is not None else None
    found = crowd.crowd(desk.shop, since, desk.today)
    text = desk.asked.text.casefold()
    wanted = desk.asked.segment or next((s for s, signs in _SIGNS if any(sign in text for sign in signs)), "at_risk")
    (group,) = (g for g in found.groups if g.key == wanted)
    note = ""
    if asked_money(desk):
        return answered(
            desk, _("Spent so far by “{segment}”", segment=segment_words()[wanted]), group.spent, "money",
            rows=group_rows(found.groups), chart="bar", behind=False, scope="", columns=group_columns(),
            units=("name", "count", "name", "money"),
        )  # fmt: skip
    if group.change is not None:
        note = _("{change} since {day}.", change=f"{group.change:+d}", day=found.since.isoformat())
    return answered(
        desk, segment_words()[wanted], float(group.count), "count", rows=group_rows(found.groups), chart="bar",
        note=note, behind=False, scope="", units=("name", "count", "name", "money"), columns=group_columns(),
    )  # fmt: skip


def group_columns() -> tuple[str, ...]:
    """Return the heads of a table of segments."""
    return _("Segment"), _("Customers"), _("Change"), _("Spent")


def asked_money(desk: Desk) -> bool:
    """Say whether it is what a segment spent that is asked for, and not how many customers are in it."""
    return desk.asked.measure == "sales" or bool(_MONEY.search(desk.asked.text.casefold()))


def cohorts(desk: Desk) -> Answer:
    """Answer which share of new customers orders again, by the month they came in."""
    if refused := narrowed(desk):
        return refused
    found = crowd.crowd(desk.shop, None, desk.today)
    if not found.returning:
        return unanswered(desk, _("Too few customers came long enough ago: too little data to say who comes back."))
    columns, units = cohort_columns()
    month = several("{count} month after", "{count} months after", 1)
    return answered(
        desk, _("Order again ({when})", when=month), round(found.returning[0] * 100, 1), "percent", scope="",
        rows=cohort_rows(found.cohorts), columns=columns, units=units, behind=False,
        note=_("By the month of the first order; “–” is not over yet."),
    )  # fmt: skip


def season(desk: Desk) -> Answer:
    """Answer which months of the year sell more and which less than a usual one."""
    only = Only(channel=desk.asked.channel or None, category=desk.asked.category or None, products=_products(desk))
    found = crowd.year(desk.shop, desk.today, only)
    if found is None:
        return unanswered(desk, _("The seasons of the year need two whole years of sales: too little data to say."))
    rows = season_rows(found)
    best = int(found.index.argmax()) if desk.asked.order != "least" else int(found.index.argmin())
    shown = _("{name}, {share} of a usual month", name=rows[best][0], share=f"{rows[best][1]:.0f} %")
    what = _("Weakest month of the year") if desk.asked.order == "least" else _("Strongest month of the year")
    return answered(
        desk, what, str(rows[best][0]), "name", rows=rows, chart="bar", behind=False, shown=shown, scope=_scope(desk),
        columns=(_("Month"), _("Of a usual month"), _("Eight in ten years")), units=("name", "percent", "name"),
    )  # fmt: skip


def _products(desk: Desk) -> frozenset[int] | None:
    places = frozenset(p for p in desk.asked.products if p < len(desk.books.cube.titles))
    return places or None


def _scope(desk: Desk) -> str:
    return _(", ").join(p for p in (desk.asked.channel, desk.asked.category, desk.asked.product_words) if p)


KINDS: dict[str, Callable[[Desk], Answer]] = {"segments": groups, "cohorts": cohorts, "season": season}
