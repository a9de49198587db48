"""List the sentences of the source that have no Chinese yet, and the Chinese that no sentence asks for."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "packaging"))

import compile_words  # noqa: E402 - found beside this file

# A call of one of these shows its first sentence (or its first two: singular and plural) to a person.
ONE = {"_", "UserError", "act", "begin", "mark", "_set", "_decide"}


def main() -> int:
    """Print what is missing and what is left over; return 1 if anything is missing."""
    wanted, known = dict(sentences(ROOT / "desktop_app")), translated("zh")
    missing = [text for text in wanted if text not in known]
    for text in missing:
        print(f"no Chinese: {wanted[text]}: {text!r}")
    for text in sorted(set(known) - set(wanted)):
        print(f"left over: {text!r}")
    return 1 if missing else 0


def translated(language: str) -> set[str]:
    """Return every sentence that has a translation; plural pairs count once, by both forms joined with NUL."""
    found: set[str] = set()
    for file in sorted((ROOT / "assets" / "locale" / language).glob("*.po")):
        found |= set(compile_words.read(file))
    return found - {""}


def sentences(folder: Path) -> Iterator[tuple[str, str]]:
    """Yield (sentence, file:line) for every literal sentence shown to people below ``folder``."""
    for file in sorted(folder.rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if not isinstance(node, ast.Call) or not node.args:
                continue
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            place = f"{file.relative_to(ROOT)}:{node.lineno}"
            texts = [literal(a) for a in node.args]
            if name == "several" and len(texts) > 1 and texts[0] and texts[1]:
                yield f"{texts[0]}\0{texts[1]}", place
            elif name in ONE:
                yield from ((t, place) for t in texts if t and (name in {"_", "UserError"} or t[0].isupper()))


def literal(node: ast.expr) -> str:
    """Return a string literal's text, or nothing for any other expression."""
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""


if __name__ == "__main__":
    sys.exit(main())
