"""Score masking: of labelled lines in both languages, how much personal data is found and how many codes are not taken.

Each line marks what it holds: {phone:…}, {email:…}, {address:…}, {id:…}, {card:…}, and {code:…} for what must stay
(product codes, sizes, order and tracking numbers). Odd lines were looked at while the rules were made, even ones not.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from desktop_app.language.masking import personal  # noqa: E402

FOLDER = ROOT / "tests" / "data" / "masking"
_MARK = re.compile(r"\{(phone|email|address|id|card|code):([^}]*)\}")
ENOUGH = 0.8  # of an address's letters; of everything else all
Item = tuple[str, int, int]


def read(path: Path) -> list[tuple[str, list[Item]]]:
    """Return the lines of a file without their marks, and what each mark says."""
    found = []
    for line in path.read_text("utf-8").splitlines():
        text, items, at = "", list[Item](), 0
        for mark in _MARK.finditer(line):
            text += line[at : mark.start()]
            items.append((mark[1], len(text), len(text) + len(mark[2])))
            text += mark[2]
            at = mark.end()
        found.append((text + line[at:], items))
    return found


def score(lines: list[tuple[str, list[Item]]], show: bool = False) -> dict[str, float]:
    """Return recall a kind and over all, and the share of codes of which a part was masked by mistake."""
    hit, all_, wrong, codes = Counter[str](), Counter[str](), 0, 0
    for text, items in lines:
        taken = [False] * len(text)
        for one in personal(text):
            taken[one.start : one.end] = [True] * (one.end - one.start)
        for kind, start, end in items:
            letters = [taken[n] for n in range(start, end) if text[n].isalnum()]
            if kind == "code":
                codes += 1
                wrong += any(letters)
                missed = any(letters)
            else:
                all_[kind] += 1
                fine = sum(letters) >= (ENOUGH if kind == "address" else 1) * len(letters)
                hit[kind] += fine
                missed = not fine
            if missed and show:
                print(f"  {kind:8} {text[start:end]!r} in {text!r}")
    figures = {kind: hit[kind] / all_[kind] for kind in all_}
    return {
        "lines": len(lines), "personal": sum(all_.values()), "recall": sum(hit.values()) / max(sum(all_.values()), 1),
        "codes": codes, "masked by mistake": wrong / max(codes, 1), **figures,
    }  # fmt: skip


def main() -> None:
    """Print the scores of each half in each language, and of all together."""
    wishes = argparse.ArgumentParser(description=__doc__)
    wishes.add_argument("--show", choices=("odd", "all"), help="print what went wrong")
    show = wishes.parse_args().show
    every: list[tuple[str, list[Item]]] = []
    for language in ("en", "zh"):
        lines = read(FOLDER / f"lines.{language}.txt")
        every += lines
        more = read(FOLDER / f"more.{language}.txt")
        every += more
        parts = {"odd, looked at": lines[::2], "even, kept aside": lines[1::2], "written later, looked at": more}
        for name, part in parts.items():
            _print(f"{language}, {name}", score(part, show=show == "all" or (show == "odd" and "odd" in name)))
    _print("all", score(every))


def _print(name: str, figures: dict[str, float]) -> None:
    told = ", ".join(f"{k} {v:.3f}" if isinstance(v, float) else f"{k} {v}" for k, v in figures.items())
    print(f"{name}: {told}")


if __name__ == "__main__":
    main()
