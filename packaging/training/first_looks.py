"""What earlier checks said of the labelled sentences before anything had been mended for them: a file for `reader.py`.

    python packaging/training/first_looks.py looks.jsonl

The check of today knows every one of these sentences, so what it says of them teaches nothing. Each set is therefore
held against the checks of the commits below, none of which had seen it. Needs git and the whole history.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
CLAIMS = ROOT / "tests" / "data" / "claims"
# commit: the sets whose first look it is, and the sets that it had not seen either
LOOKS = {
    "2e50b57": (("claims", "sample", "more", "third", "fresh"), ()),
    "e6c1078": (("stranger", "bound", "second", "third_own"), ("hands", "fourth")),
    "5167dce": (("hands", "fourth"), ("fifth", "hands2", "own", "open3", "own2", "hands3")),
    "ebe8c77": (("fifth", "hands2", "own"), ("open3", "own2", "hands3")),
    "138f65c": (("open3", "own2", "hands3"), ()),
}


def main() -> None:
    """Write the findings of every look, or (called so by itself) those of the check in one folder."""
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("out", type=Path, help="where the looks are written, one a line")
    words.add_argument("--by", type=Path, help=argparse.SUPPRESS)
    words.add_argument("--sets", nargs="*", default=[], help=argparse.SUPPRESS)
    wishes = words.parse_args()
    if wishes.by:
        _look(wishes.by, wishes.sets, wishes.out)
        return
    rows = list[str]()
    with tempfile.TemporaryDirectory() as spare:
        for commit, (first, others) in LOOKS.items():
            folder, part = Path(spare) / commit, Path(spare) / "part.jsonl"
            subprocess.run(["git", "worktree", "add", "--detach", str(folder), commit], cwd=ROOT, check=True)
            try:
                call = [sys.executable, __file__, str(part), "--by", str(folder), "--sets", *first, *others]
                subprocess.run(call, check=True)
            finally:
                subprocess.run(["git", "worktree", "remove", "--force", str(folder)], cwd=ROOT, check=True)
            for line in part.read_text("utf-8").splitlines():
                row = json.loads(line)
                rows.append(json.dumps({**row, "first": row["set"] in first}, ensure_ascii=False))
    wishes.out.write_text("\n".join(rows) + "\n", "utf-8")
    print(f"{len(rows)} looks")


def _look(folder: Path, sets: list[str], out: Path) -> None:
    """Hold sets against the check of a folder: its code, today's sentences and products."""
    sys.path.insert(0, str(folder))
    from desktop_app.language import check

    sys.path.append(str(ROOT / "packaging" / "training"))
    from reader_data import sets_of  # the products in the words of that commit's records

    with out.open("w", encoding="utf-8") as file:
        for name in sets:
            for language in ("en", "zh"):
                rows, known = sets_of(CLAIMS, name, language)
                for row in rows:
                    found = check.check(row["text"], known[str(row["product"])], language=language).findings
                    looked = [[f.kind, f.start, f.end, f.text] for f in found]
                    line = {k: row[k] for k in ("product", "text", "label", "hard")}
                    line |= {"set": name, "language": language, "findings": looked}
                    file.write(json.dumps(line, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
