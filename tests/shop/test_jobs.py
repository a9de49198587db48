"""Jobs in the shop file, and texts that know which of their facts have changed."""

from __future__ import annotations

import contextlib
import itertools
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from desktop_app.errors import UserError
from desktop_app.records import Draft, Fact, Product, Wishes
from desktop_app.shop import Shop, jobs, presence


@pytest.fixture
def ids(shop: Shop) -> list[int]:
    facts = (Fact("Material", "oak"), Fact("Width", "20", "cm"))
    with shop.act("Add"):
        return shop.add(Product(f"Board {n}", facts=facts) for n in range(5))


@pytest.fixture
def other(shop: Shop, path: Path) -> Iterator[Shop]:
    with Shop.open(path) as opened:
        yield opened


def draft_of(shop: Shop, product: int, *, language: str = "en", **more: Any) -> Draft:
    facts = tuple(f.id or 0 for f in shop.product(product).facts)
    return Draft(product, "description", language, "A board.", facts=facts, **more)


def write(shop: Shop, product: int, **more: Any) -> int:
    with shop.act("Describe"):
        return shop.add_draft(draft_of(shop, product, **more)).id or 0


def do(shop: Shop, job: int, products: list[int]) -> None:
    action = shop.begin_job(job, "Describe {n} products", n=5)
    for product in products:
        with shop.step(action):
            shop.tick(job, shop.add_draft(draft_of(shop, product)))
    shop.end(action)


def leave(shop: Shop, job: int, *, paused: bool = False, seconds: float = 0.0, texts: int = 0) -> None:
    shop.leave_job(job, paused=paused, machine="here", weights="w", seconds=seconds, texts=texts)


def test_a_job_keeps_its_products_in_order_each_once_and_its_wishes(shop: Shop, ids: list[int]) -> None:
    wishes = Wishes(language="zh", tone="warm", channel="淘宝")
    made = shop.job(shop.add_job([ids[3], ids[1], ids[3], ids[0]], wishes, "missing"))
    assert (made.wishes, made.choice, made.what) == (wishes, "missing", "describe")
    assert (made.state, made.done, made.failed, made.total, made.left) == ("waiting", 0, 0, 3, 3)
    assert shop.job_products(made.id) == shop.left_of_job(made.id) == [ids[3], ids[1], ids[0]]
    shop.extend_job(made.id, [ids[1], ids[2]])
    assert shop.left_of_job(made.id) == [ids[3], ids[1], ids[0], ids[2]]


def test_a_product_is_done_exactly_when_its_draft_is_in_the_shop(shop: Shop, ids: list[int]) -> None:
    job = shop.add_job(ids, Wishes())
    shop.take_job(job)
    do(shop, job, ids[:2])
    action = shop.begin_job(job, "Describe {n} products", n=5)
    with contextlib.suppress(ZeroDivisionError), shop.step(action):
        shop.tick(job, shop.add_draft(draft_of(shop, ids[2])))
        raise ZeroDivisionError  # as a full disk would
    shop.end(action)
    assert shop.left_of_job(job) == ids[2:]
    assert sorted(d.product for d in shop.drafts()) == ids[:2]


def test_half_a_text_is_kept_and_its_product_stays_to_do(shop: Shop, ids: list[int]) -> None:
    job = shop.add_job(ids[:1], Wishes())
    shop.take_job(job)
    action = shop.begin_job(job, "Describe {n} products", n=1)
    with shop.step(action):
        shop.tick(job, shop.add_draft(draft_of(shop, ids[0], stopped=True)))
    shop.end(action)
    leave(shop, job, paused=True)
    assert shop.job(job).state == "paused"
    assert shop.left_of_job(job) == ids[:1]


def test_a_job_somebody_works_at_is_refused_in_words_and_free_once_they_leave(
    shop: Shop, other: Shop, ids: list[int]
) -> None:
    job = shop.add_job(ids, Wishes())
    other.take_job(job)
    assert shop.job(job).state == other.job(job).state == "running"
    for one in (shop, other):
        with pytest.raises(UserError, match="another window or terminal"):
            one.take_job(job)
    leave(shop, job)  # not ours to leave
    assert shop.job(job).state == "running"
    leave(other, job)
    assert shop.job(job).state == "waiting"
    shop.take_job(job)


