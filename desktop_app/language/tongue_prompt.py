"""How the weights are asked to say a sentence of a reply in another language."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from functools import cache
from typing import Any, Literal

from desktop_app import paths

NAME = "tongue"


def version(language: str) -> str:
    """Return the name and version of the prompt, for the draft's provenance."""
    return f"{NAME}/{_prompt()['version']}/{language}"


def render(
    text: str, language: str, kept: Sequence[str] = ()
) -> tuple[tuple[Literal["system", "user", "assistant"], str], ...]:
    """Return the turns that ask for ``text`` in ``language``; ``kept`` are words that stay letter for letter."""
    asked = _prompt()
    system = str(asked["system"]).replace("{language}", str(asked["names"].get(language, language)))
    if kept:
        system += str(asked["keep"]).replace("{kept}", ", ".join(kept))
    return ("system", system), ("user", text)


@cache
def _prompt() -> dict[str, Any]:
    return tomllib.loads((paths.assets() / "prompts" / f"{NAME}.toml").read_text("utf-8"))
