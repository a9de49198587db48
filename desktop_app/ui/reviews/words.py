"""What marks, stars, spans of time and trends are called on the Reviews page."""

from __future__ import annotations

from datetime import date, timedelta

from desktop_app.review_records import ThemeCount
from desktop_app.tasks.review_desk import STEP, UNLINKED, Reviewed
from desktop_app.ui import local
from desktop_app.words import _, several


def mark(key: str) -> str:
    """Return what a mark is called."""
    return {
        "default": _("Default praise"), "copy": _("Copies"), "alike": _("Nearly the same words"),
        "spam": _("Advertising"), "bought": _("Looks paid for"), "language": _("Another language"),
        "clash": _("Stars and words disagree"),
    }.get(key, key)  # fmt: skip


def marks_told(aside: tuple[tuple[str, int], ...]) -> str:
    """Say which reviews are not counted, and how many of each."""
    return ", ".join(f"{mark(key)} {local.number(count)}" for key, count in aside)


def spans() -> list[tuple[str, int]]:
    """Return the spans of time one can look at, each with its days; 0: all."""
    return [(_("All time"), 0), (_("Last 30 days"), 30), (_("Last 90 days"), 90), (_("Last 12 months"), 365)]


def sides() -> list[tuple[str, str]]:
    """Return what can be asked of one theme, each with its name in a filter."""
    return [(_("Praised or criticised or neither"), ""), (_("Praised"), "praise"), (_("Criticised"), "blame"),
            (_("Only praised"), "positive"), (_("Only criticised"), "negative"), (_("Both"), "mixed"),
            (_("Neutral"), "neutral")]  # fmt: skip


def since(days: int, today: date | None = None) -> str:
    """Return the first day of a span as ISO; "" for all time."""
    return ((today or date.today()) - timedelta(days=days)).isoformat() if days else ""


def stars(value: float | None) -> str:
    """Write a mean of stars."""
    return "–" if value is None else f"★ {value:.1f}"


def trend(value: float | None) -> tuple[str, str]:
    """Return how stars change, with a sign, and the role of its colour; nothing where there is too little to say."""
    if value is None or abs(value) < STEP:
        return "", "muted"
    return (f"▲ {value:+.1f}", "good") if value > 0 else (f"▼ {value:+.1f}", "bad")


def title(row: Reviewed) -> str:
    """Return what a line of the list is called."""
    if row.product is None:
        return _("All products")
    return _("Of no product yet") if row.product == UNLINKED else row.title


def told(row: Reviewed) -> str:
    """Say a line of the list to a screen reader."""
    parts = [title(row), several("{count} review", "{count} reviews", row.count)]
    if row.rating is not None:
        parts.append(_("{stars} stars", stars=f"{row.rating:.1f}"))
    said, tone = trend(row.trend)
    if said:
        parts.append(_("rising") if tone == "good" else _("falling"))
    return ", ".join(parts)


def share(theme: ThemeCount) -> str:
    """Write the share of blame among the voices of a theme, with the interval that nineteen of twenty lie in."""
    low, found, high = theme.share
    return f"{found:.0%} ({low:.0%}–{high:.0%})"
