from __future__ import annotations

import os
import zoneinfo
from datetime import UTC, datetime
from pathlib import Path

import pytest

from desktop_app.errors import UserError
from desktop_app.tasks import shops


def test_a_new_shop_keeps_the_time_and_the_money_of_where_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TZ", "Asia/Shanghai")
    with shops.new(tmp_path / "a.zhanggui", language="zh") as shop:
        assert shop.setting("timezone") == "Asia/Shanghai"
        assert shop.setting("currency") == "CNY"


def test_a_time_zone_nobody_knows_is_not_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", "Nowhere/Land")
    assert shops.system_timezone() in zoneinfo.available_timezones()


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_sample_shop_has_products_with_facts_pictures_and_gaps(tmp_path: Path, language: str) -> None:
    with shops.sample(tmp_path / "s.zhanggui", language=language) as shop:
        products = shop.products(shop.search())
        assert len(products) >= 30
        assert all(Path(image.address).is_file() for p in products for image in p.images)
        assert all(p.images and p.variants for p in products)
        assert any(not p.facts for p in products)
        assert any(len(p.variants) > 1 for p in products)
        assert any(p.description for p in products)
        assert shop.actions()[-1].name == "Open the sample shop"
        assert len(shop.find_conversations()) == 40
        assert shop.passages()
        reviews = shop.reviews(shop.review_ids())
        assert len(reviews) > 50
        assert all(review.product for review in reviews)
        assert all("sample" in review.author or "示例" in review.author for review in reviews)
        newest = shop.orders(shop.find_orders()[:1])[0].placed
        assert newest <= datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"), "nothing was ordered later than now"


def test_the_sample_shop_is_opened_again_as_it_was_left(tmp_path: Path) -> None:
    with shops.sample(tmp_path / "s.zhanggui", language="en") as shop:
        shop.undo(len(shop.actions()))
    with shops.sample(tmp_path / "s.zhanggui", language="en") as shop:
        assert not shop.search()


def test_a_sample_shop_that_is_broken_off_leaves_nothing(tmp_path: Path) -> None:
    path = tmp_path / "s.zhanggui"
    making = shops.make_sample(path, language="en")
    for _step in range(3):
        next(making)
    assert not path.exists()
    making.close()
    assert list(tmp_path.iterdir()) == []
    old = tmp_path / ".s.1.part.zhanggui"  # of a program that was killed while it made one
    old.write_bytes(b"half")
    os.utime(old, (0, 0))
    list(shops.make_sample(path, language="en"))
    assert [left.name for left in tmp_path.iterdir()] == ["s.zhanggui"]
    with shops.open_shop(path) as shop:
        assert (shop.setting("name"), len(shop.find_conversations())) == ("s", 40)


def test_opening_a_shop_makes_the_days_backup(tmp_path: Path) -> None:
    with shops.open_or_new(tmp_path / "a.zhanggui") as shop:
        first = shop.backups()
    with shops.open_or_new(tmp_path / "a.zhanggui") as shop:
        assert shop.backups() == first
        assert len(first) == 1


def test_a_backup_is_brought_back_beside_the_shop_and_covers_nothing(tmp_path: Path) -> None:
    with shops.sample(tmp_path / "s.zhanggui", language="en") as shop:
        shop.back_up()
        kept = shop.backups()[0]
    shops.restore_backup(kept, tmp_path / "back.zhanggui")
    with shops.open_shop(tmp_path / "back.zhanggui") as back:
        assert len(back.search()) >= 30
    with pytest.raises(UserError):
        shops.restore_backup(kept, tmp_path / "s.zhanggui")
