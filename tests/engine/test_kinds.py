"""Weights of every kind write, are checked, stopped and asked: tiny random GGUFs through the real engine."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop_app.engine import Broken, Ended, LlamaEngine, Message, Refused, Request, Sampling, Written
from desktop_app.errors import UserError
from desktop_app.records import Verdict
from tests.engine import tiny_weights
from tests.engine.conftest import endings, only, written

RULES = "the board is made of bamboo and has two handles. " * 4


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("weights")


@pytest.fixture(scope="module", params=tiny_weights.WRITERS)
def tiny(request: pytest.FixtureRequest, folder: Path) -> Iterator[LlamaEngine]:
    """An engine with weights of one kind after another."""
    engine = LlamaEngine(tiny_weights.make(folder / f"{request.param}.gguf", request.param))
    yield engine
    engine.close()


def ask(name: str, text: str = "oak tray", **more: object) -> Request:
    sampling = Sampling(float(more.pop("temperature", 0.0)), seed=int(more.pop("seed", 0)))  # type: ignore[arg-type, call-overload]
    turns = (Message("system", RULES), Message("user", text))
    return Request(name, turns, sampling=sampling, **{"max_tokens": 24, **more})  # type: ignore[arg-type]


class Without:
    """A check that refuses sentences with a word."""

    def __init__(self, *words: str) -> None:
        self.words = words

    def __call__(self, sentences: tuple[str, ...]) -> Verdict:
        found = [word for word in self.words if word in re.findall(r"\w+", sentences[-1])]
        return Verdict(ok=not found, kind="word", why=" ".join(found))


SAID = "the oak tray has two handles. a towel dries fast! small cups of wood."


def forced(name: str, **more: object) -> Request:
    """Ask for a text that is set word for word, so that its likelihood tells what the weights remember of the rest."""
    return ask(name, f"{name} cups", grammar=f'root ::= "{SAID}"', candidates=2, max_tokens=120, **more)


def test_side_by_side_the_weights_remember_what_they_remember_alone(tiny: LlamaEngine) -> None:
    names = ("blue", "grain", "kitchen garden", "soft")
    alone = {name: endings(written(tiny, [forced(name)]))[0].likelihood for name in names}
    beside = endings(written(tiny, [forced(name) for name in names]))
    assert {ended.text for ended in beside} == {SAID}
    for ended in beside:
        assert ended.likelihood == pytest.approx(alone[ended.request], abs=0.02)
    assert len({round(value, 4) for value in alone.values()}) == len(names)  # what was asked does matter


def test_a_refused_sentence_is_never_told_and_leaves_no_trace(tiny: LlamaEngine) -> None:
    before = endings(written(tiny, [forced("blue")]))[0].likelihood
    check = Without("steady", "small", "the", "fast", "a")
    requests = [ask(str(n), check=check, seed=n, temperature=1.2, max_tokens=60, retries=3) for n in range(12)]
    events = written(tiny, [*requests, forced("blue")])
    told = " ".join(e.text for e in events if isinstance(e, Written) and e.request != "blue")
    refused = [e for e in events if isinstance(e, Refused)]
    assert len(endings(events)) == 14
    assert refused
    assert not set(check.words) & set(re.findall(r"\w+", told))
    assert sum(e.refused for e in endings(events)) == len(refused)
    assert endings(e for e in events if e.request == "blue")[0].likelihood == pytest.approx(before, abs=0.02)


def test_labels_are_weighed_and_the_weights_stay_usable(tiny: LlamaEngine) -> None:
    chances = tiny.choose(RULES + "the tray is made of", [" oak", " blue", " bamboo wood", " towel handles"])
    assert sum(chances) == pytest.approx(1.0)
    again = tiny.choose(RULES + "the tray is made of", [" oak", " blue", " bamboo wood", " towel handles"])
    assert again == pytest.approx(chances, abs=1e-4)
    assert only(written(tiny, [ask("1")])).text


def test_stop_in_mid_text_leaves_nothing_behind(tiny: LlamaEngine) -> None:
    first = only(written(tiny, [ask("1")])).text
    stop = threading.Event()
    events = []
    for event in tiny.run([ask(str(n), max_tokens=1500, temperature=1.0) for n in range(5)], stop):
        events.append(event)
        stop.set()
    assert {e.reason for e in events if isinstance(e, Ended)} == {"stopped"}
    assert only(written(tiny, [ask("1")])).text == first


def test_a_text_far_longer_than_a_sliding_window_is_remembered(folder: Path) -> None:
    engine = LlamaEngine(tiny_weights.make(folder / "window.gguf", "gemma3"))
    try:
        long, kept = ask("1", "grain " * 300, max_tokens=100), ask("2", "grain " * 300, max_tokens=100)
        assert only(written(engine, [long])).text == only(written(engine, [kept])).text
        events = written(engine, [ask("3", "cups " * 200, check=Without("the"), temperature=1.0, max_tokens=120)])
        assert "the" not in only(events).text.split()
    finally:
        engine.close()


def one_answer(path: Path, request: Request) -> Ended | Broken:
    engine = LlamaEngine(path)
    try:
        return next(e for e in written(engine, [request]) if isinstance(e, Ended | Broken))
    finally:
        engine.close()


def test_weights_that_find_by_meaning_are_not_asked_to_write(folder: Path) -> None:
    answer = one_answer(tiny_weights.make(folder / "finder.gguf", "bert"), ask("1"))
    assert isinstance(answer, Broken)
    assert str(answer.error) == (
        "finder.gguf holds weights of a kind (bert) that cannot write texts. Choose others on the Weights page."
    )


def test_weights_for_meaning_of_any_kind_give_vectors(folder: Path) -> None:
    engine = LlamaEngine(None, meaning_path=tiny_weights.make(folder / "meaning.gguf", "bert"))
    try:
        vectors = engine.embed(["oak tray", "blue towel", "oak tray"])
        assert vectors.shape == (3, tiny_weights.EMBEDDING)
        assert float(vectors[0] @ vectors[2]) == pytest.approx(1.0, abs=1e-4)
    finally:
        engine.close()


def test_base_weights_without_a_template_are_asked_in_a_form_they_have_read(folder: Path) -> None:
    path = tiny_weights.make(folder / "base.gguf", "llama", template="")
    answer = one_answer(path, ask("1", max_tokens=12))
    assert isinstance(answer, Ended)
    assert answer.text
    with_template = one_answer(tiny_weights.make(folder / "chat.gguf", "llama"), ask("1", max_tokens=12))
    assert isinstance(with_template, Ended)
    assert answer.prompt_tokens != with_template.prompt_tokens  # "### Instruction:" instead of control tokens


def test_thinking_is_switched_off_and_never_told(folder: Path) -> None:
    path = tiny_weights.make(folder / "thinker.gguf", "qwen3", template=tiny_weights.THINKING)
    plain = tiny_weights.make(folder / "plain.gguf", "qwen3")
    answer, other = one_answer(path, ask("1")), one_answer(plain, ask("1"))
    assert isinstance(answer, Ended)
    assert isinstance(other, Ended)
    assert "think" not in answer.text
    assert answer.prompt_tokens > other.prompt_tokens  # the closed thought stands in the prompt


def test_a_template_that_refuses_says_why(folder: Path) -> None:
    path = tiny_weights.make(folder / "moody.gguf", "llama", template=tiny_weights.RAISING)
    answer = one_answer(path, ask("1"))
    assert isinstance(answer, Broken)
    assert "moody.gguf does not work (this template answers only on Sundays)" in str(answer.error)


def test_adapters_bend_the_text_by_their_scales_and_can_be_taken_off_again(folder: Path) -> None:
    path = tiny_weights.make(folder / "bent.gguf", "llama")
    one = tiny_weights.make_adapter(folder / "warm.gguf", seed=5)
    two = tiny_weights.make_adapter(folder / "short.gguf", seed=6)
    engine = LlamaEngine(path)
    try:
        texts = {}
        for name, chosen in {
            "none": (), "one": ((one, 1.0),), "half": ((one, 0.05),), "both": ((one, 1.0), (two, 1.0)), "off": (),
            "nothing": ((one, 0.0),),
        }.items():  # fmt: skip
            engine.use_adapters(chosen)
            texts[name] = only(written(engine, [ask(name)])).text
        assert texts["none"] == texts["off"] == texts["nothing"]
        assert len({texts[name] for name in ("none", "one", "half", "both")}) == 4
    finally:
        engine.close()
    fresh = LlamaEngine(path, adapters=[(one, 1.0), (two, 1.0)])
    try:
        assert only(written(fresh, [ask("1")])).text == texts["both"]
    finally:
        fresh.close()


@pytest.mark.parametrize(("kind", "width", "why"), [("qwen2", 64, "mismatch"), ("llama", 96, "incorrect shape")])
def test_an_adapter_made_for_other_weights_is_refused_in_plain_words(
    folder: Path, kind: str, width: int, why: str
) -> None:
    engine = LlamaEngine(tiny_weights.make(folder / f"for-{kind}.gguf", kind))
    adapter = tiny_weights.make_adapter(folder / f"alien-{kind}.gguf", width=width)
    try:
        before = only(written(engine, [ask("1")])).text
        with pytest.raises(UserError, match=f"alien-{kind}.gguf was not made for for-{kind}.gguf .*{why}"):
            engine.use_adapters([(adapter, 1.0)])
        with pytest.raises(UserError, match="no longer there"):
            engine.use_adapters([(folder / "gone.gguf", 1.0)])
        assert only(written(engine, [ask("1")])).text == before
    finally:
        engine.close()


def test_an_adapter_that_does_not_fit_from_the_start_breaks_the_request_and_says_so(folder: Path) -> None:
    path = tiny_weights.make(folder / "start.gguf", "qwen2")
    engine = LlamaEngine(path, adapters=[(tiny_weights.make_adapter(folder / "alien.gguf"), 1.0)])
    try:
        (broken,) = written(engine, [ask("1")])
        assert isinstance(broken, Broken)
        assert "alien.gguf was not made for start.gguf" in str(broken.error)
        engine.use_adapters(())
        assert only(written(engine, [ask("1")])).text
    finally:
        engine.close()