def test_a_job_that_could_not_be_left_in_order_can_be_taken_again(shop: Shop, other: Shop, ids: list[int]) -> None:
    job = shop.add_job(ids, Wishes())
    shop.take_job(job)
    shop._file.run("PRAGMA busy_timeout=0")
    with other.act("Hold the file"), pytest.raises(UserError, match="another program"):
        leave(shop, job)
    assert shop.job(job).state == "waiting"
    shop.take_job(job)
    assert shop.job(job).state == other.job(job).state == "running"


def test_whoever_lost_a_job_writes_nothing_more_of_it(shop: Shop, other: Shop, ids: list[int]) -> None:
    job = shop.add_job(ids, Wishes())
    shop.take_job(job)
    action = shop.begin_job(job, "Describe {n} products", n=5)
    shop._presence.leave()  # as where no mark of a live program can be kept
    other.take_job(job)
    with pytest.raises(UserError, match="nothing is written twice"), shop.step(action):
        shop.tick(job, shop.add_draft(draft_of(shop, ids[0])))
    shop.end(action)
    assert shop.drafts() == []


def test_a_job_of_a_program_that_is_gone_waits_even_for_one_that_has_its_number(
    shop: Shop, path: Path, ids: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    job = shop.add_job(ids, Wishes())
    tokens = []
    for _time in range(2):
        monkeypatch.setattr(presence, "_count", itertools.count(99))
        with Shop.open(path) as opened:
            opened.take_job(job)
            tokens.append(opened._token)
        assert shop.job(job).state == "waiting"
    assert tokens[0] == tokens[1]


def test_undo_and_redo_leave_a_job_as_it_is_and_say_what_was_taken_back(
    shop: Shop, path: Path, ids: list[int], dump: Callable[[Path], Any]
) -> None:
    before = dump(path)
    job = shop.add_job(ids, Wishes())
    shop.take_job(job)
    do(shop, job, ids[:3])
    leave(shop, job, paused=True)
    done = dump(path)
    assert [a.name for a in shop.undo()] == ["Describe 5 products"]
    assert dump(path) == before
    assert (shop.job(job).done, shop.left_of_job(job), shop.taken_back_of_job(job)) == (3, ids[3:], 3)
    shop.redo()
    assert dump(path) == done
    assert shop.taken_back_of_job(job) == 0


def test_a_job_taken_up_again_is_still_one_action(shop: Shop, other: Shop, ids: list[int]) -> None:
    job = shop.add_job(ids, Wishes())
    for one, part in ((shop, ids[:2]), (other, ids[2:])):
        one.take_job(job)
        do(one, job, part)
        leave(one, job)
    assert shop.job(job).state == "done"
    assert len(shop.actions()) == 2
    shop.undo()
    assert shop.drafts() == []
    shop.redo()
    assert len(shop.drafts()) == 5


def test_what_came_between_is_undone_in_its_turn(shop: Shop, other: Shop, ids: list[int]) -> None:
    job = shop.add_job(ids, Wishes())
    shop.take_job(job)
    do(shop, job, ids[:2])
    leave(shop, job)
    with shop.act("Approve"):
        shop.set_draft_status([d.id or 0 for d in shop.drafts()], "approved")
    other.take_job(job)
    do(other, job, ids[2:])
    leave(other, job)
    names = [a.name for a in shop.actions(3)]
    assert names == ["Describe 5 products", "Approve", "Describe 5 products"]
    shop.undo()
    assert {(d.product, d.status) for d in shop.drafts()} == {(i, "approved") for i in ids[:2]}


def test_a_job_goes_on_after_its_first_part_was_undone(shop: Shop, ids: list[int]) -> None:
    job = shop.add_job(ids, Wishes())
    shop.take_job(job)
    do(shop, job, ids[:2])
    shop.undo()
    do(shop, job, ids[2:])
    assert sorted(d.product for d in shop.drafts()) == ids[2:]
    shop.undo()
    assert shop.drafts() == []
    shop.redo()
    assert sorted(d.product for d in shop.drafts()) == ids[2:]


def test_an_ended_job_remembers_how_many_were_done_and_what_failed(shop: Shop, ids: list[int]) -> None:
    job = shop.add_job(ids, Wishes())
    shop.take_job(job)
    shop.fail_in_job(job, ids[:1], "why")
    do(shop, job, ids[1:])
    leave(shop, job)
    kept = shop.job(job)
    assert (kept.state, kept.done, kept.failed, kept.left) == ("done", 4, 1, 0)
    assert kept.ended
    assert shop.failures_of_job(job) == [(ids[0], "why")]
    assert shop._file.value("SELECT count(*) FROM ticks") == 1
    with pytest.raises(UserError, match="done already"):
        shop.take_job(job)
    with pytest.raises(UserError, match="ended already"):
        shop.cancel_job(job)


def test_a_cancelled_job_keeps_what_it_wrote_and_cannot_go_on(shop: Shop, other: Shop, ids: list[int]) -> None:
    job = shop.add_job(ids, Wishes())
    shop.take_job(job)
    do(shop, job, ids[:2])
    other.cancel_job(job)
    assert shop.job_cancelled(job)
    do(shop, job, ids[2:3])  # the product that was at hand
    leave(shop, job, paused=True)
    kept = shop.job(job)
    assert (kept.state, kept.done, kept.left) == ("stopped", 3, 2)
    assert len(shop.drafts()) == 3
    with pytest.raises(UserError, match="cancelled"):
        shop.take_job(job)


def test_old_jobs_are_forgotten_but_never_one_that_waits(
    shop: Shop, ids: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(jobs, "KEPT", 2)
    waits, first, *_rest = [shop.add_job(ids, Wishes()) for _n in range(5)]
    for job in shop.jobs():
        if job.id != waits:
            shop.cancel_job(job.id)
    last = shop.add_job(ids, Wishes())
    assert [j.id for j in shop.jobs()] == [last, last - 1, last - 2, waits]
    with pytest.raises(UserError, match="no job"):
        shop.job(first)


def test_a_number_that_is_no_job_says_so(shop: Shop) -> None:
    for number in (0, 7, -1, 10**30):
        with pytest.raises(UserError, match="no job"):
            shop.job(number)


def test_exactly_the_texts_whose_facts_changed_are_stale(shop: Shop, ids: list[int]) -> None:
    texts = {i: write(shop, i) for i in ids}
    one, two, three, four, _five = (shop.product(i) for i in ids)
    with shop.act("Edit"):
        shop.replace(replace(one, facts=(replace(one.facts[0], value="walnut"), one.facts[1])))
        shop.replace(replace(two, facts=two.facts[:1]))
        shop.replace(replace(three, facts=(*three.facts, Fact("Age", "3+"))))
        shop.replace(replace(four, title="Other", facts=four.facts[::-1]))
    assert shop.stale() == {
        texts[ids[0]]: (("Material: oak", "Material: walnut"),),
        texts[ids[1]]: (("Width: 20 cm", ""),),
    }
    assert set(shop.stale([ids[1], ids[2]])) == {texts[ids[1]]}
    assert shop.stale([]) == {}
    shop.undo()
    assert shop.stale() == {}
    shop.redo()
    assert len(shop.stale()) == 2


def test_a_unit_that_changed_makes_a_text_stale_and_changing_it_back_makes_it_fresh(shop: Shop, ids: list[int]) -> None:
    text, before = write(shop, ids[0]), shop.product(ids[0])
    with shop.act("Edit"):
        shop.replace(replace(before, facts=(before.facts[0], replace(before.facts[1], unit="in"))))
    assert shop.stale() == {text: (("Width: 20 cm", "Width: 20 in"),)}
    with shop.act("Edit back"):
        shop.replace(before)
    assert shop.stale() == {}


def test_a_fact_that_changed_while_its_text_was_written_makes_it_stale(shop: Shop, ids: list[int]) -> None:
    product = shop.product(ids[0])
    told = tuple(f.said for f in product.facts)
    with shop.act("Edit"):
        shop.replace(replace(product, facts=product.facts[1:]))
    with shop.act("Describe"):
        late = shop.add_draft(
            replace(draft_of(shop, ids[0]), facts=tuple(f.id or 0 for f in product.facts), given=told)
        )
    assert shop.draft(late.id or 0).given == told
    assert shop.stale() == {late.id: (("Material: oak", ""),)}


def test_only_the_newest_text_that_stands_can_be_stale(shop: Shop, ids: list[int]) -> None:
    old, zh = write(shop, ids[0], status="approved"), write(shop, ids[0], language="zh")
    product = shop.product(ids[0])
    with shop.act("Edit"):
        shop.replace(replace(product, facts=(replace(product.facts[0], value="elm"), product.facts[1])))
    new = write(shop, ids[0])
    assert set(shop.stale()) == {zh}
    with shop.act("Reject"):
        shop.set_draft_status([new, zh], "rejected")
    assert set(shop.stale()) == {old}
