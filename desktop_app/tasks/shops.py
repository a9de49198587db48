"""Shop files: a new one, an old one, the sample, a backup."""

from __future__ import annotations

import contextlib
import datetime as dt
import json
import os
import shutil
import time
import zoneinfo
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

from desktop_app import paths, words
from desktop_app.errors import UserError
from desktop_app.records import Fact, Image, Product, Progress, Variant
from desktop_app.shop import Shop
from desktop_app.tasks import sample_orders
from desktop_app.tasks.products import now
from desktop_app.words import _

CURRENCY = {"zh": "CNY", "en": "USD"}
_ABANDONED = 600.0  # seconds after which nobody is still making a sample


def new(path: Path, *, name: str = "", currency: str = "", timezone: str = "", language: str = "") -> Shop:
    """Make a new shop file; UserError if one is there already or the folder cannot be written."""
    language = language or words.language()
    return Shop.create(
        path,
        name=name or path.stem,
        currency=currency or CURRENCY.get(language, "USD"),
        timezone=timezone or system_timezone(),
        language=language,
    )


def system_timezone() -> str:
    """Return the IANA name of this machine's time zone; "UTC" where the system does not tell one."""
    named = os.environ.get("TZ", "").removeprefix(":")
    place = Path("/etc/localtime")
    if not named and place.is_symlink():
        named = str(place.resolve()).partition("zoneinfo/")[2]
    return named if named in zoneinfo.available_timezones() else "UTC"


def open_shop(path: Path, *, window: bool = False) -> Shop:
    """Open a shop file and make the day's backup; ``window`` takes the lock that keeps a second window out."""
    shop = Shop.open(path, window=window)
    try:
        shop.back_up()
    except BaseException:
        shop.close()
        raise
    return shop


def open_or_new(path: Path, *, window: bool = False) -> Shop:
    """Open the shop file, making it first where there is none yet."""
    if not path.exists():
        new(path).close()
    return open_shop(path, window=window)


def fill_with_sample(shop: Shop, language: str = "", today: dt.date | None = None) -> int:
    """Put the sample shop's products and orders into ``shop`` as one action and return how many products they are.

    The orders end on ``today``; without it they end now, since nothing was ordered later than that.
    """
    language = language or words.language()
    folder = paths.assets() / "sample"
    file = folder / f"products.{language}.json"
    if not file.exists():
        file = folder / "products.en.json"
    raw = json.loads(file.read_text("utf-8"))
    moment = now()
    products = [_sample(entry, folder, language, moment) for entry in raw["products"]]
    with shop.act("Open the sample shop"):
        shop.add(products)
        end = dt.datetime.now(dt.UTC) if today is None else dt.datetime.combine(today, dt.time.max, dt.UTC)
        sample_orders.fill_with_orders(shop, language, end)
    return len(products)


def sample(path: Path, *, language: str = "") -> Shop:
    """Make a shop file that holds the sample shop; an existing sample file is opened as it is."""
    for _step in make_sample(path, language=language):
        pass
    return open_shop(path)


def make_sample(path: Path, *, language: str = "") -> Iterator[Progress]:
    """Make the sample shop's file and say how far it is; nothing happens where it is there already.

    It is made beside its place and takes its name when it is whole: whoever breaks it off finds nothing.
    """
    if path.exists():
        return
    part = path.with_name(f".{path.stem}.{os.getpid()}.part{path.suffix}")
    _clear_away(path, f".{path.stem}.*.part{path.suffix}*", older=_ABANDONED)
    try:
        yield from _fill_sample(part, path.stem, language)
        if not path.exists():
            part.rename(path)
    finally:
        _clear_away(path, f"{part.name}*")
    yield Progress(4, 4, "")


def _fill_sample(path: Path, name: str, language: str) -> Iterator[Progress]:
    from desktop_app.tasks import sample_messages, sample_reviews

    spoken = language or words.language()
    with new(path, name=name, language=language) as shop:
        yield Progress(0, 4, _("Products and orders"))
        fill_with_sample(shop, language)
        yield Progress(2, 4, _("Reviews"))
        sample_reviews.fill_with_reviews(shop, spoken)
        yield Progress(3, 4, _("Messages"))
        sample_messages.fill_with_messages(shop, spoken)


def _clear_away(beside: Path, pattern: str, *, older: float = 0.0) -> None:
    """Remove what a sample that was broken off left beside its place; what another program is making is younger."""
    for left in beside.parent.glob(pattern):
        with contextlib.suppress(OSError):
            if not older or time.time() - left.stat().st_mtime > older:
                left.unlink()


def restore_backup(backup: Path, target: Path) -> None:
    """Put a backup beside the shop as a file of its own, whole or not at all; the present file is left as it is."""
    if target.exists():
        raise UserError("{name} is there already. Nothing was overwritten; choose another name.", name=target.name)
    part = target.with_name(f".{target.name}.part")
    try:
        shutil.copyfile(backup, part)
        part.chmod(0o600)
        part.rename(target)
    except OSError as error:
        raise UserError(
            "The backup could not be written to {path}. The backup and your shop are as they were.", path=str(target)
        ) from error
    finally:
        part.unlink(missing_ok=True)


def _sample(entry: dict[str, Any], folder: Path, language: str, moment: str) -> Product:
    facts = tuple(
        Fact(f["name"], f["value"], f.get("unit", ""), f.get("kind", "free"), language, "sample", moment)
        for f in entry.get("facts", ())
    )
    variants = tuple(_sample_variant(v, n) for n, v in enumerate(entry.get("variants") or [entry]))
    images = tuple(
        Image(str(folder / image["address"]), image.get("alt", ""), n)
        for n, image in enumerate(entry.get("images", ()))
    )
    return Product(
        title=entry["title"],
        handle=entry.get("handle", ""),
        description=entry.get("description", ""),
        vendor=entry.get("vendor", ""),
        category=entry.get("category", ""),
        tags=tuple(entry.get("tags", ())),
        language=language,
        facts=facts,
        variants=variants,
        images=images,
    )


def _sample_variant(raw: dict[str, Any], position: int) -> Variant:
    def money(key: str) -> Decimal | None:
        return Decimal(str(raw[key])) if raw.get(key) not in (None, "") else None

    return replace(
        Variant(position=position),
        sku=raw.get("sku", ""),
        barcode=raw.get("barcode", ""),
        options=tuple((str(n), str(v)) for n, v in raw.get("options", ())),
        price=money("price"),
        compare_at=money("compare_at"),
        stock=raw.get("stock"),
        weight_grams=money("weight_grams"),
    )
