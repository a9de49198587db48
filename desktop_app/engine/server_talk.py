"""How requests are put to a server of any make: what it takes is found out once, by asking, and remembered."""

from __future__ import annotations

import contextlib
import json
import math
import threading
from collections.abc import Callable, Sequence
from typing import Any

from desktop_app.engine.seam import Message, Request
from desktop_app.engine.server_wire import Away, Busy, Json, Unwanted, Wire
from desktop_app.errors import UserError

PROBE_SECONDS = 60.0
LEVELS = 3  # 0: all we can ask for; 1: without likelihoods; 2: only what every server knows
# Whoever goes on says "yellow"; whoever begins anew says "red".
_ROW = "red green blue yellow red green blue yellow red green blue yellow"
_GRAMMAR = 'root ::= "zq7"'


class Talk:
    """Puts requests to one server and knows what it can. All methods may be called from several threads."""

    def __init__(self, wire: Wire, model: str) -> None:
        """``model`` is the name to ask for; empty: the first the server names."""
        self.wire, self._model = wire, model
        self.level = 0
        self._lock = threading.Lock()
        self._known: dict[str, Any] = {}

    def once(self, what: str, find: Callable[[], Any]) -> Any:
        """Return what was found out before, or find it out now."""
        with self._lock:
            if what not in self._known:
                self._known[what] = find()
            return self._known[what]

    @property
    def model(self) -> str:
        """The name texts are asked of."""
        return self._model or str(self.about().get("id", ""))

    def about(self) -> Json:
        """Return what the server says of the model; `UserError` if it names none, `Away` if it does not answer."""
        return dict(self.once("about", self._about))

    def _about(self) -> Json:
        try:
            told = self.wire.ask("/models", seconds=10.0)
        except Unwanted:
            told = {}
        named = [m for m in (told.get("data") or () if isinstance(told, dict) else ()) if isinstance(m, dict)]
        found = next((m for m in named if m.get("id") == self._model), None) if self._model else next(iter(named), None)
        if found is None and not self._model:
            raise UserError("The server at {address} names no model. Enter the name of one in the settings.",
                            address=self.wire.address)  # fmt: skip
        return found or {"id": self._model}

    def names(self) -> list[str]:
        """Return the models the server offers."""
        told = self.wire.ask("/models", seconds=10.0)
        return [str(m["id"]) for m in told.get("data") or () if isinstance(m, dict) and "id" in m]

    def body(self, request: Request, begun: str, seed: int, left: int, level: int) -> tuple[str, Json]:
        """Return where and what to post for a text that begins with ``begun``, at most ``left`` tokens more."""
        sampling = request.sampling
        body: Json = {
            "model": self.model, "max_tokens": left, "temperature": sampling.temperature, "top_p": sampling.top_p,
            "seed": seed,
        }  # fmt: skip
        if request.stops:
            body["stop"] = list(request.stops[:4])  # some take no more than four; the rest is cut here
        if level < 2:
            body |= {"top_k": sampling.top_k, "min_p": sampling.min_p}
            if sampling.repeat_penalty != 1.0:
                body |= {"repeat_penalty": sampling.repeat_penalty, "repetition_penalty": sampling.repeat_penalty}
        if request.grammar is not None:
            body["grammar"] = request.grammar
        if request.messages:
            return "/chat/completions", body | self._chat(request, begun, level)
        if level < 1 and request.candidates > 1:
            body["logprobs"] = 1
        return "/completions", body | {"prompt": request.prompt + begun} | self._form(request)

    def _chat(self, request: Request, begun: str, level: int) -> Json:
        turns = [{"role": m.role, "content": m.text} for m in request.messages]
        more: Json = {}
        if begun:
            turns.append({"role": "assistant", "content": begun})
            more = dict(self.continuing or {})
        if level < 1:
            # Thinking aloud is switched off where the server's template has a switch (vLLM, llama-server).
            more["chat_template_kwargs"] = {"enable_thinking": False}
            if request.candidates > 1:
                more["logprobs"] = True
        return {"messages": turns, **more, **self._form(request)}

    def _form(self, request: Request) -> Json:
        if request.json_schema is None:
            return {}
        schema = json.loads(request.json_schema)
        if self._known.get("form") == "object":
            return {"response_format": {"type": "json_object", "schema": schema}}
        named = {"name": "answer", "schema": schema, "strict": True}
        return {"response_format": {"type": "json_schema", "json_schema": named}}

    def other_form(self) -> bool:
        """Ask for JSON in the other way from now on; False if that is how it was asked for already."""
        with self._lock:
            before = self._known.get("form")
            self._known["form"] = "object"
        return before != "object"

    def can_continue(self, request: Request) -> bool:
        """Say whether the server goes on behind text that is given to it; bare prompts always can."""
        return not request.messages or self.continuing is not None

    @property
    def continuing(self) -> Json | None:
        """What must be said so that the server goes on with an assistant's turn; None if it cannot."""
        found: Json | None = self.once("continuing", self._find_continuing)
        return found

    def _find_continuing(self) -> Json | None:
        """Try it: llama-server and Ollama do by themselves, vLLM wants to be told, others begin a new turn."""
        begun, rest = _ROW[:14], _ROW[15:21]  # "red green blue", "yellow"
        turns = [{"role": "user", "content": f"Repeat exactly: {_ROW}"}, {"role": "assistant", "content": begun}]
        for more in ({}, {"continue_final_message": True, "add_generation_prompt": False}):
            body = {"model": self._model or self._known.get("about", {}).get("id", ""), "messages": turns,
                    "max_tokens": 6, "temperature": 0.0, **more}  # fmt: skip
            with contextlib.suppress(Unwanted, KeyError, IndexError, TypeError):
                told = self.wire.ask("/chat/completions", body, seconds=PROBE_SECONDS)
                if str(told["choices"][0]["message"]["content"]).strip().lower().startswith(rest):
                    return dict(more)
        return None

    def keeps_grammar(self) -> bool:
        """Say whether the server keeps to a grammar; one that does not know the word would leave it out silently."""
        return bool(self.once("grammar", self._try_grammar))

    def _try_grammar(self) -> bool:
        body = {"model": self._model, "prompt": "Say something.", "max_tokens": 8, "grammar": _GRAMMAR}
        with contextlib.suppress(Unwanted, KeyError, IndexError, TypeError):
            told = self.wire.ask("/completions", body, seconds=PROBE_SECONDS)
            return str(told["choices"][0]["text"]).strip() == "zq7"
        return False

    def count_tokens(self, text: str) -> int:
        """Return how many tokens the server reads, or where it does not tell, a careful guess."""
        ways: tuple[tuple[str, Json, str], ...] = (
            ("/tokenize", {"content": text}, "tokens"),  # llama-server
            ("/tokenize", {"model": self.model, "prompt": text}, "count"),  # vLLM
            ("/extras/tokenize/count", {"input": text}, "count"),  # llama-cpp-python
        )
        first = self._known.get("counting", 0)
        for n, (path, body, key) in list(enumerate(ways))[first:]:
            with contextlib.suppress(Unwanted, Busy, AttributeError):
                found = self.wire.ask(path, body, root=True, seconds=10.0).get(key)
                if isinstance(found, int | list):
                    self._known["counting"] = n
                    return found if isinstance(found, int) else len(found)
        self._known["counting"] = len(ways)
        wide = sum(ord(c) > 0x2E80 for c in text)
        return wide + -(-(len(text) - wide) // 3)

    def choose(self, text: str, labels: Sequence[str]) -> list[float]:
        """Weigh labels by the likelihood of their first token; where no likelihoods are told, ask which it is."""
        with contextlib.suppress(Unwanted, KeyError, IndexError, TypeError):
            body = {"model": self.model, "prompt": text, "max_tokens": 1, "temperature": 0.0, "logprobs": 20}
            told = self.wire.ask("/completions", body)["choices"][0]["logprobs"]
            if weighed := _weighed(told, labels):
                return weighed
        turns = (Message("user", f"{text}\n\nAnswer with one of these and nothing else: {' / '.join(labels)}"),)
        path, body = self.body(Request("", turns), "", 0, 12, 2)
        told = self.wire.ask(path, {**body, "temperature": 0.0})
        said = str(told["choices"][0]["message"]["content"]).strip().lower()
        hits = [float(said.startswith(label.strip().lower()) or label.strip().lower() in said) for label in labels]
        weights = [0.05 + hit for hit in hits]
        return [weight / sum(weights) for weight in weights]


def _weighed(told: Any, labels: Sequence[str]) -> list[float]:
    """Return probabilities from the likeliest first tokens, or nothing if they tell the labels not apart."""
    first = told.get("top_logprobs") or [{}]
    chances = dict(first[0]) if isinstance(first[0], dict) else {}
    if not chances and told.get("content"):  # llama-server's newer form
        chances = {t["token"]: t["logprob"] for t in told["content"][0].get("top_logprobs", ())}
    weights = []
    for label in labels:
        wanted = label.strip().lower()
        begins = [c for t, c in chances.items() if t.strip() and wanted.startswith(t.strip().lower())]
        weights.append(sum(math.exp(c) for c in begins))
    shared = any(a != b and a.strip()[:1] == b.strip()[:1] for a in labels for b in labels)
    if not any(weights) or shared:
        return []
    floor = min(w for w in weights if w) / 20
    weights = [max(w, floor) for w in weights]
    return [w / sum(weights) for w in weights]


def lost(address: str, error: Exception) -> UserError:
    """Return the sentence for a server that does not answer."""
    assert isinstance(error, Away | Busy)
    if isinstance(error, Busy):
        return UserError("The server at {address} has had too much to do for minutes. Try again later, or write on "
                         "this computer (Settings).", address=address)  # fmt: skip
    return UserError(
        "The server at {address} does not answer. See whether it runs and whether the address is right, or write on "
        "this computer (Settings). Nothing that was saved is lost.",
        address=address,
    )
