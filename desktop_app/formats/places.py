"""Where everything stands in a row: the columns of a reading, looked up once a file."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from desktop_app.formats import dialects
from desktop_app.formats.reading import Reading

_NUMBERED = re.compile(r"(option|attribute|variation)(\d+)\.(name|values?)")


@dataclass(slots=True)
class Columns:
    """Where everything stands in a row."""

    first: dict[str, int] = field(default_factory=dict)
    images: list[int] = field(default_factory=list)
    options: list[tuple[str, int]] = field(default_factory=list)
    numbered: list[tuple[int, int]] = field(default_factory=list)  # (name, value)
    extras: list[tuple[int, str, str]] = field(default_factory=list)  # (place, column, value that need not be said)
    variant_extras: list[tuple[int, str, str]] = field(default_factory=list)

    @classmethod
    def of(cls, reading: Reading) -> Columns:
        """Return the places of a reading's columns."""
        found = cls()
        pairs: dict[tuple[str, int], dict[str, int]] = {}
        for place, (name, role) in enumerate(reading.mapping):
            number = _NUMBERED.fullmatch(role)
            if number:
                pairs.setdefault((number[1], int(number[2])), {})[number[3].rstrip("s")] = place
            elif role.startswith("option:"):
                found.options.append((role[7:], place))
            elif role in {"image", "images"}:
                found.images.append(place)
            elif role in {"extra", "variant.extra"}:
                known = dialects.shopify_names().get(name.casefold()) if reading.format.startswith("shopify") else None
                entry = (place, known.name if known else name, known.default if known else "")
                (found.extras if role == "extra" else found.variant_extras).append(entry)
            found.first.setdefault(role, place)
        found.numbered = [(p["name"], p["value"]) for _key, p in sorted(pairs.items()) if len(p) == 2]
        return found
