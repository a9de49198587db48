"""Your voice: how texts sound, which words they use and avoid, and what was learned from the merchant's edits."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any

from PySide6.QtWidgets import QLineEdit, QScrollArea

from desktop_app.ui import describing, local
from desktop_app.ui.desk import Desk
from desktop_app.ui.page import Page
from desktop_app.ui.setting_rows import RowsCard, SettingRow, section
from desktop_app.ui.widgets import Button, Pick, Text, at_left, column, scrolling
from desktop_app.ui.widgets.notice import Notice
from desktop_app.ui.writing.rule_rows import RuleRows
from desktop_app.words import _

_WIDE = 260


class VoicePage(Page):
    """One column of cards; every change applies at once and can be undone."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, _("Your voice"))
        self._heard: Any = None
        self.tone = _pick([("plain", _("Plain")), ("warm", _("Warm"))], partial(self._change, "tone"))
        lengths = [("short", _("Short")), ("medium", _("Medium")), ("long", _("Long"))]
        self.length = _pick(lengths, partial(self._change, "length"))
        addresses = [
            ("", _("As it comes")),
            ("you", _("With “you”")),
            ("none", _("Not at all")),
            ("您", "您"),
            ("你", "你"),
        ]
        self.address = _pick(addresses, partial(self._change, "address"))
        self.avoid = _line(_("e.g. cheap, luxury"), self._keep_avoid)
        self.use = _line(_("e.g. color = colour, buy = get"), self._keep_use)
        self.glossary = _line(_("e.g. Oak & Linen, juice groove"), self._keep_glossary)
        strict = [("1", _("Every word needs a fact")), ("", _("Claims need a fact"))]
        self.strict = _pick(strict, self._keep_strict)
        asked = [("auto", _("Where channel or law asks")), ("always", _("Always")), ("never", _("Never"))]
        self.label = _pick(asked, self._keep_label)
        self.sound = RowsCard(
            [
                SettingRow(_("Tone"), "", self.tone),
                SettingRow(_("Length"), "", self.length),
                SettingRow(_("How the reader is addressed"), "", self.address),
                SettingRow(_("Words to avoid"), _("Texts with them are written again, or marked."), self.avoid),
                SettingRow(_("Words to use"), _("The second stands in place of the first."), self.use),
            ]
        )
        self.held = RowsCard(
            [
                SettingRow(_("How strict texts are checked"), _("Numbers and claims always need one."), self.strict),
                SettingRow(_("Words a translation keeps"), "", self.glossary),
                SettingRow(_("“Written with AI” below a text"), _("Put there when texts are exported."), self.label),
            ]
        )
        self.learned = RowsCard()
        self.rules = RuleRows(desk, self, lambda why: self.tell(Notice(why, "bad")))
        self.packs = self.rules.card
        self.rate = Text("", tone="muted", wrap=True)
        self.set_full(self._laid_out())
        self.show_loading()

    def _laid_out(self) -> QScrollArea:
        contents = column(
            section(_("How it sounds"), self.sound), section(_("Learned from your edits"), self.learned, self.rate),
            section(_("Check and translation"), self.held),
            section(_("Rules this shop goes by"), self.packs), None, gap=24, margins=(24, 16, 24, 32),
        )  # fmt: skip
        return scrolling(at_left(contents, 820, 520))

    def refresh(self) -> None:
        """Read the voice of the shop again."""
        self.desk.ask(_read, self._show, key="voice", failed=lambda why: self.show_failed(why, self.refresh))

    def _show(self, found: Any) -> None:
        heard, packs, own = found
        self._heard = heard
        spoken = heard.voice
        for pick, value in (
            (self.tone, spoken.tone), (self.length, spoken.length), (self.address, spoken.address),
            (self.strict, "1" if heard.strict else ""), (self.label, heard.label),
        ):  # fmt: skip
            pick.setCurrentIndex(max(pick.findData(value), 0))
        for field, value in (
            (self.avoid, ", ".join(spoken.avoid)), (self.use, ", ".join(f"{a} = {b}" for a, b in spoken.use)),
            (self.glossary, ", ".join(heard.glossary)),
        ):  # fmt: skip
            if not field.isModified():
                field.setText(value)
        self.learned.fill([self._habit(habit, habit.id not in spoken.off) for habit in heard.habits] or [_nothing()])
        said = [
            _("{month}: {edited} of {count} approved texts were edited", month=local.month_of(month),
              edited=local.number(edited), count=local.number(count))
            for month, count, edited in heard.months[-6:]
        ]  # fmt: skip
        self.rate.setText("\n".join(said))
        self.rate.setVisible(bool(said))
        self.rules.show(packs, own)
        self.show_full()

    def _habit(self, habit: Any, on: bool) -> SettingRow:
        button = Button(_("Switch off") if on else _("Switch on"), partial(self._switch, habit.id, not on), small=True)
        button.setAccessibleName(f"{button.text()}: {habit.sentence()}")
        return SettingRow(habit.sentence(), "" if on else _("Switched off"), button)

    # --- changing ---

    def _change(self, name: str, value: Any) -> None:
        if self._heard is None or getattr(self._heard.voice, name) == value:
            return
        if name in ("tone", "length"):
            describing.keep(self.desk, replace(describing.wishes(self.desk), **{name: value}))
        self._do(lambda tasks, shop: tasks.change(shop, **{name: value}))

    def _keep_avoid(self) -> None:
        self._change("avoid", tuple(_words(self.avoid.text())))

    def _keep_use(self) -> None:
        pairs = [tuple(part.strip() for part in word.split("=", 1)) for word in _words(self.use.text()) if "=" in word]
        self._change("use", tuple(pair for pair in pairs if all(pair)))

    def _keep_glossary(self) -> None:
        words = tuple(_words(self.glossary.text()))
        if self._heard is not None and words != self._heard.glossary:
            self._do(lambda tasks, shop: tasks.keep_words(shop, words))

    def _keep_strict(self, value: str) -> None:
        if self._heard is not None and bool(value) != self._heard.strict:
            self._do(lambda tasks, shop: tasks.set_strict(shop, bool(value)))

    def _keep_label(self, value: str) -> None:
        if self._heard is not None and value != self._heard.label:
            self._do(lambda tasks, shop: tasks.set_label(shop, value))

    def _switch(self, habit: str, on: bool) -> None:
        self._do(lambda tasks, shop: tasks.switch(shop, habit, on=on))

    def _do(self, task: Callable[[Any, Any], Any]) -> None:
        def work(shop: Any) -> Any:
            from desktop_app.tasks import voice

            return task(voice, shop)

        for field in (self.avoid, self.use, self.glossary):
            field.setModified(False)
        self.desk.do(work, said=_("Changed."), failed=lambda why: self.tell(Notice(why, "bad")))


def _nothing() -> SettingRow:
    return SettingRow(_("Nothing yet. What you change in at least three texts becomes a rule you can switch off."))


def _words(typed: str) -> list[str]:
    return [word.strip() for word in typed.replace("，", ",").replace("、", ",").split(",") if word.strip()]


def _read(shop: Any) -> Any:
    from desktop_app.tasks import rule_packs, voice

    return voice.of(shop), rule_packs.listed(shop), rule_packs.own(shop)


def _pick(choices: list[tuple[str, str]], chosen: Callable[[Any], object]) -> Pick:
    pick = Pick()
    pick.setFixedWidth(_WIDE)
    for value, shown in choices:
        pick.addItem(shown, value)
    pick.activated.connect(lambda _at: chosen(pick.currentData()))
    return pick


def _line(hint: str, left: Callable[[], object]) -> QLineEdit:
    line = QLineEdit()
    line.setFixedWidth(_WIDE)
    line.setPlaceholderText(hint)
    line.editingFinished.connect(left)
    return line
