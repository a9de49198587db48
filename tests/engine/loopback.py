"""A small HTTP server on this machine that answers as a script says: too busy, slow, cut short, or well."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Json = dict[str, Any]


class Loopback:
    """What was asked, and what is answered. ``answer`` is called with path and body and returns an `Answer`."""

    def __init__(self, answer: Callable[[str, Json], Answer]) -> None:
        self.asked: list[tuple[str, Json, dict[str, str]]] = []
        self.answer = answer
        self.under_way = self.most_under_way = 0
        self.lock = threading.Lock()
        self.address = ""

    def texts(self) -> list[Json]:
        """Return the requests for texts, without those that find out what the server can."""
        return [body for path, body, _ in list(self.asked) if "stream" in body]


class Answer:
    """One answer: a status with headers, a file, or pieces of text as a stream, perhaps broken off."""

    def __init__(
        self, *pieces: str, status: int = 200, headers: dict[str, str] | None = None, body: Any = None,
        cut: bool = False, hold: threading.Event | None = None, reason: str = "stop", file: str | None = None,
    ) -> None:  # fmt: skip
        self.pieces, self.status, self.headers, self.body = pieces, status, headers or {}, body
        self.cut, self.hold, self.reason, self.file = cut, hold, reason, file


@contextmanager
def loopback(answer: Callable[[str, Json], Answer]) -> Iterator[Loopback]:
    """Run such a server for a while."""
    known = Loopback(answer)

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._answer({})

        def do_POST(self) -> None:
            self._answer(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))

        def _answer(self, body: Json) -> None:
            with known.lock:
                known.asked.append((self.path, body, dict(self.headers)))
                known.under_way += 1
                known.most_under_way = max(known.most_under_way, known.under_way)
            try:
                self._send(known.answer(self.path, body), body)
            except OSError:
                pass  # the other side has hung up, as it may
            finally:
                with known.lock:
                    known.under_way -= 1

        def _send(self, given: Answer, body: Json) -> None:
            chat = self.path.endswith("/chat/completions")
            plain = given.body is not None or given.file is not None or given.status != 200 or not body.get("stream")
            self.send_response(given.status)
            for name, value in given.headers.items():
                self.send_header(name, value)
            if plain:
                text = "".join(given.pieces)
                usual = {"choices": [{"message": {"content": text}} if chat else {"text": text}]}
                raw = json.dumps(given.body if given.body is not None else usual).encode()
                raw = raw if given.file is None else given.file.encode()
                self.send_header("Content-Length", str(len(raw)))
                self.end_headers()
                self.wfile.write(raw)
                return
            self.send_header("Content-Type", "text/event-stream")
            self.end_headers()
            for piece in given.pieces:
                self._event({"delta": {"content": piece}} if chat else {"text": piece})
            if given.hold is not None:
                given.hold.wait(20)
            if given.cut:
                return
            self._event({"delta": {}, "finish_reason": given.reason} if chat else
                        {"text": "", "finish_reason": given.reason})  # fmt: skip
            self.wfile.write(b"data: [DONE]\n\n")

        def _event(self, choice: Json) -> None:
            self.wfile.write(b"data: " + json.dumps({"choices": [choice]}).encode() + b"\n\n")
            self.wfile.flush()

        def log_message(self, format: str, *arguments: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    known.address = f"http://127.0.0.1:{server.server_port}"
    try:
        yield known
    finally:
        server.shutdown()
        server.server_close()
