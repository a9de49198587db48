"""A report for whoever helps the merchant: what this program is, what this machine is, what went wrong; no shop data.

It is a file the merchant saves and may read before handing it on. Nothing is ever sent.
"""

from __future__ import annotations

import json
import platform
import re
import sys
import threading
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

import psutil

from desktop_app import __version__, paths, weights
from desktop_app.errors import Cancelled, UserError
from desktop_app.settings import Settings
from desktop_app.tasks.self_check import Checked, self_check

LONGEST = 200_000  # characters of each log, from its end
# Of the settings only what says nothing about the shop or the person.
SETTINGS = ("language", "theme", "welcomed", "seconds_a_text", "connections", "hub")
_STAMP = re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d,\d+ [A-Z]+ \S+ ")
_RAISED = re.compile(r"([A-Za-z_][\w.]*(?:Error|Exception|Warning|Interrupt|Exit|Cancelled)): .*")
_MASKS = (
    (re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+"), "…@…"),
    (re.compile(r"(?<![\w.])(?:[A-Za-z]:[\\/]|[\\/]|~[\\/])[^\s\"'<>|]*"), "…/…"),
    (re.compile(r"(['\"“‘«]).*?(['\"”’»])"), r"\1…\2"),
    (re.compile(r"[^\x00-\x7f…]+"), "…"),
    (re.compile(r"\d[\d ().+-]{4,}\d"), "#"),
)


def save(path: Path, settings: Settings, draw: Callable[[], str], stop: threading.Event) -> Iterator[Checked | Path]:
    """Check the program part by part, then write the report to ``path`` as a zip, whole or not at all.

    Yields each `Checked` and at the end the path. `UserError` where it cannot be written, `Cancelled` on ``stop``.
    """
    found = []
    for checked in self_check(draw):
        if stop.is_set():
            raise Cancelled
        found.append(checked)
        yield checked
    partial = path.with_name(f".{path.name}.part")
    try:
        with zipfile.ZipFile(partial, "w", zipfile.ZIP_DEFLATED) as report:
            for name, text in _contents(found, settings):
                report.writestr(name, text)
        partial.replace(path)
    except OSError as error:
        partial.unlink(missing_ok=True)
        raise UserError("{folder} cannot be written: {reason}.",
                        folder=str(path.parent), reason=error.strerror or str(error)) from error  # fmt: skip
    yield path


def masked(log: str) -> str:
    """Return a log without what could be the shop's or a person's: names, paths, numbers, the words of an error."""
    return "\n".join(_line(line) for line in log[-LONGEST:].splitlines())


def _line(line: str) -> str:
    if re.match(r'\s+File "', line):  # where in the program: only the last two steps of the path
        return re.sub(r'File ".*?([^\\/"]+[\\/][^\\/"]+)"', r'File "…/\1"', line)
    if raised := _RAISED.fullmatch(line.strip()):
        return f"{raised[1]}: …"
    stamp = found[0] if (found := _STAMP.match(line)) else ""
    rest = line[len(stamp) :]
    for pattern, instead in _MASKS:
        rest = pattern.sub(instead, rest)
    return stamp + rest


def _contents(found: list[Checked], settings: Settings) -> Iterator[tuple[str, str]]:
    home = str(Path.home())
    lines = [f"{'ok ' if one.fine else 'BAD'} {one.what}: {one.text.replace(home, '~')}" for one in found]
    yield "check.txt", "\n".join(lines) + "\n"
    yield "machine.json", _json(_machine())
    yield "settings.json", _json({name: value for name, value in asdict(settings).items() if name in SETTINGS})
    yield "weights.json", _json([_weights(one) for one in weights.installed()])
    for log in sorted(paths.logs().glob("*.log")):
        yield f"logs/{log.name}", masked(log.read_text("utf-8", "replace"))


def _machine() -> dict[str, Any]:
    memory = psutil.virtual_memory()
    return {
        "zhanggui": __version__, "frozen": bool(getattr(sys, "frozen", False)), "python": platform.python_version(),
        "system": f"{platform.system()} {platform.release()} {platform.machine()}", "processor": platform.processor(),
        "cores": psutil.cpu_count(logical=False), "threads": psutil.cpu_count(), "memory": memory.total,
        "memory_free": memory.available, "disk_free": psutil.disk_usage(str(paths.data())).free,
    }  # fmt: skip


def _weights(one: Any) -> dict[str, Any]:
    return {
        "file": Path(one.path).name, "size": one.size, "sha256": one.sha256, "kind": one.kind,
        "architecture": one.architecture, "quantisation": one.quantisation, "starter": one.starter,
    }  # fmt: skip


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1) + "\n"
