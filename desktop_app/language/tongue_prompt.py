"""How the weights are asked to say a sentence of a reply, or an approved text, in another language."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from functools import cache
from typing import Any, Literal

from desktop_app import paths

SENTENCE, TEXT = "tongue", "translation"  # the prompts of a reply's sentence, and of a product's text
_WINDOW = 4  # words in a row of a prompt that no translation holds by chance


def version(language: str, name: str = SENTENCE) -> str:
    """Return the name and version of the prompt, for the draft's provenance."""
    return f"{name}/{_prompt(name)['version']}/{language}"


def render(
    text: str, language: str, kept: Sequence[str] = (), name: str = SENTENCE
) -> tuple[tuple[Literal["system", "user", "assistant"], str], ...]:
    """Return the turns that ask for ``text`` in ``language``; ``kept`` are words that stay letter for letter."""
    asked = _prompt(name)
    system = str(asked["system"]).replace("{language}", str(_prompt(SENTENCE)["names"].get(language, language)))
    if kept:
        system += str(asked["keep"]).replace("{kept}", ", ".join(kept))
    return ("system", system), ("user", text)


def leaks(answer: str, turns: Sequence[tuple[str, str]]) -> bool:
    """Tell whether an answer repeats the instructions it was given: four words of them in a row that the text has not."""
    (_role, system), *_between, (_user, text) = turns
    words, given, said = (_words(part) for part in (system, text, answer))
    windows = {" ".join(words[n : n + _WINDOW]) for n in range(len(words) - _WINDOW + 1)}
    return any(w in " ".join(said) and w not in " ".join(given) for w in windows)


def _words(text: str) -> list[str]:
    return re.findall(r"[^\W_]+", text.casefold())


@cache
def _prompt(name: str) -> dict[str, Any]:
    return tomllib.loads((paths.assets() / "prompts" / f"{name}.toml").read_text("utf-8"))
