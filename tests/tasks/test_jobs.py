"""Writing for many products goes on after any kill, once for each, and only what is stale is written again."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from desktop_app.__main__ import main
from desktop_app.engine import Request, ScriptedEngine
from desktop_app.errors import UserError
from desktop_app.records import Described, Fact, Failed, Note, Product, Progress, Saved, Variant, Wishes
from desktop_app.shop import Shop
from desktop_app.tasks import drafts, history, jobs, products, shops

PLAIN = Wishes(writer="plain")
TEXT = "This board is made of oak."


def stock(shop: Shop, count: int) -> list[int]:
    with shop.act("Stock"):
        return shop.add(
            Product(
                f"Oak board {n:03}",
                facts=(Fact("Material", "oak"), Fact("Width", str(20 + n), "cm")),
                variants=(Variant(sku=f"B-{n}"),),
            )
            for n in range(count)
        )


def run(shop: Shop, job: int, engine: ScriptedEngine | None = None, stop: threading.Event | None = None) -> list[Any]:
    return list(jobs.run(shop, engine, stop or threading.Event(), job=job))


def cut_short(shop: Shop, job: int, after: int) -> None:
    """Run a job and close the run, as a window does that is closed, once so many drafts are saved."""
    events = jobs.run(shop, None, threading.Event(), job=job)
    saved = 0
    for event in events:
        saved += isinstance(event, Saved)
        if saved == after:
            break
    events.close()  # type: ignore[attr-defined]


def written(shop: Shop) -> list[int]:
    return sorted(d.product for d in shop.drafts())


# --- one program -----------------------------------------------------------------------------------------------------


def test_a_job_writes_each_product_once_and_is_done(shop: Shop) -> None:
    ids = stock(shop, 4)
    job = jobs.start(shop, products=[*ids, ids[0]], wishes=PLAIN)
    assert [j.id for j in jobs.waiting(shop)] == [job]
    events = run(shop, job)
    assert [e.draft.product for e in events if isinstance(e, Saved)] == ids
    assert isinstance(events[-1], Described)
    assert (events[-1].count, events[-1].job, events[-1].action) == (4, job, shop.job(job).action)
    assert (shop.job(job).state, jobs.waiting(shop)) == ("done", [])


def test_a_job_cut_short_goes_on_where_it_was_and_counts_on(shop: Shop) -> None:
    ids = stock(shop, 5)
    job = jobs.start(shop, products=ids, wishes=PLAIN)
    cut_short(shop, job, after=2)
    assert [(j.id, j.state, j.done) for j in jobs.waiting(shop)] == [(job, "waiting", 2)]
    events = run(shop, job)
    assert "3 of 5" in next(e.text for e in events if isinstance(e, Note))
    assert [(e.done, e.total) for e in events if isinstance(e, Progress)] == [(3, 5), (4, 5), (5, 5)]
    assert written(shop) == ids
    assert len(shop.actions()) == 2


def test_stop_pauses_a_job_and_going_on_writes_the_rest(shop: Shop) -> None:
    ids, engine, stop = stock(shop, 5), ScriptedEngine(TEXT), threading.Event()
    job = jobs.start(shop, products=ids, wishes=Wishes(writer="weights"))
    for event in jobs.run(shop, engine, stop, job=job):
        if isinstance(event, Saved):
            stop.set()
    assert isinstance(event, Described)
    assert event.stopped
    assert [(j.id, j.state) for j in jobs.waiting(shop)] == [(job, "paused")]
    assert 0 < shop.job(job).done < 5
    run(shop, job, engine)
    assert sorted(d.product for d in shop.drafts("new")) == ids
    assert not any(d.stopped for d in shop.drafts("new"))


def test_an_engine_that_dies_again_and_again_costs_no_product(shop: Shop) -> None:
    ids, asked = stock(shop, 3), dict[str, int]()

    def answer(request: Request) -> str | UserError:
        asked[request.id] = asked.get(request.id, 0) + 1
        return UserError("It died.") if asked[request.id] < 3 else TEXT

    job = jobs.start(shop, products=ids, wishes=Wishes(writer="weights"))
    run(shop, job, ScriptedEngine(answer))
    assert written(shop) == ids
    assert shop.job(job).state == "done"


def test_a_product_that_is_gone_fails_and_the_job_goes_on(shop: Shop) -> None:
    first = stock(shop, 2)
    later = stock(shop, 1)
    job = jobs.start(shop, products=[first[0], later[0], first[1]], wishes=PLAIN)
    history.undo(shop)
    events = run(shop, job)
    assert [e.product for e in events if isinstance(e, Failed)] == later
    assert written(shop) == first
    assert [(p, "no longer" in why) for p, why in shop.failures_of_job(job)] == [(later[0], True)]
    assert (shop.job(job).state, shop.job(job).failed) == ("done", 1)


def test_a_product_that_goes_while_the_job_runs_costs_only_itself(shop: Shop) -> None:
    first = stock(shop, 2)
    later = stock(shop, 1)
    job = jobs.start(shop, products=[*first, *later], wishes=PLAIN)
    failed = []
    for event in jobs.run(shop, None, threading.Event(), job=job):
        if isinstance(event, Saved) and event.draft.product == first[1]:
            shop._file.run("DELETE FROM facts WHERE product = ?", later)
            shop._file.run("DELETE FROM variants WHERE product = ?", later)
            shop._file.run("DELETE FROM products WHERE id = ?", later)
        failed += [event.product] if isinstance(event, Failed) else []
    assert failed == later
    assert written(shop) == first
    assert shop.job(job).state == "done"


def test_drafts_that_were_undone_are_not_written_again_and_a_note_says_so(shop: Shop) -> None:
    ids = stock(shop, 5)
    job = jobs.start(shop, products=ids, wishes=PLAIN)
    cut_short(shop, job, after=2)
    history.undo(shop)
    notes = [e.text for e in run(shop, job) if isinstance(e, Note)]
    assert any("2 texts of this job were undone" in text for text in notes)
    assert written(shop) == ids[2:]
    history.undo(shop)
    assert written(shop) == []
    history.redo(shop)
    assert written(shop) == ids[2:]


def test_undo_after_going_on_takes_all_of_the_job_back_and_redo_brings_it(shop: Shop) -> None:
    ids = stock(shop, 5)
    job = jobs.start(shop, products=ids, wishes=PLAIN)
    cut_short(shop, job, after=3)
    run(shop, job)
    history.undo(shop)
    assert written(shop) == []
    history.redo(shop)
    assert written(shop) == ids
    assert shop.job(job).state == "done"


def test_a_cancel_from_elsewhere_ends_a_running_job_after_the_product_at_hand(shop: Shop) -> None:
    ids = stock(shop, 5)
    job, stop = jobs.start(shop, products=ids, wishes=PLAIN), threading.Event()
    with Shop.open(shop.path) as elsewhere:
        for event in jobs.run(shop, None, stop, job=job):
            if isinstance(event, Saved) and not stop.is_set():
                assert jobs.cancel(elsewhere, job).state == "stopped"
    assert stop.is_set()
    assert (shop.job(job).state, shop.job(job).done, len(shop.drafts())) == ("stopped", 1, 1)
    assert jobs.waiting(shop) == []


def test_a_job_without_products_is_refused(shop: Shop) -> None:
    with pytest.raises(UserError):
        jobs.start(shop, products=[], wishes=PLAIN)


# --- the same words again --------------------------------------------------------------------------------------------


def test_the_same_words_go_on_with_the_job_and_take_in_what_is_new(shop: Shop) -> None:
    ids = stock(shop, 3)
    job = jobs.take_up(shop, products=ids, wishes=PLAIN, choice="all")
    assert job is not None
    cut_short(shop, job, after=1)
    new = stock(shop, 1)
    assert jobs.take_up(shop, products=[*ids, *new], wishes=PLAIN, choice="all") == job
    run(shop, job)
    assert written(shop) == [*ids, *new]
    assert jobs.take_up(shop, products=ids, wishes=PLAIN, choice="all") == job + 1


def test_other_words_begin_a_job_of_their_own(shop: Shop) -> None:
    ids = stock(shop, 3)
    job = jobs.take_up(shop, products=ids, wishes=PLAIN)
    others = [
        jobs.take_up(shop, products=ids, wishes=replace(PLAIN, language="zh")),
        jobs.take_up(shop, products=ids, wishes=PLAIN, choice="all"),
        jobs.take_up(shop, products=ids[:2], wishes=PLAIN),
    ]
    assert len({job, *others}) == 4
    assert jobs.take_up(shop, products=ids, wishes=PLAIN) == job
    assert jobs.take_up(shop, products=[], wishes=PLAIN, choice="missing") is None


def test_who_asks_again_for_what_was_undone_gets_it_written(shop: Shop) -> None:
    ids = stock(shop, 4)
    job = jobs.take_up(shop, products=ids, wishes=PLAIN, choice="missing")
    assert job is not None
    cut_short(shop, job, after=2)
    history.undo(shop)
    missing = list(shop.search(text="missing"))
    again = jobs.take_up(shop, products=missing, wishes=PLAIN, choice="missing")
    assert again is not None
    assert again != job
    assert shop.job(job).state == "stopped"
    run(shop, again)
    assert written(shop) == ids


# --- how long it takes -----------------------------------------------------------------------------------------------


def test_how_long_a_text_takes_is_unknown_until_a_job_like_it_ran_here(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    ids, engine = stock(shop, 3), ScriptedEngine(TEXT)
    about = engine.about()
    wishes = Wishes(writer="weights")
    assert jobs.estimate(shop, wishes=wishes, weights=about) is None
    run(shop, jobs.start(shop, products=ids, wishes=wishes), engine)
    seconds = jobs.estimate(shop, wishes=wishes, weights=about)
    assert seconds is not None
    assert 0 < seconds < 60
    assert jobs.estimate(shop, wishes=replace(wishes, length="long"), weights=about) is None
    assert jobs.estimate(shop, wishes=wishes, weights=replace(about, name="other")) is None
    assert jobs.estimate(shop, wishes=PLAIN, weights=None) is None
    monkeypatch.setattr("platform.node", lambda: "another machine")
    assert jobs.estimate(shop, wishes=wishes, weights=about) is None


# --- stale texts -----------------------------------------------------------------------------------------------------


def change(shop: Shop, product: int, value: str) -> None:
    before = shop.product(product)
    products.save(shop, replace(before, facts=(replace(before.facts[0], value=value), *before.facts[1:])))


def test_only_texts_whose_facts_changed_are_stale_and_the_merchants_words_are_fresh_when_edited(shop: Shop) -> None:
    ids = stock(shop, 4)
    run(shop, jobs.start(shop, products=ids, wishes=PLAIN))
    for product in ids[:3]:
        change(shop, product, "walnut")
    edited = next(d for d in shop.drafts(product=ids[1]))
    drafts.edit(shop, edited.id or 0, "Walnut, in my own words.")
    put_away = next(d for d in shop.drafts(product=ids[2]))
    products.archive(shop, [put_away.product])
    assert [d.product for d in jobs.stale(shop, field="description")] == [ids[0]]
    assert jobs.stale(shop, field="title") == jobs.stale(shop, field="description", language="zh") == []
    run(shop, jobs.start(shop, products=[ids[0]], wishes=PLAIN, choice="stale"))
    assert jobs.stale(shop, field="description") == []


# --- real processes --------------------------------------------------------------------------------------------------


def command(shop: Path, *words: str) -> list[str]:
    return [sys.executable, "-m", "desktop_app", "--shop", str(shop), "--json", *words]


def said(shop: Path, *words: str, status: int = 0) -> tuple[list[dict[str, Any]], str]:
    done = subprocess.run(
        command(shop, *words), capture_output=True, text=True, encoding="utf-8", check=False,
        env={**os.environ, "LANG": "C.UTF-8"},
    )  # fmt: skip
    assert done.returncode == status, done.stderr
    assert "Traceback" not in done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()], done.stderr


def killed(shop: Path, words: tuple[str, ...], after: int, then: float) -> tuple[bool, list[dict[str, Any]]]:
    """Kill a command once it reported ``after`` drafts and ``then`` seconds passed; return whether it was in time."""
    with subprocess.Popen(
        command(shop, *words), stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, encoding="utf-8",
        pipesize=4096,  # so that it cannot be done while this process, on a loaded machine, is not looking
    ) as process:  # fmt: skip
        assert process.stdout is not None
        lines = [line for _n, line in zip(range(after), process.stdout, strict=False)]
        with suppress(subprocess.TimeoutExpired):
            process.wait(then)
        process.kill()
        # What it still said before it died was saved too; a line it did not finish says nothing.
        lines += [line for line in process.stdout if line.endswith("\n")]
    return process.returncode < 0, [e for e in map(json.loads, lines) if e["event"] == "saved"]


ALL = ("describe", "--all", "--writer", "plain")


def kill_and_go_on(path: Path, count: int, kills: int) -> None:
    shops.new(path).close()
    with Shop.open(path) as shop:
        ids = stock(shop, count)
    dice, reported = random.Random(kills), dict[int, str]()
    for number in range(kills):
        words = ALL if number % 2 == 0 else ("resume",)
        after = dice.randint(0, count // kills - 2)
        in_time, saved = killed(path, words, after, dice.uniform(0.0, 0.02 if after else 0.5))
        assert in_time
        reported.update({e["draft"]["id"]: e["draft"]["text"] for e in saved})
    with Shop.open(path) as shop:
        job = jobs.take_up(shop, products=shop.search(sort="title"), wishes=PLAIN, choice="all")
        assert job is not None
        run(shop, job)
        assert [(j.state, j.done, j.failed, j.total) for j in shop.jobs()] == [("done", count, 0, count)]
        assert sorted(d.product for d in shop.drafts()) == ids
        assert {d.id: d.text for d in shop.drafts()}.items() >= reported.items()
        assert [a.name for a in shop.actions()] == [f"Describe {count} products", "Stock"]
        drafts.approve(shop, [d.id or 0 for d in shop.drafts()])
        shop.undo(2)
        assert shop.drafts() == []
        shop.redo(2)
        assert sorted(d.product for d in shop.approved()) == ids


def test_three_kills_of_the_program_lose_no_product_and_write_none_twice(tmp_path: Path) -> None:
    kill_and_go_on(tmp_path / "shop.zhanggui", count=60, kills=3)


@pytest.mark.long
@pytest.mark.timeout(900)
def test_thirty_kills_of_the_program_lose_no_product_and_write_none_twice(tmp_path: Path) -> None:
    kill_and_go_on(tmp_path / "shop.zhanggui", count=300, kills=30)


@pytest.fixture
def held(shop: Shop) -> Iterator[tuple[Shop, int]]:
    """A job that this process works at."""
    job = jobs.start(shop, products=stock(shop, 4), wishes=PLAIN, choice="all")
    events = jobs.run(shop, None, threading.Event(), job=job)
    next(e for e in events if isinstance(e, Saved))
    yield shop, job
    events.close()  # type: ignore[attr-defined]


def test_a_second_program_is_refused_in_words_while_the_first_works_at_the_job(held: tuple[Shop, int]) -> None:
    shop, job = held
    events, heard = said(shop.path, "resume", status=1)
    assert events == []
    assert f"Job {job} is running in another window or terminal" in heard
    assert shop.job(job).state == "running"
    assert len(shop.drafts()) == 1


def test_two_programs_that_go_on_at_once_write_each_product_once(shop: Shop) -> None:
    ids = stock(shop, 20)
    job = jobs.start(shop, products=ids, wishes=PLAIN)
    both = [
        subprocess.Popen(command(shop.path, "resume", str(job)), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        for _n in range(2)
    ]
    ended = [process.wait() for process in both]
    assert 0 in ended
    assert set(ended) <= {0, 1}
    assert written(shop) == ids


@pytest.fixture
def here(capsys: pytest.CaptureFixture[str]) -> Iterator[Callable[..., tuple[list[dict[str, Any]], str]]]:
    """Run a command as `said` does, without a process of its own."""
    before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}

    def run(path: Path, *words: str) -> tuple[list[dict[str, Any]], str]:
        assert main(["--shop", str(path), "--json", *words]) == 0
        heard = capsys.readouterr()
        return [json.loads(line) for line in heard.out.splitlines()], heard.err

    yield run
    for number, handler in before.items():
        signal.signal(number, handler)


def test_stale_texts_are_written_anew_from_the_terminal_and_own_words_are_left(
    shop: Shop, here: Callable[..., tuple[list[dict[str, Any]], str]]
) -> None:
    ids = stock(shop, 4)
    run(shop, jobs.start(shop, products=ids, wishes=PLAIN))
    run(shop, jobs.start(shop, products=ids[:1], wishes=replace(PLAIN, language="zh")))
    own = next(d for d in shop.drafts(product=ids[1]))
    drafts.edit(shop, own.id or 0, "My own words.")
    for product in ids[:2]:
        change(shop, product, "walnut")
    events, heard = here(shop.path, "describe", "--stale", "--writer", "plain")
    fresh = [e["draft"] for e in events if e["event"] == "saved"]
    assert sorted((d["product"], d["language"]) for d in fresh) == [(ids[0], "en"), (ids[0], "zh")]
    assert "walnut" in next(d["text"] for d in fresh if d["language"] == "en")
    assert f"own words; they are left as they are: {own.id}" in heard
    assert [d.source for d in jobs.stale(shop, field="description")] == ["merchant"]


def test_jobs_are_listed_and_cancelled_from_the_terminal(
    shop: Shop, here: Callable[..., tuple[list[dict[str, Any]], str]]
) -> None:
    job = jobs.start(shop, products=stock(shop, 3), wishes=PLAIN, choice="missing")
    cut_short(shop, job, after=1)
    listed = here(shop.path, "jobs")[0][0]
    wanted = {"event": "job", "job": job, "what": "describe", "state": "waiting", "done": 1, "failed": 0, "total": 3}
    assert listed.items() >= wanted.items()
    assert listed["made"]
    assert here(shop.path, "jobs", "--cancel", str(job))[0][0]["state"] == "stopped"
