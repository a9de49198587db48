"""The cards of the Insight page on customers and the year: segments with their change, cohorts, the seasons."""

from __future__ import annotations

from desktop_app.tasks.ask_crowd import cohort_columns, cohort_rows, group_rows, month_names, season_rows
from desktop_app.tasks.crowd import Crowd
from desktop_app.ui import local
from desktop_app.ui.desk import Desk
from desktop_app.ui.insight import links
from desktop_app.ui.insight.figures import FigureCard
from desktop_app.words import _


class CrowdCards:
    """Three cards; each hides where there is too little to say."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self.people = FigureCard(_("Customers"))
        self.cohorts = FigureCard(_("Who came when, and came back"))
        self.year = FigureCard(_("The months of the year"))
        self.all = (self.year, self.people, self.cohorts)
        for card in self.all:
            card.hide()

    def show(self, found: Crowd) -> None:
        """Show what was reckoned; every chart has its table beside it."""
        self._people(found)
        self._cohorts(found)
        self._year(found)

    def _people(self, found: Crowd) -> None:
        rows = group_rows(found.groups)
        self.people.setVisible(any(group.count for group in found.groups))
        if self.people.chart is not None:
            self.people.chart.show_bars([str(r[0]) for r in rows], [float(group.count) for group in found.groups])
        self.people.table.show_rows(
            (_("Segment"), _("Customers"), _("Change"), _("Spent")), rows, ("name", "count", "name", "money"),
            found.currency,
        )  # fmt: skip
        links.link_people(self._desk, self.people.table, [group.key for group in found.groups])
        told = _("All customers, by when they last bought, how often and for how much.")
        if any(group.before is not None for group in found.groups):
            told += " " + _("The change is against {day}.", day=local.date(found.since))
        self.people.say(more=told)

    def _cohorts(self, found: Crowd) -> None:
        self.cohorts.setVisible(bool(found.returning))
        if not found.returning:
            return
        assert self.cohorts.chart is not None
        names = [str(n) for n in range(1, len(found.returning) + 1)]
        self.cohorts.chart.show_line(names, [share * 100 for share in found.returning], lambda v: f"{v:.0f} %")
        columns, units = cohort_columns()
        self.cohorts.table.show_rows(columns, cohort_rows(found.cohorts), units, found.currency)
        self.cohorts.say(more=_(
            "By the month of their first order: how many came, and which share ordered again so many months after. The "
            "line is all of them together; “–” is not over yet."
        ))  # fmt: skip

    def _year(self, found: Crowd) -> None:
        self.year.setVisible(found.year is not None)
        if found.year is None or self.year.chart is None:
            return
        self.year.chart.show_bars(
            list(month_names()), [float(n) * 100 for n in found.year.index], lambda v: f"{v:.0f} %"
        )
        self.year.table.show_rows(
            (_("Month"), _("Of a usual month"), _("Eight in ten years")), season_rows(found.year),
            ("name", "percent", "name"), found.currency,
        )  # fmt: skip
        self.year.say(more=_("Sales of whole months over whole years; 100 % is a usual month."))
