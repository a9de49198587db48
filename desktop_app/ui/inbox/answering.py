"""How a shop answers: saved answers, what is done with each kind of message, how long messages are kept."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from desktop_app.message_records import Intent, Macro
from desktop_app.ui.desk import Desk
from desktop_app.ui.page import Page
from desktop_app.ui.setting_rows import RowsCard, SettingRow
from desktop_app.ui.unsaved import Guard
from desktop_app.ui.widgets import Button, Card, Pick, Text, row, scrolling
from desktop_app.ui.widgets.frames import clear
from desktop_app.ui.widgets.notice import Notice
from desktop_app.words import _, language, several

if TYPE_CHECKING:
    from desktop_app.shop import Shop

DAYS = (0, 90, 180, 365, 730, 1095)
POLICIES = ("", "draft", "ask", "hand_over")


class AnsweringPage(Page):
    """One column: saved answers, wants and their policies, keeping time, the shop's own addresses."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, _("How you answer"))
        self.header.addStretch(1)
        self.header.addWidget(Button(_("What the shop knows…"), lambda: desk.go("knowledge")))
        self.header.addWidget(Button(_("Messages"), lambda: desk.go("messages")))
        self._macro: Macro | None = None
        self.name, self.text = QLineEdit(), QPlainTextEdit()
        self.name.setPlaceholderText(_("Its name"))
        self.name.setAccessibleName(_("Its name"))
        self.text.setPlaceholderText(_("Dear {name}, your order {order} is on its way: {tracking}", **_variables()))
        self.text.setAccessibleName(_("The saved answer"))
        self.text.setFixedHeight(72)
        self.text.setTabChangesFocus(True)
        self.keep = Button(_("Keep"), self.keep_macro, kind="main")
        self.want = QLineEdit()
        self.want.setPlaceholderText(_("Something else customers want"))
        self.want.setAccessibleName(_("Something else customers want"))
        self.want.returnPressed.connect(self.add_want)
        self.mails = QLineEdit()
        self.mails.setPlaceholderText("hello@shop.com, orders@shop.com")
        self.mails.editingFinished.connect(self._keep_mails)
        self.days = Pick()
        for days in DAYS:
            self.days.addItem(several("{count} day", "{count} days", days) if days else _("For ever"), days)
        self.days.activated.connect(lambda _n: self._keep_days())
        self._macros, self._wants = QVBoxLayout(), QVBoxLayout()
        self._build()

    def arrive(self, **where: Any) -> None:
        """Show what there is."""
        self.refresh()

    def refresh(self) -> None:
        """Look at the shop again."""
        if self.desk.shop is None:
            return

        def read(shop: Shop) -> Any:
            from desktop_app.tasks import import_messages, inbox, intents

            days, mails = inbox.keeping_days(shop), import_messages.addresses(shop)
            return shop.macros(), intents.listed(shop, hidden=True), days, mails

        self.desk.ask(read, self._show, key="answering", failed=lambda why: self.show_failed(why, self.refresh))

    # --- what the merchant does ---

    def keep_macro(self) -> None:
        """Keep the saved answer in the fields."""
        old = self._macro
        made = Macro(self.name.text(), self.text.toPlainText(), "", old.place if old else 0, old.id if old else None)

        def task(shop: Shop) -> Any:
            from desktop_app.tasks import inbox

            return inbox.save_macro(shop, made)

        self._do(task, _("Saved answer kept"), lambda _action: self._emptied())

    def _emptied(self) -> None:
        """Make room for another saved answer."""
        self._macro = None
        self.name.clear()
        self.text.clear()

    def _is_typed(self) -> bool:
        old = self._macro
        return (self.name.text(), self.text.toPlainText()) != ((old.name, old.text) if old else ("", ""))

    def add_want(self) -> None:
        """Add something customers want to the list."""
        name = self.want.text()

        def task(shop: Shop) -> Any:
            from desktop_app.tasks import intents

            return intents.add_intent(shop, name)

        self._do(task, _("Added to the list"), lambda _key: self.want.clear())

    # --- building ---

    def _build(self) -> None:
        card = Card()
        told = _(
            "Variables in braces are filled from the customer's own order: {name} {order} {tracking} {state} {total}",
            **_variables(),
        )
        card.body.addWidget(self.name)
        card.body.addWidget(self.text)
        card.body.addWidget(Text(told, "small", tone="muted", wrap=True))
        card.body.addLayout(row(self.keep, None))
        self.guard = Guard(card, self._emptied, dirty=self._is_typed)
        erased = _("Older conversations are erased when the Messages page is opened. What is erased cannot be brought "
                   "back.")  # fmt: skip
        keeping = RowsCard(
            [
                SettingRow(_("Keep messages"), erased, self.days),
                SettingRow(_("Your own e-mail addresses"), _("Letters from these are yours, not a customer's."),
                           self.mails),
            ]
        )  # fmt: skip
        self.mails.setFixedWidth(280)
        whole = QWidget()
        whole.setObjectName("plain")
        whole.setMaximumWidth(860)
        body = QVBoxLayout(whole)
        body.setContentsMargins(24, 16, 24, 32)
        body.setSpacing(8)
        body.addWidget(Text(_("Saved answers"), "large", strong=True))
        body.addLayout(self._macros)
        body.addWidget(card)
        body.addSpacing(16)
        body.addWidget(Text(_("What customers want"), "large", strong=True))
        hint = _(
            "For each you say what is proposed. Every time you correct what a message is about, the program learns."
        )
        body.addWidget(Text(hint, "small", tone="muted", wrap=True))
        body.addLayout(self._wants)
        body.addLayout(row(self.want, Button(_("Add"), self.add_want)))
        body.addSpacing(16)
        body.addWidget(Text(_("Keeping and erasing"), "large", strong=True))
        body.addWidget(keeping)
        body.addStretch(1)
        around = scrolling(whole)
        self.set_full(around)
        self.show_loading()

    def _show(self, found: tuple[Sequence[Macro], Sequence[Intent], int, tuple[str, ...]]) -> None:
        macros, listed, days, mails = found
        clear(self._macros)
        if macros:
            self._macros.addWidget(RowsCard([self._macro_row(n, one) for n, one in enumerate(macros, 1)]))
        clear(self._wants)
        self._wants.addWidget(RowsCard([self._want_row(one) for one in listed]))
        self.days.setCurrentIndex(DAYS.index(days) if days in DAYS else 0)
        if not self.mails.hasFocus():
            self.mails.setText(", ".join(mails))
        self.show_full()

    def _macro_row(self, number: int, macro: Macro) -> SettingRow:
        name = f"{number} · {macro.name}" if number < 10 else macro.name
        return SettingRow(name, macro.text, Button(_("Take out"), lambda: self._remove(macro)),
                          Button(_("Change"), lambda: self._change(macro)))  # fmt: skip

    def _want_row(self, one: Intent) -> SettingRow:
        pick = Pick()
        names = (_("Look at the words"), _("Draft"), _("Decide first"), _("Hand over to me"))
        for key, name in zip(POLICIES, names, strict=True):
            pick.addItem(name, key)
        pick.setCurrentIndex(POLICIES.index(one.policy))
        pick.activated.connect(lambda _n: self._policy(one.key, pick.currentData()))
        pick.setEnabled(not one.hidden)
        told = several("{count} example of yours", "{count} examples of yours", one.examples) if one.examples else ""
        button = Button(_("Put back") if one.hidden else _("Take off"), lambda: self._hide(one, not one.hidden))
        return SettingRow(one.name, _("not on your list") if one.hidden else told, pick, button)

    def _change(self, macro: Macro) -> None:
        self._macro = macro
        self.name.setText(macro.name)
        self.text.setPlainText(macro.text)
        self.text.setFocus()

    def _remove(self, macro: Macro) -> None:
        def task(shop: Shop) -> Any:
            from desktop_app.tasks import inbox

            return inbox.remove_macro(shop, macro)

        self._do(task, _("Taken out: {name}", name=macro.name))

    def _policy(self, key: str, policy: Any) -> None:
        def task(shop: Shop) -> Any:
            from desktop_app.tasks import reply

            return reply.set_policy(shop, key, policy)

        self._do(task, _("Noted"))

    def _hide(self, one: Intent, hidden: bool) -> None:
        def task(shop: Shop) -> Any:
            from desktop_app.tasks import intents

            return intents.change_intent(shop, one.key, name=one.name if one.own else "", hidden=hidden)

        self._do(task, _("Taken off the list") if hidden else _("Put back on the list"))

    def _keep_days(self) -> None:
        days = int(self.days.currentData())

        def task(shop: Shop) -> Any:
            from desktop_app.tasks import inbox

            return inbox.keep_for(shop, days)

        self._do(task, _("Noted"))

    def _keep_mails(self) -> None:
        told = tuple(one.strip() for one in self.mails.text().split(",") if "@" in one)

        def task(shop: Shop) -> Any:
            from desktop_app.tasks import import_messages

            return import_messages.name_addresses(shop, told)

        self._do(task, "")

    def _do(self, task: Callable[[Shop], Any], said: str, then: Callable[[Any], object] | None = None) -> None:
        self.desk.do(task, said=said, then=then, failed=lambda why: self.tell(Notice(why, "caution")))


def _variables() -> dict[str, str]:
    """Return how a merchant writes each variable in the language of the window."""
    from desktop_app.language import reply_words

    ours = reply_words.OFFERED.get(language(), reply_words.OFFERED["en"])
    return {key: f"{{{word}}}" for key, word in zip(reply_words.OFFERED["en"], ours, strict=True)}
