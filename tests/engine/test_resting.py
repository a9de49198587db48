"""Work in bulk waits while the machine should rest; what somebody waits for does not."""

from __future__ import annotations

import threading
from pathlib import Path

from desktop_app.engine import Ended, LlamaEngine
from tests.engine import tiny_weights
from tests.engine.conftest import ask, endings, only, written


def test_bulk_waits_and_goes_on_and_the_text_somebody_waits_for_is_written(tmp_path: Path) -> None:
    resting = threading.Event()
    resting.set()
    engine = LlamaEngine(tiny_weights.make(tmp_path / "tiny.gguf", "llama"), rests=resting.is_set)
    ended: list[Ended] = []
    job = threading.Thread(
        target=lambda: ended.extend(endings(written(engine, [ask(str(n), max_tokens=4) for n in range(5)])))
    )
    try:
        job.start()
        assert only(written(engine, [ask("now", max_tokens=4, priority="interactive")])).text
        assert ended == []
        resting.clear()
        job.join(60)
        assert len(ended) == 5
    finally:
        engine.close()


def test_a_resting_job_can_be_stopped(tmp_path: Path) -> None:
    engine = LlamaEngine(tiny_weights.make(tmp_path / "tiny.gguf", "llama"), rests=lambda: True)
    stop = threading.Event()
    threading.Timer(0.2, stop.set).start()
    assert list(engine.run([ask("1")], stop)) == []
    engine.close()
