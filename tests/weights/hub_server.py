"""A hub on this machine that speaks the real one's paths, and can be made to misbehave."""

from __future__ import annotations

import contextlib
import hashlib
import random
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass
class Hub:
    """What it holds, how it behaves, and what was asked of it."""

    files: dict[str, bytes]
    address: str = ""
    store: str = ""  # where the bytes come from: another host, as with the real one
    checksum: str = ""  # another than the right one
    etag: bool = True
    ranges: bool = True
    cuts: int = 0  # so many answers end at a random byte
    later: int = 0  # so many answers are "429, try later"
    slow: float = 0.0  # seconds before each block
    block: int = 1 << 16
    seed: int = 0
    sent: int = 0  # bytes of bodies
    asked: list[str] = field(default_factory=list)  # method, path and range of every request
    hold: threading.Event | None = None  # a body stops half-way until this is set
    lock: threading.Lock = field(default_factory=threading.Lock)

    def take(self, what: str) -> bool:
        """Use one of the misfortunes that are left."""
        with self.lock:
            left = getattr(self, what)
            setattr(self, what, max(0, left - 1))
            return bool(left)


class Handler(BaseHTTPRequestHandler):
    """Answers /{owner}/{name}/resolve/main/{file} with a redirect to /cdn/{file}, as the hub does for large files."""

    protocol_version = "HTTP/1.1"
    hub: Hub

    def log_message(self, *words: Any) -> None:
        pass

    def handle(self) -> None:
        with contextlib.suppress(ConnectionError):  # the other side went away
            super().handle()

    def do_HEAD(self) -> None:
        self.do_GET()

    def do_GET(self) -> None:
        self.hub.asked.append(f"{self.command} {self.path} {self.headers.get('Range', '')}".strip())
        if found := re.fullmatch(r"/([\w.-]+/[\w.-]+)/resolve/main/(.+)", self.path):
            self._resolve(f"{found[1]}/{found[2]}")
        elif self.path.startswith("/cdn/"):
            self._body(self.hub.files[self.path.removeprefix("/cdn/")])
        else:
            self._nothing(404)

    def _nothing(self, status: int, **headers: str) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def _resolve(self, key: str) -> None:
        data = self.hub.files.get(key)
        if data is None:
            self._nothing(404, X_Error_Code="EntryNotFound", X_Error_Message="Entry not found")
            return
        told = {"X_Repo_Commit": "0" * 40, "X_Linked_Size": str(len(data)), "Location": f"{self.hub.store}/cdn/{key}"}
        if self.hub.etag:
            told["X_Linked_Etag"] = f'"{self.hub.checksum or hashlib.sha256(data).hexdigest()}"'
        self._nothing(302, **told)

    def _body(self, data: bytes) -> None:
        if self.hub.take("later"):
            self._nothing(429, Retry_After="0")
            return
        begin = 0
        if self.hub.ranges and (found := re.fullmatch(r"bytes=(\d+)-", self.headers.get("Range", ""))):
            begin = int(found[1])
            if begin >= len(data):
                self._nothing(416)
                return
            self.send_response(206)
            self.send_header("Content-Range", f"bytes {begin}-{len(data) - 1}/{len(data)}")
        else:
            self.send_response(200)
        self.send_header("Content-Length", str(len(data) - begin))
        self.end_headers()
        end = len(data)
        if self.hub.take("cuts"):
            # On the way to the end some bytes arrive each time, so that many cuts fit into one file.
            step = max(1, (len(data) - begin) // max(2, self.hub.cuts + 1) * 2)
            end = min(len(data), begin + random.Random(f"{self.hub.seed}/{self.hub.cuts}").randrange(step))
        self._send(data, begin, end)
        if end < len(data):
            self.close_connection = True
            self.connection.close()

    def _send(self, data: bytes, begin: int, end: int) -> None:
        for start in range(begin, end, self.hub.block):
            if self.hub.slow:
                threading.Event().wait(self.hub.slow)
            if self.hub.hold is not None and start * 2 >= len(data):
                self.hub.hold.wait(60)
            block = data[start : min(end, start + self.hub.block)]
            try:
                self.wfile.write(block)
            except OSError:  # the other side went away
                self.close_connection = True
                return
            self.hub.sent += len(block)


@contextmanager
def serving(files: dict[str, bytes]) -> Iterator[Hub]:
    """Run a hub on loopback for as long as the block lasts."""
    hub = Hub(files)
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("OneHandler", (Handler,), {"hub": hub}))
    server.daemon_threads = True
    hub.address, hub.store = (f"http://{host}:{server.server_address[1]}" for host in ("127.0.0.1", "localhost"))
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield hub
    finally:
        if hub.hold is not None:
            hub.hold.set()
        server.shutdown()
        server.server_close()
        thread.join()
