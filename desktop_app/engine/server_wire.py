"""The wire to an OpenAI-compatible server: asked and streamed over HTTP, with its refusals told apart."""

from __future__ import annotations

import contextlib
import email.utils
import json
import socket
import threading
import time
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import httpx2

from desktop_app.errors import UserError

CONNECT_SECONDS, READ_SECONDS = 5.0, 180.0  # a server that queues may be silent for long before the first piece
LONGEST_WAIT = 120.0  # seconds; whatever a server asks for, it is tried again after that
FEWEST, MOST = 1, 32  # texts under way at once
QUICK, SLOW = 4.0, 15.0  # seconds to a first piece: below, the server takes more at once; above, it queues

Json = dict[str, Any]


class Busy(Exception):
    """The server is there and has too much to do (429, 503); ``seconds`` is what it asks to wait, or 0."""

    def __init__(self, seconds: float) -> None:
        super().__init__(seconds)
        self.seconds = seconds


class Away(Exception):
    """The server does not answer, or the connection broke."""


class Unwanted(Exception):
    """The server does not take a request like this (400, 422, 5xx); the message is its own."""


def settled(address: str) -> str:
    """Return an address as the wire needs it, "http://host:port/v1"; `UserError` for what is no address."""
    text = address.strip()
    if text and "://" not in text:
        text = f"http://{text}"
    parts = urlsplit(text)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise UserError("“{address}” is no address of a server. It looks like http://192.168.1.20:8080.",
                        address=address)  # fmt: skip
    path = parts.path.rstrip("/")
    for ending in ("/chat/completions", "/completions", "/models"):
        path = path.removesuffix(ending)
    return f"{parts.scheme}://{parts.netloc}{path or '/v1'}"


def is_here(address: str) -> bool:
    """Say whether an address is this very computer."""
    return urlsplit(settled(address)).hostname in {"localhost", "127.0.0.1", "::1"}


class Wire:
    """Asks one server. Nothing is sent before it is asked for, nothing goes anywhere else, no redirect is followed."""

    def __init__(self, address: str, key: str = "") -> None:
        """Remember where to ask; ``key`` goes along with each request."""
        self.address = settled(address)
        self._root = self.address.removesuffix("/v1")
        headers = {"Authorization": f"Bearer {key}"} if key else {}
        timeout = httpx2.Timeout(READ_SECONDS, connect=CONNECT_SECONDS)
        limits = httpx2.Limits(max_connections=2 * MOST)
        self._client = httpx2.Client(headers=headers, timeout=timeout, limits=limits, trust_env=False)

    def close(self) -> None:
        """Close every connection."""
        self._client.close()

    def ask(self, path: str, body: Json | None = None, *, root: bool = False, seconds: float | None = None) -> Any:
        """Return the JSON answer to a GET (without ``body``) or POST; `Busy`, `Away`, `Unwanted`, `UserError`."""
        url = (self._root if root else self.address) + path
        more: Any = {} if seconds is None else {"timeout": seconds}
        try:
            answer = self._client.request("GET" if body is None else "POST", url, json=body, **more)
        except (httpx2.HTTPError, OSError) as error:
            raise Away(str(error)) from error
        self._judge(answer)
        try:
            return answer.json()
        except ValueError as error:
            raise Unwanted("no JSON") from error

    @contextlib.contextmanager
    def stream(self, path: str, body: Json) -> Iterator[Stream]:
        """POST and give the pieces of the answer as they come; the connection is closed behind the block."""
        try:
            with self._client.stream("POST", self.address + path, json={**body, "stream": True}) as answer:
                if answer.status_code >= 400:
                    answer.read()
                self._judge(answer)
                yield Stream(answer)
        except (httpx2.HTTPError, OSError) as error:
            raise Away(str(error)) from error

    def _judge(self, answer: httpx2.Response) -> None:
        status = answer.status_code
        if status in {429, 503}:
            raise Busy(_wanted_wait(answer.headers.get("retry-after", "")))
        if status in {401, 403}:
            raise UserError("The server at {address} refused the key. Enter the right one in the settings.",
                            address=self.address)  # fmt: skip
        if status in {502, 504}:
            raise Away(f"HTTP {status}")
        if status >= 300:
            raise Unwanted(_said(answer) or f"HTTP {status}")


class Stream:
    """One answer on its way."""

    def __init__(self, answer: httpx2.Response) -> None:
        self._answer = answer

    def pieces(self) -> Iterator[Json]:
        """Yield each choice as the server sends it; raises `Away` if the stream is cut before its end was told."""
        ended = False
        for line in self._answer.iter_lines():
            if not line.startswith("data:"):
                continue
            data = line[5:].strip()
            if data == "[DONE]":
                return
            try:
                told = json.loads(data)
            except ValueError as error:
                raise Away("half a message") from error
            if "error" in told:
                raise Unwanted(str(told["error"].get("message", told["error"]) if isinstance(told["error"], dict)
                                   else told["error"]))  # fmt: skip
            for choice in told.get("choices") or ():
                ended = ended or bool(choice.get("finish_reason"))
                yield choice
        if not ended:
            raise Away("cut short")

    def cut(self) -> None:
        """End it from another thread: whoever waits for the next piece gets an error at once."""
        with contextlib.suppress(Exception):
            self._answer.extensions["network_stream"].get_extra_info("socket").shutdown(socket.SHUT_RDWR)


def _wanted_wait(header: str) -> float:
    """Read Retry-After, seconds or a date (RFC 9110, 10.2.3); 0 for none."""
    with contextlib.suppress(ValueError):
        return min(max(float(header), 0.0), LONGEST_WAIT)
    with contextlib.suppress(ValueError, TypeError):
        return min(max(email.utils.parsedate_to_datetime(header).timestamp() - time.time(), 0.0), LONGEST_WAIT)
    return 0.0


def _said(answer: httpx2.Response) -> str:
    try:
        told = answer.json()
    except ValueError:
        return answer.text.strip()[:300]
    error = told.get("error", told.get("detail", "")) if isinstance(told, dict) else told
    return str(error.get("message", error) if isinstance(error, dict) else error)[:300]


class Gate:
    """Lets as many texts to the server at once as it takes: one more after each quick answer, half after "too many"."""

    def __init__(self, most: int = MOST, first: int = 4) -> None:
        """Begin with ``first`` at once, never more than ``most``."""
        self._most, self.limit = max(most, FEWEST), float(min(first, most))
        self._inside = 0
        self._not_before = 0.0
        self._moved = threading.Condition()

    def enter(self, stop: threading.Event, *, ahead: bool) -> bool:
        """Wait for a place; ``ahead`` goes in past the limit. False if stopped meanwhile."""
        with self._moved:
            while not stop.is_set():
                wait = self._not_before - time.monotonic()
                if wait <= 0 and (ahead or self._inside < int(self.limit)):
                    self._inside += 1
                    return True
                self._moved.wait(min(max(wait, 0.02), 0.1))
        return False

    def leave(self, *, first: float | None) -> None:
        """Give the place back; ``first`` is how many seconds the first piece took, None where none came."""
        with self._moved:
            self._inside -= 1
            if first is not None and first < QUICK:
                self.limit = min(self.limit + 1, self._most)
            elif first is not None and first > SLOW:
                self.limit = max(self.limit - 1, FEWEST)
            self._moved.notify_all()

    def busy(self, seconds: float) -> None:
        """Take note that the server had too much to do: fewer at once, and nobody before it has had its pause."""
        with self._moved:
            self.limit = max(self.limit / 2, FEWEST)
            self._not_before = max(self._not_before, time.monotonic() + seconds)
