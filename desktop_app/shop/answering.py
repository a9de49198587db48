"""What a merchant answers with: saved answers, and the list of what messages want with examples of each."""

from __future__ import annotations

from desktop_app.message_records import Macro
from desktop_app.shop.connect import File


class Answering:
    """The part of a shop that holds saved answers and wants."""

    _file: File

    # --- saved answers ----------------------------------------------------------------------------------------------

    def macros(self) -> list[Macro]:
        """Return the saved answers in the merchant's order."""
        rows = self._file.all("SELECT name, text, language, place, id FROM macros ORDER BY place, id")
        return [Macro(*row) for row in rows]

    def keep_macro(self, macro: Macro) -> int:
        """Add a saved answer, or bring a stored one to what ``macro`` says; return its id."""
        self._file.require_action()
        if macro.id is not None:
            self._file.run(
                "UPDATE macros SET name = ?, text = ?, language = ?, place = ? WHERE id = ?",
                (macro.name, macro.text, macro.language, macro.place, macro.id),
            )
            return macro.id
        place = macro.place or int(self._file.value("SELECT ifnull(max(place), 0) + 1 FROM macros"))
        return self._file.run(
            "INSERT INTO macros (name, text, language, place) VALUES (?, ?, ?, ?)",
            (macro.name, macro.text, macro.language, place),
        )

    def remove_macro(self, id: int) -> None:
        """Take a saved answer out."""
        self._file.require_action()
        self._file.run("DELETE FROM macros WHERE id = ?", (id,))

    # --- what messages want -----------------------------------------------------------------------------------------

    def own_intents(self) -> list[tuple[str, str, bool]]:
        """Return what the merchant changed on the list of wants: (key, name, hidden); "" keeps the shipped name."""
        rows = self._file.all('SELECT "key", name, hidden FROM intents ORDER BY id')
        return [(key, name, bool(hidden)) for key, name, hidden in rows]

    def keep_intent(self, key: str, name: str, hidden: bool) -> None:
        """Add a want of the merchant's own, or rename, hide and show one."""
        self._file.require_action()
        id = self._file.value('SELECT id FROM intents WHERE "key" = ?', (key,))
        if id is None:
            self._file.run('INSERT INTO intents ("key", name, hidden) VALUES (?, ?, ?)', (key, name, int(hidden)))
        else:
            self._file.run("UPDATE intents SET name = ?, hidden = ? WHERE id = ?", (name, int(hidden), id))

    def add_intent_example(self, intent: str, text: str, language: str) -> int:
        """Keep a message as an example of what it wants; the same words under another want are taken off that."""
        self._file.require_action()
        self._file.run("DELETE FROM intent_examples WHERE text = ?", (text,))
        return self._file.run(
            "INSERT INTO intent_examples (intent, text, language) VALUES (?, ?, ?)", (intent, text, language)
        )

    def intent_examples(self) -> list[tuple[str, str]]:
        """Return the merchant's examples as (want, words), oldest first; the want is "" for "none of these"."""
        return [
            (intent, text) for intent, text in self._file.all("SELECT intent, text FROM intent_examples ORDER BY id")
        ]
