"""The settings: this computer, this shop, backups, what leaves the computer (nothing), keys, and about."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from PySide6.QtCore import QPoint, Qt, QTimer, QTimeZone
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import (
    QComboBox,
    QCompleter,
    QFileDialog,
    QFrame,
    QLineEdit,
    QPlainTextEdit,
)
from shiboken6 import isValid

import desktop_app
from desktop_app import paths, words
from desktop_app.records import Matching
from desktop_app.tasks import connections
from desktop_app.ui import in_folder, local, saved_copies
from desktop_app.ui.checking_rows import CheckingRows
from desktop_app.ui.desk import Desk
from desktop_app.ui.fetching_rows import FetchingRows
from desktop_app.ui.importing.matching import MatchingFields
from desktop_app.ui.locking import LockRow
from desktop_app.ui.page import Page
from desktop_app.ui.policy_rows import PolicyRows
from desktop_app.ui.setting_rows import RowsCard, SettingRow, section
from desktop_app.ui.updating import CompareRow, UpdateRow
from desktop_app.ui.widgets import Button, KeyHint, Pick, Text, at_left, column, scrolling
from desktop_app.ui.widgets.notice import Notice
from desktop_app.ui.writing_rows import MachineRows, ServerRows
from desktop_app.words import _

CURRENCIES = (
    "USD", "CNY", "EUR", "GBP", "HKD", "TWD", "JPY", "KRW", "SGD", "MYR", "THB", "VND", "IDR", "PHP", "INR", "AUD",
    "NZD", "CAD", "MXN", "BRL", "CHF", "SEK", "NOK", "DKK", "PLN", "CZK", "TRY", "AED", "SAR", "ZAR",
)  # fmt: skip
_WIDE = 260
_speaking = False  # the page is made anew in another language: the keyboard stays where it was


class SettingsPage(Page):
    """One column of cards; every change applies at once."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, _("Settings"))
        self._kept: Any = None  # ShopSettings as last read
        self._build_computer()
        self._build_shop()
        self._build_safety()
        self._build_about()
        self.machine, self.server = MachineRows(desk), ServerRows(desk)
        whole = column(
            section(_("This computer"), self.computer),
            section(_("This shop"), self.shop, self.second),
            section(_("Who writes"), RowsCard(self.machine.rows), RowsCard(self.server.rows)),
            section(_("Backups"), self.backups),
            section(_("Privacy"), self.privacy),
            section(_("Keys"), self.keys),
            section(_("About"), self.about, self.licences),
            None,
            gap=24, margins=(24, 16, 24, 32),
        )  # fmt: skip
        self.area = scrolling(at_left(whole, 820, 520))
        self.set_full(self.area)
        self.show_full()
        self._say_nothing_of_the_shop()
        desk.settings_changed.connect(self._own_changed)

    def arrive(self, **where: Any) -> None:
        """Show how things stand; after another language the keyboard stays on the language."""
        global _speaking
        self._show_own(self.desk.settings)
        self._show_connections()
        self.refresh()
        if where.get("keys"):
            QTimer.singleShot(0, self.keys, lambda: self.area.verticalScrollBar().setValue(self._top_of_keys()))
        if _speaking:
            _speaking = False
            self.language.setFocus()

    def _top_of_keys(self) -> int:
        inside = self.area.widget()
        return 0 if inside is None else self.keys.mapTo(inside, QPoint(0, -48)).y()  # with its heading

    def refresh(self) -> None:
        """Look at the shop again."""
        if self.desk.shop is not None:
            self.desk.ask(saved_copies.look, self._looked, key="settings")

    def leave(self) -> None:
        """Keep a name that was typed and not yet left."""
        if self.name.isModified():
            self._rename()

    # --- this computer ---

    def _build_computer(self) -> None:
        spoken = words.LANGUAGES[words.system_language()]
        self.language = _combo(
            [("system", _("As this computer ({language})", language=spoken)), *words.LANGUAGES.items()], self._speak
        )
        themes = [("system", _("As this computer")), ("light", _("Light")), ("dark", _("Dark"))]
        self.theme = _combo(themes, lambda chosen: self._own(theme=chosen))
        self.computer = RowsCard(
            [SettingRow(_("Language"), "", self.language), SettingRow(_("Colours"), "", self.theme)]
        )

    def _own_changed(self, _before: Any, now: Any) -> None:
        if isValid(self):
            self._show_own(now)

    def _show_own(self, now: Any) -> None:
        self.language.setCurrentIndex(max(self.language.findData(now.language), 0))
        self.theme.setCurrentIndex(max(self.theme.findData(now.theme), 0))

    def _speak(self, chosen: str) -> None:
        global _speaking
        _speaking = chosen != self.desk.settings.language
        self._own(language=chosen)

    def _own(self, **change: Any) -> None:
        self.desk.change_settings(replace(self.desk.settings, **change))

    # --- this shop ---

    def _build_shop(self) -> None:
        self.name = QLineEdit()
        self.name.setFixedWidth(_WIDE)
        self.name.editingFinished.connect(self._rename)
        self.currency = _typed(CURRENCIES, lambda code: self._keep("currency", code))
        zones = sorted({bytes(zone.data()).decode() for zone in QTimeZone.availableTimeZoneIds()})
        mine = bytes(QTimeZone.systemTimeZoneId().data()).decode()
        self.timezone = _typed([mine, *(z for z in zones if z != mine)], self._keep_zone)
        self.text_language = _combo(list(words.LANGUAGES.items()), lambda code: self._keep("language", code))
        self.policy = PolicyRows(self._keep, _WIDE)
        self.place = Text("", "small", tone="muted", wrap=True)
        self.place_row = SettingRow(_("Shop file"), "", Button(_("Show in folder"), self._show_place))
        self.shop = RowsCard(
            [
                SettingRow(_("Name"), "", self.name),
                SettingRow(_("Currency"), _("How prices are shown; no price is converted."), self.currency),
                SettingRow(_("Time zone"), _("How times of imports and drafts are shown."), self.timezone),
                SettingRow(
                    _("Texts are written in"), _("Unless you choose another language for a text."), self.text_language
                ),
                *self.policy.rows,
                SettingRow(
                    _("Your voice"),
                    _("How texts sound, words to use and avoid, how strictly they are checked."),
                    Button(_("Open"), lambda: self.desk.go("voice")),
                ),
                self.place_row,
            ]
        )
        self.matching = MatchingFields()
        self.matching.chosen.connect(lambda chosen: self._keep("matching", chosen))
        self.second_hint = Text("", "small", tone="muted", wrap=True)
        frame = QFrame()
        frame.setLayout(
            column(
                Text(_("What a second import of a file means")),
                self.second_hint,
                4,
                self.matching,
                gap=2,
                margins=(16, 12, 16, 16),
            )
        )
        self.second = RowsCard([frame])

    def _say_nothing_of_the_shop(self) -> None:
        """Leave empty what the shop was not asked yet: what a choice happens to begin with would be taken for true."""
        for part in (self.shop, self.second, self.backups):
            part.setEnabled(False)
            for choice in part.findChildren(QComboBox):
                choice.setCurrentIndex(-1)
        self.last_backup.title.setText(_("One moment …"))

    def _looked(self, found: saved_copies.Found) -> None:
        for part in (self.shop, self.second, self.backups):
            part.setEnabled(True)
        kept = found.settings
        self._kept = kept
        if not self.name.hasFocus() or not self.name.isModified():
            self.name.setText(kept.name)
        self.currency.setCurrentText(kept.currency)
        self.timezone.setCurrentText(kept.timezone)
        self.text_language.setCurrentIndex(max(self.text_language.findData(kept.language), 0))
        self.policy.show(kept)
        self.matching.show_value(kept.matching or Matching())
        asked = _("You can change this with every import.")
        self.second_hint.setText(
            asked if kept.matching else _("You will be asked when you import the same file again. Or decide now.")
        )
        self.place_row.say(str(found.path))
        self.locking.show_state(locked=found.locked)
        self._show_backups(found)

    def _rename(self) -> None:
        if self._kept is not None and self.name.text().strip() != self._kept.name:
            self._keep("name", self.name.text())
        self.name.setModified(False)

    def _keep_zone(self, name: str) -> None:
        if QTimeZone.isTimeZoneIdAvailable(name.encode()):
            self._keep("timezone", name)
        else:
            self.tell(Notice(_("“{name}” is not a time zone. What was there before is kept.", name=name), "caution"))
            self.refresh()

    def _keep(self, key: str, value: str | Matching) -> None:
        """Change a setting of the shop, which can be undone."""
        if self._kept is None or getattr(self._kept, key) == value:
            return

        def task(shop: Any) -> Any:
            from desktop_app.tasks import shop_settings

            return shop_settings.change(shop, key, value)

        def failed(why: str) -> None:
            self.tell(Notice(why, "caution"))
            self.refresh()

        self.notices.clear()
        self.desk.do(task, said=_("Changed."), failed=failed)

    def _show_place(self) -> None:
        if self.desk.shop is not None:
            in_folder.show(self.desk.shop.path)

    # --- backups, privacy ---

    def _build_safety(self) -> None:
        now = Button(_("Back up now"), lambda: self.desk.commands.run("shop.backup"))
        copy = Button(_("Save a copy…"), self._save_copy)
        self.last_backup = SettingRow(
            _("No backup yet"), _("One is made each day the shop is open; the newest 14 are kept."), copy, now
        )
        self.copies = Pick()
        self.copies.setAccessibleName(_("Which backup"))
        self.copies.setFixedWidth(200)
        self.open_copy = Button(_("Open"), self._open_backup)
        self.open_copy.setAccessibleName(_("Open this backup"))
        hint = _("It opens as a shop file of its own; your shop stays as it is.")
        self.open_row = SettingRow(_("Open a backup"), hint, self.copies, self.open_copy)
        self.copies.setAccessibleName(_("Which backup"))
        self.folder_row = SettingRow(
            _("Where backups are kept"), "", Button(_("Show in folder"), self._show_backup_folder)
        )
        self.backups = RowsCard([self.last_backup, self.open_row, self.folder_row])
        self.connections = SettingRow(_("Connections since installation: {count}", count="0"), "")
        self.fetching = FetchingRows(self.desk)
        self.locking = LockRow(self.desk)
        self.privacy = RowsCard([self.locking, self.connections, *self.fetching.rows])

    def _show_backups(self, found: saved_copies.Found) -> None:
        zone = found.settings.timezone
        self.copies.clear()
        for copy in found.copies:
            self.copies.addItem(local.moment(copy.made, zone), str(copy.path))
        last = found.copies[0] if found.copies else None
        when = local.moment(last.made, zone) if last else ""
        self.last_backup.title.setText(_("Last backup: {when}", when=when) if last else _("No backup yet"))
        self.open_row.setVisible(bool(found.copies))
        self.folder_row.say(str(found.folder))
        self.folder_row.setVisible(bool(found.copies))

    def _show_connections(self) -> None:
        count = local.number(self.desk.count_connections())
        self.connections.title.setText(_("Connections since installation: {count}", count=count))
        self.connections.say(
            _("Counted by the program itself. Nothing needs the network; only weights you ask for are fetched.")
            if connections.watching()
            else _("Nothing in this program opens one: products, texts and weights stay on this computer.")
        )

    def _save_copy(self) -> None:
        shop = self.desk.shop
        if shop is None:
            return
        usual = shop.path.with_name(_("{name} copy", name=shop.path.stem) + ".zhanggui")
        chosen, _kind = QFileDialog.getSaveFileName(
            self, _("Save a copy"), str(usual), f"{_('Shop files')} (*.zhanggui)"
        )
        if chosen:
            path = Path(chosen).with_suffix(".zhanggui")
            self.desk.ask(
                lambda opened: saved_copies.save(opened, path),
                lambda _result: self.desk.said.emit(_("Saved: {name}", name=path.name), False),
                failed=lambda why: self.tell(Notice(why, "bad")),
            )

    def _open_backup(self) -> None:
        shop, chosen = self.desk.shop, self.copies.currentData()
        if shop is None or not chosen:
            return
        backup = Path(chosen)
        target = saved_copies.free_name(shop.path.parent, backup.stem)
        text = _("This is the backup of {when}. Your shop itself is as it was.", when=self.copies.currentText())
        notice = Notice(text, button=_("Back to my shop"), run=lambda: self.desk.open(shop.path))
        self.desk.open(
            target, made=lambda path: saved_copies.restore(backup, path), then=lambda: self.desk.tell(notice)
        )

    def _show_backup_folder(self) -> None:
        if self.copies.count():
            in_folder.show(Path(self.copies.itemData(0)))

    # --- keys, about ---

    def _build_about(self) -> None:
        self.keys = RowsCard([_key_row(command) for command in self.desk.commands if command.shortcut])
        self.notice_text = QPlainTextEdit()
        self.notice_text.setReadOnly(True)
        self.notice_text.setTabChangesFocus(True)
        self.notice_text.setAccessibleName(_("Licences of what is inside"))
        self.notice_text.setFixedHeight(260)
        self.show_licences = Button(_("Licences of what is inside"), self._toggle_licences)
        self.show_licences.setVisible(bool(_licences()))
        version = _("Version {version}", version=desktop_app.__version__)
        self.checking = CheckingRows(self.desk)
        about = SettingRow("掌柜 Zhanggui", f"{version} · {_('Licence: Apache 2.0')}", self.show_licences)
        self.comparing, self.updating = CompareRow(self.desk), UpdateRow(self.desk)
        self.about = RowsCard([about, self.comparing, self.updating, *self.checking.rows])
        self.licences = self.notice_text
        self.notice_text.hide()

    def _toggle_licences(self) -> None:
        if self.notice_text.isVisible():
            self.notice_text.hide()
            return
        self.notice_text.setPlainText(_licences())
        self.notice_text.show()
        self.notice_text.setFocus()
        self.area.ensureWidgetVisible(self.notice_text)


