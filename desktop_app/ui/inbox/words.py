"""What states, moods and pressing matters of messages are called, and in which colour they stand."""

from __future__ import annotations

from desktop_app.message_records import ConversationRow, ConversationState, MessagesImported, Reading
from desktop_app.ui.widgets.texts import Tone
from desktop_app.words import _, several

KEYS = (
    ("J K", "up and down"), ("⏎", "draft"), ("E", "write"), ("Ctrl ⏎", "copy, done"),
    ("1–9", "saved answer"), ("G", "fill a gap"), ("W", "put aside"), ("I", "what it is about"),
    ("/", "search"), ("Z", "undo"),
)  # fmt: skip


def state(of: ConversationState) -> str:
    """Name a state as the filters do."""
    return {"new": _("To answer"), "drafted": _("Drafted"), "waiting": _("Put aside"), "sent": _("Answered")}[of]


def filter_name(of: ConversationState | None) -> str:
    """Name a filter of the list."""
    return _("All") if of is None else state(of)


def row_state(row: ConversationRow) -> tuple[str, Tone]:
    """Say in a word how a conversation stands."""
    if row.state == "drafted":
        told: dict[str, tuple[str, Tone]] = {
            "draft": (_("Draft"), "accent"), "ask": (_("Decide"), "caution"), "hand_over": (_("For you"), "bad"),
        }  # fmt: skip
        return told.get(row.action, (_("Draft"), "accent"))
    return {"new": (_("To answer"), "accent"), "waiting": (_("Put aside"), "muted"), "sent": (_("Answered"), "muted")}[
        row.state
    ]  # type: ignore[return-value]


def action(of: str) -> tuple[str, Tone, str]:
    """Return the icon, the colour and the words of what is proposed."""
    table: dict[str, tuple[str, Tone, str]] = {
        "draft": ("circle-check", "accent", _("Ready to look at")),
        "ask": ("triangle-alert", "caution", _("Decide first")),
        "hand_over": ("circle-alert", "bad", _("This one is for you")),
    }
    return table.get(of, table["draft"])


def pressing(why: str) -> str:
    """Name what presses."""
    return {
        "legal": _("Law"), "health": _("Health"), "complaint": _("Complaint"), "deadline": _("Deadline"),
        "late": _("Waiting for a parcel"), "person": _("Wants a person"),
    }.get(why, "")  # fmt: skip


def urgency(reading: Reading) -> tuple[str, Tone]:
    """Say what presses; "" where nothing does."""
    why = pressing(reading.why)
    if reading.urgency == "urgent":
        return (why or _("Urgent")), "bad"
    return (why, "caution") if reading.urgency == "soon" else ("", "")


def mood(reading: Reading) -> tuple[str, Tone]:
    """Say how the customer sounds; "" where it cannot be told."""
    table: dict[str, tuple[str, Tone]] = {
        "angry": (_("Angry"), "bad"), "upset": (_("Upset"), "caution"), "pleased": (_("Pleased"), "good"),
    }  # fmt: skip
    return table.get(reading.mood, ("", ""))


def key_words(english: str) -> str:
    """Return the words behind a key in the line of help."""
    return {
        "up and down": _("up and down"), "draft": _("draft"), "write": _("write"),
        "copy, done": _("copy, done"), "saved answer": _("saved answer"),
        "fill a gap": _("fill a gap"), "put aside": _("put aside"),
        "what it is about": _("what it is about"), "search": _("search"), "undo": _("undo"),
    }[english]  # fmt: skip


def language(code: str) -> str:
    """Name the language a customer writes in; the code itself where it is none of the known ones."""
    return {"en": _("English"), "zh": _("Chinese"), "de": _("German"), "fr": _("French"), "es": _("Spanish"),
            "it": _("Italian"), "ja": _("Japanese"), "ko": _("Korean"), "ru": _("Russian")}.get(code, code)  # fmt: skip


def came_in(event: MessagesImported) -> str:
    """Say how many messages came in, and how many were here already."""
    told = several("{count} message came in", "{count} messages came in", event.added)
    if event.skipped:
        told += " · " + several("{count} was here already", "{count} were here already", event.skipped)
    return told


def left_out(event: MessagesImported) -> str:
    """Say what was left out, and why the first was."""
    why = event.problems[0][2]
    return several("{count} was left out: {why}", "{count} were left out: {why}", len(event.problems), why=why)
