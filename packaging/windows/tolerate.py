"""Let a llama_cpp that is only tested load libraries of a nearly equal version: `tolerate.py _ctypes_extensions.py`."""

from __future__ import annotations

import sys
from pathlib import Path

BEFORE = "                func = getattr(lib, name)\n"
AFTER = (
    "                func = getattr(lib, name, None)\n                if func is None:\n                    return f\n"
)


def main() -> int:
    """Change the file in place so that a missing function is passed over; 1 when it does not look as expected."""
    file = Path(sys.argv[1])
    text = file.read_text("utf-8")
    if AFTER in text:
        return 0
    if BEFORE not in text:
        print(f"{file} has changed; the place to change is not there", file=sys.stderr)
        return 1
    file.write_text(text.replace(BEFORE, AFTER), "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
