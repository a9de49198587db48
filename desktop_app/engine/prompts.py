"""A request as the weights read it: their own chat template, or a plain form for weights that have none."""

from __future__ import annotations

import datetime
import json
import re
from collections.abc import Callable, Sequence
from typing import Any, NoReturn

import jinja2
from jinja2.ext import loopcontrols
from jinja2.sandbox import ImmutableSandboxedEnvironment

from desktop_app.engine.seam import Message
from desktop_app.errors import UserError

PLAIN_STOPS = ("\n###", "\n\n\n")
_OPEN_THOUGHT = re.compile(r"<think>\s*$")


class Template:
    """Renders conversations for one set of weights."""

    def __init__(self, name: str, source: str, begin: str, end: str, control: Sequence[str]) -> None:
        """Compile a chat template; an empty ``source`` stands for weights without one.

        ``begin`` and ``end`` are the texts of the tokens that open and close; ``control`` are the texts of all tokens
        with a meaning to the machinery, which a product's title must not be able to speak.
        """
        self._name, self._source, self._begin, self._end = name, source, begin, end
        marks = sorted({mark for mark in control if len(mark) > 2}, key=len, reverse=True)
        self._control = re.compile("|".join(map(re.escape, marks))) if marks else None
        self._compiled: jinja2.Template | None = None

    @property
    def stops(self) -> tuple[str, ...]:
        """Texts that end an answer, besides the weights' own end tokens."""
        return () if self._source else PLAIN_STOPS

    def render(self, messages: Sequence[Message]) -> str:
        """Return the conversation up to where the answer begins; `UserError` if the template does not work."""
        turns = [{"role": m.role, "content": self.harmless(m.text)} for m in messages]
        if not self._source:
            return _plain(turns)
        try:
            text = self._rendered(turns)
        except UserError:
            if not any(turn["role"] == "system" for turn in turns):
                raise
            text = self._rendered(_without_system(turns))  # some weights know no system role and say so by failing
        # Weights that are made to think aloud are told that they have thought.
        return f"{text.rstrip()}\n\n</think>\n\n" if _OPEN_THOUGHT.search(text) else text

    def harmless(self, text: str) -> str:
        """Return ``text`` without anything the weights would take for a control token."""
        if self._control is None:
            return text
        while self._control.search(text):  # taking one out may put another together
            text = self._control.sub("", text)
        return text

    def _rendered(self, turns: list[dict[str, str]]) -> str:
        try:
            if self._compiled is None:
                self._compiled = _environment().from_string(self._source)
            return self._compiled.render(
                messages=turns, bos_token=self._begin, eos_token=self._end, add_generation_prompt=True,
                enable_thinking=False, thinking=False, tools=None, documents=None, strftime_now=_now,
                raise_exception=_refuse,
            )  # fmt: skip
        except Exception as error:  # a template is a program from a stranger; whatever it did, it failed
            raise UserError(
                "The chat template inside {name} does not work ({reason}). Choose other weights.",
                name=self._name, reason=str(error) or type(error).__name__,
            ) from error  # fmt: skip


class _Refusal(Exception):
    """What a template raises on purpose."""


def _refuse(message: str) -> NoReturn:
    raise _Refusal(message)


def _now(form: str) -> str:
    return datetime.datetime.now().astimezone().strftime(form)


def _environment() -> ImmutableSandboxedEnvironment:
    environment = ImmutableSandboxedEnvironment(trim_blocks=True, lstrip_blocks=True, extensions=[loopcontrols])
    environment.filters["tojson"] = _to_json
    return environment


def _to_json(value: Any, indent: int | None = None, **_: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=indent)


def _without_system(turns: list[dict[str, str]]) -> list[dict[str, str]]:
    system = "\n\n".join(turn["content"] for turn in turns if turn["role"] == "system")
    rest = [dict(turn) for turn in turns if turn["role"] != "system"]
    if not rest or rest[0]["role"] != "user":
        return [{"role": "user", "content": system}, *rest]
    rest[0]["content"] = f"{system}\n\n{rest[0]['content']}"
    return rest


def _plain(turns: list[dict[str, str]]) -> str:
    """Write a conversation the way instructions look in the texts every weights have read."""
    heads: dict[str, Callable[[str], str]] = {
        "system": lambda text: f"{text}\n\n",
        "user": lambda text: f"### Instruction:\n{text}\n\n",
        "assistant": lambda text: f"### Response:\n{text}\n\n",
    }
    return "".join(heads[turn["role"]](turn["content"]) for turn in turns) + "### Response:\n"
