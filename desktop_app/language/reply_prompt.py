"""How the weights are asked for a reply: one note, one question, personal data out of sight."""

from __future__ import annotations

import tomllib
from functools import cache
from typing import Any, Literal

from desktop_app import paths

NAME = "reply"
Role = Literal["system", "user", "assistant"]


def version(language: str) -> str:
    """Return the name and version of the prompt, for the draft's provenance."""
    return f"{NAME}/{_prompts()['version']}/{_tongue(language)}"


def render(note: str, question: str, language: str, tone: str) -> tuple[tuple[Role, str], ...]:
    """Return the turns that ask for an answer to ``question`` from ``note``; the question stands in one line."""
    asked = _prompts()[_tongue(language)]
    turns: list[tuple[Role, str]] = [("system", asked["system"] + asked.get(tone, ""))]
    for example in asked["examples"]:
        turns += [("user", _filled(asked["asked"], example["note"], example["question"])),
                  ("assistant", example["answered"])]  # fmt: skip
    return (*turns, ("user", _filled(asked["asked"], note, question)))


def _filled(template: str, note: str, question: str) -> str:
    return template.replace("{note}", " ".join(note.split())).replace("{question}", " ".join(question.split()))


def _tongue(language: str) -> str:
    return "zh" if language == "zh" else "en"


@cache
def _prompts() -> dict[str, Any]:
    return tomllib.loads((paths.assets() / "prompts" / f"{NAME}.toml").read_text("utf-8"))
