"""Texts written by a server: what a merchant sees when it is busy, slow, gone, or stubborn."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from typing import Any

import pytest

from desktop_app.engine import Began, Broken, Ended, Message, Refused, Request, Sampling, Written
from desktop_app.engine.server import ServerEngine
from desktop_app.engine.server_wire import settled
from desktop_app.errors import UserError
from desktop_app.records import Verdict
from tests.engine.conftest import ask, endings, only, written
from tests.engine.loopback import Answer, Json, Loopback, loopback

MODELS = {"data": [{"id": "Qwen2.5-7B-Instruct", "max_model_len": 8192}]}


@contextmanager
def serving(
    text: Callable[[Json], Answer], *, continues: bool = True, **more: Any
) -> Iterator[tuple[ServerEngine, Loopback]]:
    """An engine and the server it asks; ``text`` answers what is asked for texts."""

    def answer(path: str, body: Json) -> Answer:
        if path.endswith("/models"):
            return Answer(body=MODELS)
        if "stream" in body:
            return text(body)
        if path.endswith("/chat/completions"):  # finds out whether the server goes on behind given text
            return Answer(" yellow red" if continues else "red green blue")
        return Answer(status=404, body={"error": {"message": "no such path"}})

    with loopback(answer) as known, closing(ServerEngine(known.address, **more)) as engine:
        yield engine, known


class No:
    """A check that refuses sentences with a word."""

    def __init__(self, word: str) -> None:
        self.word = word

    def __call__(self, sentences: tuple[str, ...]) -> Verdict:
        return Verdict(ok=self.word not in sentences[-1], kind="word", why=self.word)


def test_the_pieces_joined_are_the_text() -> None:
    with serving(lambda body: Answer("An oak", " tray ", "for tea.")) as (engine, known):
        events = written(engine, [ask(priority="interactive")])
    assert isinstance(events[0], Began)
    assert [e.text for e in events if isinstance(e, Written)] == ["An oak", " tray ", "for tea."]
    assert only(events).text == "An oak tray for tea."
    (body,) = known.texts()
    assert body["messages"] == [{"role": "user", "content": "Describe a bamboo cutting board."}]
    assert (body["model"], body["max_tokens"], body["stream"]) == ("Qwen2.5-7B-Instruct", 24, True)


def test_nothing_is_sent_before_something_is_asked() -> None:
    with serving(lambda body: Answer("x")) as (_engine, known):
        pass
    assert known.asked == []


def test_a_server_that_is_too_busy_is_given_the_pause_it_asks_for() -> None:
    times: list[float] = []

    def text(body: Json) -> Answer:
        times.append(time.monotonic())
        busy = Answer(status=429, headers={"Retry-After": "1"}, body={"error": {"message": "slow down"}})
        return busy if len(times) == 1 else Answer("Done.")

    with serving(text) as (engine, _):
        assert only(written(engine, [ask()])).text == "Done."
    assert times[1] - times[0] >= 1.0


@pytest.mark.parametrize("status", [429, 503])
def test_a_whole_job_gets_through_a_server_that_often_says_no(status: int) -> None:
    count = iter(range(10_000))
    with serving(lambda body: Answer(status=status, body={}) if next(count) % 3 == 0 else Answer("Done.")) as (
        engine,
        _,
    ):
        ended = endings(written(engine, [ask(str(n)) for n in range(12)]))
    assert sorted(int(e.request) for e in ended) == list(range(12))
    assert {e.text for e in ended} == {"Done."}


def test_many_are_asked_at_once_but_not_all_of_them() -> None:
    barrier = threading.Barrier(3, timeout=60)  # three at once, or none gets through

    def text(body: Json) -> Answer:
        barrier.wait()
        return Answer("Done.")

    with serving(text, at_once=6) as (engine, known):
        taken = []

        def endless() -> Iterator[Request]:
            for n in range(30):
                taken.append(n)
                yield ask(str(n))

        events = engine.run(endless(), threading.Event())
        next(events)
        assert len(taken) <= 10
        assert len(endings(list(events))) == 30
    assert 3 <= known.most_under_way <= 6


def test_a_refused_sentence_is_cut_off_and_written_again_from_what_was_kept() -> None:
    goes_on = threading.Event()

    def text(body: Json) -> Answer:
        kept = body["messages"][-1]["content"] if body["messages"][-1]["role"] == "assistant" else ""
        if not kept:
            return Answer("An oak tray. ", "It cures colds. ", "And more.", hold=goes_on)
        return Answer(" It has two handles.")

    with serving(text) as (engine, known):
        events = written(engine, [ask(check=No("cures"), priority="interactive", max_tokens=200)])
    goes_on.set()
    assert [e.text for e in events if isinstance(e, Refused)] == ["It cures colds."]
    assert only(events).text == "An oak tray. It has two handles."
    assert only(events).refused == 1
    first, again = known.texts()
    assert again["messages"][-1] == {"role": "assistant", "content": "An oak tray."}
    assert again["seed"] != first["seed"]


def test_where_the_server_cannot_go_on_a_refused_sentence_is_left_out() -> None:
    with serving(lambda body: Answer("An oak tray. It cures colds. It has handles."), continues=False) as (
        engine,
        known,
    ):
        events = written(engine, [ask(check=No("cures"), max_tokens=200)])
    assert only(events).text == "An oak tray. It has handles."
    assert len(known.texts()) == 1
    assert "cures" not in "".join(e.text for e in events if isinstance(e, Written))


def test_a_refusal_may_end_the_text() -> None:
    with serving(lambda body: Answer("It cures colds. More.")) as (engine, _):
        ended = only(written(engine, [ask(check=No("cures"), retries=2, on_refusal="end")]))
    assert (ended.text, ended.reason, ended.refused) == ("", "refused", 3)


@pytest.mark.parametrize("continues", [True, False])
def test_a_connection_that_breaks_in_mid_text_loses_and_doubles_nothing(continues: bool) -> None:
    whole = "An oak tray. It has two handles. It holds six cups."

    def text(body: Json) -> Answer:
        kept = body["messages"][-1]["content"] if body["messages"][-1]["role"] == "assistant" else ""
        rest = whole[len(kept) :]
        broken = len(known.texts()) < 3
        return Answer(*(rest[i : i + 9] for i in range(0, 18 if broken else len(rest), 9)), cut=broken)

    with serving(text, continues=continues) as (engine, known):
        events = written(engine, [ask(check=No("cures"), max_tokens=200)])
    assert "".join(e.text for e in events if isinstance(e, Written)) == only(events).text == whole
    assert len(known.texts()) == 3


def test_stop_is_heard_while_a_server_says_nothing() -> None:
    hold, stop = threading.Event(), threading.Event()
    with serving(lambda body: Answer("An oak", hold=hold)) as (engine, _):
        events = []
        for event in engine.run([ask(priority="interactive", max_tokens=500)], stop):
            events.append(event)
            if isinstance(event, Written):
                stop.set()
    hold.set()  # only now may the server go on: that this line is reached is the proof
    assert (only(events).reason, only(events).text) == ("stopped", "An oak")


def test_a_server_that_is_not_there_is_told_in_plain_words() -> None:
    with closing(ServerEngine("http://127.0.0.1:9", patience=0.1)) as engine:
        (_, broken) = written(engine, [ask()])
        assert isinstance(broken, Broken)
        assert "http://127.0.0.1:9/v1 does not answer" in str(broken.error)
        with pytest.raises(UserError, match="does not answer"):
            engine.about()


def test_a_wrong_key_is_told_at_once_and_the_right_one_goes_along() -> None:
    with serving(lambda body: Answer(status=401, body={"error": {"message": "bad key"}}), key="sk-1") as (
        engine,
        known,
    ):
        (_, broken) = written(engine, [ask()])
    assert isinstance(broken, Broken)
    assert "refused the key" in str(broken.error)
    assert all(headers["Authorization"] == "Bearer sk-1" for _, _, headers in known.asked)


def test_a_server_that_knows_less_is_asked_for_less_and_not_again() -> None:
    def text(body: Json) -> Answer:
        if set(body) & {"top_k", "min_p", "chat_template_kwargs"}:
            return Answer(status=400, body={"error": {"message": "Unrecognized request argument supplied: top_k"}})
        return Answer("Done.")

    with serving(text, at_once=1) as (engine, known):
        assert [e.text for e in endings(written(engine, [ask(str(n)) for n in range(4)]))] == ["Done."] * 4
    assert len(known.texts()) <= 4 + 2 * 2


def test_what_the_server_will_not_write_is_told_in_its_own_words() -> None:
    refusal = Answer(status=400, body={"error": {"message": "This model's maximum context length is 512 tokens."}})
    with serving(lambda body: refusal) as (engine, _):
        broken = written(engine, [ask()])[-1]
    assert isinstance(broken, Broken)
    assert "maximum context length is 512" in str(broken.error)


def test_json_that_is_none_is_written_again_and_another_form_is_tried() -> None:
    answers = iter(["{broken", '{"material": "oak"}'])

    def text(body: Json) -> Answer:
        if body["response_format"]["type"] == "json_schema":
            return Answer(status=422, body={"detail": "type"})
        return Answer(next(answers))

    with serving(text) as (engine, known):
        schema = json.dumps({"type": "object", "properties": {"material": {"type": "string"}}})
        assert json.loads(only(written(engine, [ask(json_schema=schema)])).text) == {"material": "oak"}
    assert known.texts()[-1]["response_format"]["type"] == "json_object"


def test_a_grammar_that_the_server_does_not_know_is_refused_and_not_left_out_silently() -> None:
    with serving(lambda body: Answer("Anything.")) as (engine, _):
        broken = written(engine, [ask(grammar='root ::= "yes"')])[-1]
    assert isinstance(broken, Broken)
    assert "does not keep to a grammar" in str(broken.error)


def test_an_opening_is_not_part_of_what_comes_back() -> None:
    for continues, said in ((True, " is made of oak."), (False, "The tray is made of oak.")):
        with serving(lambda body, said=said: Answer(said), continues=continues) as (engine, _):  # type: ignore[misc]
            assert only(written(engine, [ask(prefill="The tray")])).text == " is made of oak."
    with serving(lambda body: Answer("Something else."), continues=False) as (engine, _):
        ended = only(written(engine, [ask(prefill="The tray", retries=1)]))
        assert (ended.text, ended.reason) == ("", "refused")


def test_thinking_aloud_never_leaves_the_engine_and_stops_are_cut_off() -> None:
    with serving(lambda body: Answer("<think>", "hm, oak</think>", "An oak tray.\nEND", " more")) as (engine, _):
        assert only(written(engine, [ask(stops=("\nEND",))])).text == "An oak tray."


def test_the_name_says_how_large_the_model_is() -> None:
    with serving(lambda body: Answer("")) as (engine, _):
        about = engine.about()
    assert (about.name, about.parameters, about.context) == ("Qwen2.5-7B-Instruct", 7_000_000_000, 8192)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("localhost:8080", "http://localhost:8080/v1"),
        ("http://10.0.0.2:11434/", "http://10.0.0.2:11434/v1"),
        ("https://api.example.com/v1/chat/completions", "https://api.example.com/v1"),
        ("https://api.example.com/openai/v1", "https://api.example.com/openai/v1"),
    ],
)
def test_an_address_is_taken_as_people_type_it(typed: str, meant: str) -> None:
    assert settled(typed) == meant


@pytest.mark.parametrize("typed", ["", "ftp://x", "http://"])
def test_what_is_no_address_is_refused(typed: str) -> None:
    with pytest.raises(UserError, match="no address"):
        settled(typed)


def test_bare_prompts_go_on_where_they_were() -> None:
    def text(body: Json) -> Answer:
        return Answer("An oak tray. It cures. ") if body["prompt"] == "Facts: oak." else Answer(" It has handles.")

    with serving(text) as (engine, known):
        request = Request("1", prompt="Facts: oak.", check=No("cures"), sampling=Sampling(0.7), max_tokens=99)
        assert only(written(engine, [request])).text == "An oak tray. It has handles."
    assert known.texts()[-1]["prompt"] == "Facts: oak.An oak tray."


def test_two_candidates_are_told_apart() -> None:
    with serving(lambda body: Answer(f"Seed {body['seed']}.")) as (engine, _):
        texts = [e.text for e in written(engine, [ask(candidates=2)]) if isinstance(e, Ended)]
    assert len(set(texts)) == 2


def test_messages_cross_as_they_are() -> None:
    turns = (Message("system", "规则"), Message("user", "竹砧板"))
    with serving(lambda body: Answer("一块竹砧板。", "三十八厘米长。")) as (engine, known):
        ended = only(written(engine, [Request("1", turns, check=No("铁"), max_tokens=50)]))
    assert ended.text == "一块竹砧板。三十八厘米长。"
    assert [m["content"] for m in known.texts()[0]["messages"]] == ["规则", "竹砧板"]