def _licences() -> str:
    root = paths.assets().parent
    found = [(root / name).read_text("utf-8") for name in ("NOTICE", "LICENSE") if (root / name).exists()]
    return "\n\n".join(found)


def _key_row(command: Any) -> SettingRow:
    hints = []
    for part in command.shortcut.split(" | "):
        hint = KeyHint(QKeySequence(part).toString(QKeySequence.SequenceFormat.NativeText))
        hint.setAccessibleName(hint.text())
        hints.append(hint)
    made = SettingRow(_(command.name), "", *hints)
    layout = made.layout()
    assert layout is not None
    layout.setContentsMargins(16, 6, 16, 6)
    return made


def _combo(choices: list[tuple[str, str]], chosen: Any) -> QComboBox:
    combo = Pick()
    combo.setFixedWidth(_WIDE)
    for value, shown in choices:
        combo.addItem(shown, value)
    combo.activated.connect(lambda _at: chosen(combo.currentData()))
    return combo


def _typed(choices: Any, chosen: Any) -> QComboBox:
    """Make a combo one may also type in; any part of a name finds it."""
    combo = Pick()
    combo.setFixedWidth(_WIDE)
    combo.setEditable(True)
    combo.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
    combo.addItems(list(choices))
    combo.setMaxVisibleItems(16)
    completer = combo.completer()
    assert completer is not None
    completer.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
    completer.setFilterMode(Qt.MatchFlag.MatchContains)
    completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
    combo.activated.connect(lambda _at: chosen(combo.currentText()))
    edit = combo.lineEdit()
    assert edit is not None

    def left() -> None:
        if edit.isModified():
            edit.setModified(False)
            chosen(combo.currentText())

    edit.editingFinished.connect(left)
    return combo
