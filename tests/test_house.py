"""The walls of the house: who may import whom, read from the source with `ast`."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
APP = ROOT / "desktop_app"

LEAVES = {
    "records",
    "product_records",
    "review_records",
    "knowledge_records",
    "message_records",
    "trade",
    "errors",
    "settings",
    "paths",
    "words",
}
MIDDLE = {"shop", "engine", "language", "insight", "formats", "weights"}
# room -> rooms it may import, itself aside
ARROWS: dict[str, set[str]] = {
    "__main__": {"ui", "cli", "tasks"} | MIDDLE | LEAVES,
    "ui": {"tasks", *MIDDLE, *LEAVES},
    "cli": {"tasks", *MIDDLE, *LEAVES},
    "tasks": MIDDLE | LEAVES,
    **dict.fromkeys(MIDDLE, LEAVES),
    "records": {"product_records"},
    "product_records": set(),
    "review_records": set(),
    "knowledge_records": set(),
    "message_records": set(),
    "trade": set(),
    "paths": set(),
    "words": {"paths"},
    "errors": {"words"},
    "settings": {"paths"},
    "__init__": set(),
}
# library -> the rooms that may know it
LIBRARIES: dict[str, set[str]] = {
    "PySide6": {"ui"},
    "shiboken6": {"ui"},
    "sqlite3": {"shop"},
    "sqlite_utils": {"shop"},
    "sqlcipher3": {"shop"},
    "filelock": {"shop", "weights"},
    "llama_cpp": {"engine"},
    "jinja2": {"engine"},
    "huggingface_hub": {"weights"},
    "httpx2": {"weights", "engine"},
    "keyring": {"engine"},
    "python_calamine": {"formats"},
    "xlsxwriter": {"formats"},
    "charset_normalizer": {"formats"},
    "rapidfuzz": {"formats"},
    "pypdf": {"formats"},
    "docx": {"formats"},
    "phonenumbers": {"language"},
    "barcode": {"formats"},
    "platformdirs": {"paths"},
    "psutil": {"engine", "shop", "weights", "tasks"},
    "numpy": MIDDLE | {"tasks"},
}
SOCKETS = {"socket", "ssl", "http", "urllib.request", "httpx", "httpx2", "asyncio", "socketserver", "ftplib", "smtplib"}
MAY_OPEN_SOCKETS = ("weights/", "engine/server")  # beginnings of files


def room_of(file: Path) -> str:
    """Return the room a file stands in: its folder, or its own name at the top."""
    inside = file.relative_to(APP)
    return inside.parts[0] if len(inside.parts) > 1 else inside.stem


@cache
def parts(file: Path) -> tuple[ast.AST, ...]:
    """Return what the tests look at in a file, read once: the module, its imports, functions and what catches."""
    looked_at = ast.Module | ast.Import | ast.ImportFrom | ast.FunctionDef | ast.ExceptHandler
    return tuple(node for node in ast.walk(ast.parse(file.read_text("utf-8"))) if isinstance(node, looked_at))


@pytest.fixture(scope="module", autouse=True)
def forgotten() -> Iterator[None]:
    """Let the trees of all files go again when the walls were looked at."""
    yield
    parts.cache_clear()


def imports(file: Path) -> Iterator[tuple[int, str]]:
    """Yield (line, dotted name) for every import of a file, those inside functions too."""
    for node in parts(file):
        if isinstance(node, ast.Import):
            for name in node.names:
                yield node.lineno, name.name
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{file}:{node.lineno}: relative import; write the full name"
            yield node.lineno, node.module or ""
            for name in node.names:
                yield node.lineno, f"{node.module}.{name.name}"


FILES = sorted(APP.rglob("*.py"))


@pytest.mark.parametrize("file", FILES, ids=lambda f: str(f.relative_to(APP)))
def test_a_file_imports_only_what_its_room_may_know(file: Path) -> None:
    room, wrong, inside = room_of(file), [], file.relative_to(APP).as_posix()
    for line, name in imports(file):
        top, *rest = name.split(".")
        if top == "desktop_app":
            target = rest[0] if rest else "__init__"
            known = target in ARROWS and (target == room or target in ARROWS[room])
            if target not in {"__version__", "__init__"} and target in ARROWS | dict.fromkeys(MIDDLE) and not known:
                wrong.append(f"{file}:{line}: {room} may not import {target}")
        elif top in LIBRARIES:
            if room not in LIBRARIES[top]:
                wrong.append(f"{file}:{line}: {top} belongs to {sorted(LIBRARIES[top])}, not to {room}")
        elif top not in sys.stdlib_module_names:
            wrong.append(f"{file}:{line}: {top} has no address in the house yet")
        if (top in SOCKETS or name in SOCKETS) and not inside.startswith(MAY_OPEN_SOCKETS):
            wrong.append(f"{file}:{line}: {name} opens sockets")
    assert not wrong, "\n".join(wrong)


def test_every_room_is_known_to_the_house() -> None:
    assert {room_of(file) for file in FILES} <= set(ARROWS)


def test_files_and_functions_stay_small() -> None:
    wrong = []
    for file in FILES:
        text = file.read_text("utf-8")
        if (lines := text.count("\n")) > 460:
            wrong.append(f"{file}: {lines} lines")
        for node in parts(file):
            if isinstance(node, ast.FunctionDef) and (size := (node.end_lineno or 0) - node.lineno + 1) > 60:
                wrong.append(f"{file}:{node.lineno}: {node.name} has {size} lines")
    assert not wrong, "\n".join(wrong)


def test_every_module_says_what_it_is_for() -> None:
    silent = [str(f) for f in FILES if not ast.get_docstring(parts(f)[0])]  # type: ignore[arg-type]
    assert not silent


def test_only_the_worker_and_the_top_catch_everything() -> None:
    # The engine's three run code that is not ours and may raise anything: a template and a schema that came with the
    # weights or the request, and a check, of which a raise counts as a refusal.
    # What fails on a thread that waits for the network is raised again on the one that listens.
    foreign = {"weights/apart.py", "engine/prompts.py", "engine/desk.py", "engine/writing.py"}
    # A part of the program that is torn may fail in any way; the self-check is there to say how.
    allowed = {"ui/worker.py", "__main__.py", "engine/child.py", "tasks/self_check.py", *foreign}
    wrong = []
    for file in FILES:
        for node in parts(file):
            broad = isinstance(node, ast.ExceptHandler) and (
                node.type is None
                or (isinstance(node.type, ast.Name) and node.type.id in {"Exception", "BaseException"})
            )
            # Cleaning up and raising again hides nothing.
            passes_on = isinstance(node, ast.ExceptHandler) and any(
                isinstance(part, ast.Raise) and part.exc is None for part in node.body
            )
            if broad and not passes_on and file.relative_to(APP).as_posix() not in allowed:
                wrong.append(f"{file}:{node.lineno}")
    assert not wrong, "\n".join(wrong)
