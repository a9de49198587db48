"""Writing in bulk: which products, which text, what it will take, now or at night; and the jobs there are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QButtonGroup, QWidget

from desktop_app.records import Job, JobChoice, Weights, Wishes
from desktop_app.ui import describing, fields, local
from desktop_app.ui.choices import ChoiceCard
from desktop_app.ui.desk import Desk
from desktop_app.ui.page import Page
from desktop_app.ui.setting_rows import RowsCard, SettingRow, section
from desktop_app.ui.widgets import Button, EmptyState, Pick, Text, at_left, column, footer, row, scrolling
from desktop_app.words import _, several

_WIDE = 260
CHOICES: tuple[JobChoice, ...] = ("missing", "stale", "all", "translate", "")
SHOWN = 8  # jobs


@dataclass(frozen=True)
class Ahead:
    """What each choice means for these wishes, how long one text takes here, and the jobs there are."""

    wishes: Wishes
    ids: dict[str, list[int]]
    seconds: float | None
    jobs: list[Job]
    products: int
    channels: list[tuple[str, str]]  # whose limits hold here, with what they are called


class WritePage(Page):
    """Choose, see what it will take, start."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, _("Write texts"))
        self._chosen: list[int] = []  # products chosen on another page
        self._ahead: Ahead | None = None
        self._fresh = True
        self.cards: dict[str, ChoiceCard] = {}
        self._build_choices()
        self._build_wishes()
        self.jobs = RowsCard()
        self.jobs_part = QWidget()
        self.jobs_part.setLayout(section(_("Under way and before"), self.jobs))
        self.what = Text("", strong=True, wrap=True)
        self.start = Button(_("Start"), self.begin, kind="main", key="Ctrl ⏎")
        self.set_full(self._laid_out())
        self.show_loading()
        QShortcut(QKeySequence("Ctrl+Return"), self, self.begin)
        desk.work.ended.connect(lambda _work: self.refresh() if self.isVisible() else None)

    # --- what the window asks ---

    def arrive(self, products: Sequence[int] | None = None, choice: str = "", **where: Any) -> None:
        """Show the choices; with ``products`` those are what is chosen."""
        if products is not None:
            self._chosen = list(products)
            self.cards[""].setChecked(True)
        elif choice in self.cards:
            self.cards[choice].setChecked(True)
        self._fresh = True
        self.refresh()

    def refresh(self) -> None:
        """Count again what each choice means."""
        wanted, chosen, weights = self.wishes, list(self._chosen), self.desk.weights
        self.desk.ask(
            lambda shop: _look(shop, wanted, chosen, weights),
            self._looked,
            key="write",
            failed=lambda why: self.show_failed(why, self.refresh),
        )

    @property
    def choice(self) -> JobChoice:
        """Return which products are chosen."""
        return next((key for key in CHOICES if self.cards[key].isChecked()), "missing")

    @property
    def wishes(self) -> Wishes:
        """Return what the fields say of the text."""
        usual = describing.wishes(self.desk)
        language = str(self.language.currentData() or usual.language)
        other = "en" if language == "zh" else "zh"
        return replace(
            usual, field=self.field.currentData() or "description", language=language,
            channel=self.channel.currentData() or "", length=self.length.currentData() or usual.length,
            tone=self.tone.currentData() or usual.tone, writer=self.writer.currentData() or "auto",
            translated_from=other if self.choice == "translate" else "",
        )  # fmt: skip

    # --- what the merchant does ---

    def begin(self) -> None:
        """Start, or put it off until the night; the strip shows how far it is."""
        from desktop_app.tasks import night

        ahead, choice = self._ahead, self.choice
        if ahead is None or not self.start.isEnabled():
            return
        ids = ahead.ids[choice]
        describing.keep(self.desk, ahead.wishes)
        hours = night.NIGHT if self.when.currentData() == "night" else ""
        describing.many(self.desk, ids, ahead.wishes, choice, hours)
        self.desk.go("writing")

    def go_on(self, job: int) -> None:
        """Go on with a job that was cut short."""
        describing.run(self.desk, job)
        self.refresh()

    def give_up(self, job: int) -> None:
        """Give a job up for good; what it wrote stays."""

        def task(shop: Any) -> Any:
            from desktop_app.tasks import jobs

            return jobs.cancel(shop, job)

        self.desk.do(task, then=lambda _job: self.desk.said.emit(_("Given up. What was written stays."), False))

    # --- building ---

    def _build_choices(self) -> None:
        names = {
            "missing": _("Products without such a text"),
            "stale": _("Texts whose facts changed since"),
            "all": _("All products"),
            "translate": _("Approved texts, translated"),
            "": _("The products you chose"),
        }
        self._group = QButtonGroup(self)
        for key in CHOICES:
            self.cards[key] = ChoiceCard(names[key])
            self._group.addButton(self.cards[key])
        self.cards["missing"].setChecked(True)
        self._group.buttonToggled.connect(lambda _b, on: self._choose() if on else None)

    def _build_wishes(self) -> None:
        usual = describing.wishes(self.desk)
        self.field = _pick(fields.fields(), "description", self.refresh)
        self.language = _pick([(c, fields.language(c)) for c in ("en", "zh")], usual.language, self.refresh)
        self.channel = _pick(fields.channels(), "", self.refresh)
        lengths = [("short", _("Short")), ("medium", _("Medium")), ("long", _("Long"))]
        self.length = _pick(lengths, usual.length, self.refresh)
        self.tone = _pick([("plain", _("Plain")), ("warm", _("Warm"))], usual.tone, self.refresh)
        writers = [("auto", _("The weights, where they can")), ("plain", _("The facts alone"))]
        self.writer = _pick(writers, usual.writer, self.refresh)
        whens = [("now", _("Now")), ("night", _("At night, 22:00 to 07:00"))]
        self.when = _pick(whens, "now", self._show_what)
        self.text = RowsCard(
            [
                SettingRow(_("Kind of text"), "", self.field),
                SettingRow(_("Language"), "", self.language),
                SettingRow(
                    _("Written for"), _("Texts keep to the length and the words the channel allows."), self.channel
                ),
                SettingRow(_("Length"), "", self.length),
                SettingRow(_("Tone"), "", self.tone),
                SettingRow(_("Written from"), "", self.writer),
                SettingRow(_("When"), _("The computer is kept awake, and the work goes on where it was."), self.when),
            ]
        )

    def _laid_out(self) -> QWidget:
        contents = column(
            section(_("Which products"), *self.cards.values()), section(_("Which text"), self.text),
            self.jobs_part, None, gap=24, margins=(24, 16, 24, 32),
        )  # fmt: skip
        area = scrolling(at_left(contents, 820, 520))
        parts = row(self.what, self.start, margins=(24, 12, 24, 12))
        parts.setStretch(0, 1)
        foot = footer(parts)
        whole = QWidget()
        whole.setObjectName("plain")
        both = column(area, foot, gap=0)
        both.setStretch(0, 1)
        whole.setLayout(both)
        return whole

    # --- showing ---

    def _looked(self, ahead: Ahead) -> None:
        self._ahead = ahead
        self._offer(ahead.channels)
        if not ahead.products:
            self.show_empty(
                EmptyState(
                    "package",
                    _("There are no products to write for"),
                    _("Bring in the file your shop system gave you, or add the first product by hand."),
                    (_("Import a file…"), lambda: self.desk.go("import")),
                    (_("Add a product"), lambda: self.desk.go("products", new=True)),
                )
            )
            return
        for key in CHOICES:
            count = len(ahead.ids[key])
            self.cards[key].say(_about(key, count))
            self.cards[key].setVisible(bool(count) or key in ("missing", "all"))
            self.cards[key].setEnabled(bool(count) or key == "missing")
        if self.cards[self.choice].isHidden():
            self.cards["missing"].setChecked(True)
        self._show_jobs(ahead.jobs)
        self._show_what()
        self.show_full()
        if self._fresh and self.isVisible():
            self._fresh = False
            self.cards[self.choice].setFocus()

    def _offer(self, channels: list[tuple[str, str]]) -> None:
        """Offer the channels whose limits hold in this shop; what is chosen stays, where it is still there."""
        pick = self.channel
        if [(pick.itemData(n), pick.itemText(n)) for n in range(pick.count())] == channels:
            return
        chosen = pick.currentData()
        pick.blockSignals(True)
        pick.clear()
        for value, shown in channels:
            pick.addItem(shown, value)
        pick.setCurrentIndex(max(pick.findData(chosen), 0))
        pick.blockSignals(False)

    def _choose(self) -> None:
        if self._ahead is not None and self._ahead.wishes != self.wishes:
            self.refresh()
        self._show_what()

    def _show_what(self) -> None:
        ahead = self._ahead
        if ahead is None:
            return
        count = len(ahead.ids[self.choice])
        self.start.setEnabled(count > 0)
        self.start.setText(_("Start") if self.when.currentData() == "now" else _("Start tonight"))
        products = local.counted(several("{count} product", "{count} products", count), count)
        if not count:
            self.what.setText(_("Nothing is left to write here."))
        elif ahead.seconds is None:
            self.what.setText(_("{products}. How long it takes is known after the first few.", products=products))
        else:
            time = local.duration(count * ahead.seconds)
            self.what.setText(_("{products}, {time} here", products=products, time=time))
        self.subtitle.setText("")

    def _show_jobs(self, jobs: list[Job]) -> None:
        self.jobs_part.setVisible(bool(jobs))
        self.jobs.fill([self._job_row(job) for job in jobs])

    def _job_row(self, job: Job) -> SettingRow:
        what = f"{fields.field(job.wishes.field)} · {fields.language(job.wishes.language)}"
        far = _("{done} of {total}", done=local.number(job.done), total=local.number(job.total))
        zone = self.desk.shop.timezone if self.desk.shop else "UTC"
        said = " · ".join([far, _state(job), local.moment(job.made, zone)])
        buttons = []
        if job.state in ("waiting", "paused"):
            buttons = [
                Button(_("Go on"), partial(self.go_on, job.id), small=True),
                Button(_("Give up"), partial(self.give_up, job.id), kind="quiet", small=True),
            ]
            for button in buttons:
                button.setAccessibleName(f"{button.text()}: {what}, {far}")
        return SettingRow(what, said, *buttons)


