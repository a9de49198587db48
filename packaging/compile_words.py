"""Merge the rooms' translations (assets/locale/<language>/*.po) into the one catalogue the program reads."""

from __future__ import annotations

import ast
import os
import struct
import sys
from pathlib import Path

LOCALE = Path(__file__).resolve().parent.parent / "assets" / "locale"


def main() -> int:
    """Write zhanggui.mo for every language; return 1 if two rooms translate one sentence differently."""
    clashes = 0
    for folder in sorted(p for p in LOCALE.iterdir() if p.is_dir()):
        merged: dict[str, str] = {}
        for file in sorted(folder.glob("*.po")):
            for original, translated in read(file).items():
                if original and merged.get(original, translated) != translated:
                    print(f"{file.name}: “{original}” is already translated as “{merged[original]}”", file=sys.stderr)
                    clashes += 1
                merged.setdefault(original, translated)
        write(merged, folder / "zhanggui.mo")
    return 1 if clashes else 0


def read(file: Path) -> dict[str, str]:
    """Read a .po file into original → translated; plural forms are joined by NUL as in a .mo."""
    entries: dict[str, str] = {}
    parts: dict[str, str] = {}
    key = ""

    def finish() -> None:
        if parts.get("msgid") is not None and "msgstr" in parts:
            original = parts["msgid"] + ("\0" + parts["msgid_plural"] if "msgid_plural" in parts else "")
            forms = [parts[k] for k in sorted(parts) if k.startswith("msgstr")]
            if any(forms):
                entries[original] = "\0".join(forms)
        parts.clear()

    for number, raw in enumerate(file.read_text("utf-8").splitlines(), 1):
        line = raw.strip()
        if not line or line.startswith("#"):
            continue
        if not line.startswith('"'):
            word, _, rest = line.partition(" ")
            if word == "msgid":
                finish()
            key, line = ("msgstr" if word == "msgstr[0]" else word), rest.strip()
            parts[key] = ""
        try:
            parts[key] += ast.literal_eval(line)
        except (SyntaxError, ValueError) as error:
            raise SystemExit(f"{file}:{number}: this line is not a quoted string: {raw}") from error
    finish()
    return entries


def write(entries: dict[str, str], target: Path) -> None:
    """Write the GNU .mo format: sorted originals, their translations, two offset tables."""
    header = "Content-Type: text/plain; charset=UTF-8\nPlural-Forms: nplurals=1; plural=0;\n"
    entries = {**entries, "": header}
    originals = [(k.encode(), v.encode()) for k, v in sorted(entries.items(), key=lambda item: item[0].encode())]
    count, start = len(originals), 28
    text_at = start + 16 * count
    ids, strings, blob = [], [], b""
    for side, table in ((0, ids), (1, strings)):
        for pair in originals:
            table.append((len(pair[side]), text_at + len(blob)))
            blob += pair[side] + b"\0"
    head = struct.pack("<7I", 0x950412DE, 0, count, start, start + 8 * count, 0, text_at)
    tables = b"".join(struct.pack("<2I", *row) for row in ids + strings)
    temporary = target.with_suffix(".tmp")
    temporary.write_bytes(head + tables + blob)
    os.replace(temporary, target)


if __name__ == "__main__":
    sys.exit(main())