def _state(job: Job) -> str:
    if job.hours and job.state in ("waiting", "paused"):
        return _("waits for {hours}", hours=job.hours)
    return {
        "waiting": _("waits"), "running": _("runs"), "paused": _("paused"), "stopped": _("given up"),
        "done": _("done"),
    }[job.state]  # fmt: skip


def _about(key: str, count: int) -> str:
    products = local.counted(several("{count} product", "{count} products", count), count)
    if key == "missing" and not count:
        return _("Every product has one.")
    if key == "stale":
        return _("{products}. Only these are written again; your own words are left alone.", products=products)
    if key == "translate":
        return _("{products}. Numbers, units, sizes and names are kept, and each is read back.", products=products)
    return products


def _look(shop: Any, wishes: Wishes, chosen: list[int], weights: Weights | None) -> Ahead:
    from desktop_app.tasks import jobs, rule_packs

    other = "en" if wishes.language == "zh" else "zh"
    written, moved = replace(wishes, translated_from=""), replace(wishes, translated_from=other)
    ids: dict[str, list[int]] = {
        key: jobs.chosen(shop, key, moved if key == "translate" else written) for key in CHOICES if key
    }
    ids[""] = chosen
    seconds = jobs.estimate(shop, wishes=wishes, weights=weights)
    channels = fields.channels(rule_packs.chosen(shop))
    return Ahead(wishes, ids, seconds, shop.jobs()[:SHOWN], len(ids["all"]), channels)


def _pick(choices: list[tuple[str, str]], chosen: str, changed: Any) -> Pick:
    pick = Pick()
    pick.setFixedWidth(_WIDE)
    for value, shown in choices:
        pick.addItem(shown, value)
    pick.setCurrentIndex(max(pick.findData(chosen), 0))
    pick.currentIndexChanged.connect(lambda _at: changed())
    return pick
