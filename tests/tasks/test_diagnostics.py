"""The report for whoever helps: it says what is broken and nothing of the shop."""

from __future__ import annotations

import json
import threading
import zipfile
from pathlib import Path

import pytest

from desktop_app import paths
from desktop_app.errors import Cancelled, UserError
from desktop_app.settings import Settings
from desktop_app.tasks import diagnostics

LOG = """2026-11-25 15:52:01,123 ERROR desktop_app.ui.worker a job failed for "Oak tray" of 张三 <li@shop.cn>
Traceback (most recent call last):
  File "/home/zhang san/apps/zhanggui/desktop_app/ui/worker.py", line 141, in _do
    result = job.work(self._connection(), job.stop)
  File "C:\\Users\\Zhang\\zhanggui\\desktop_app\\shop\\shop.py", line 12, in open
ValueError: could not read 13800138000 of 张三 in /home/zhang san/shop.zhanggui
llama: loading /home/zhang/weights/a.gguf with 42 layers, call +86 138 0013 8000
"""


def drawn() -> str:
    return "drawn"


def report(tmp_path: Path, settings: Settings | None = None) -> dict[str, str]:
    path = tmp_path / "report.zip"
    *_checks, last = diagnostics.save(path, settings or Settings(), drawn, threading.Event())
    assert last == path
    with zipfile.ZipFile(path) as found:
        return {name: found.read(name).decode() for name in found.namelist()}


def test_nothing_of_a_person_or_a_shop_is_left_in_a_log() -> None:
    told = diagnostics.masked(LOG)
    for secret in ("张三", "li@shop.cn", "13800138000", "0013", "Oak tray", "zhang", "Zhang", "/home", "Users"):
        assert secret not in told, secret
    assert 'File "…/ui/worker.py", line 141, in _do' in told
    assert 'File "…/shop\\shop.py", line 12, in open' in told
    assert "ValueError: …" in told
    assert "2026-11-25 15:52:01,123 ERROR desktop_app.ui.worker a job failed" in told
    assert "with 42 layers" in told


def test_the_report_holds_results_machine_weights_and_logs(tmp_path: Path) -> None:
    (paths.logs() / "window.log").write_text(LOG, "utf-8")
    shop = Settings(recent=("/home/zhang/店.zhanggui",), proxy="http://me:secret@127.0.0.1:1", weights="/x/y.gguf")
    found = report(tmp_path, shop)
    assert set(found) >= {"check.txt", "machine.json", "settings.json", "weights.json", "logs/window.log"}
    assert "ok  writing" in found["check.txt"]
    assert json.loads(found["machine.json"])["memory"] > 0
    assert any(one["starter"] for one in json.loads(found["weights.json"]))
    whole = "".join(found.values())
    for secret in ("店", "zhang", "secret", str(Path.home() / "x")[:-1]):
        assert secret not in whole.replace("zhanggui", ""), secret


def test_a_folder_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="cannot be written"):
        list(diagnostics.save(tmp_path / "none" / "r.zip", Settings(), drawn, threading.Event()))


def test_a_stop_leaves_no_file(tmp_path: Path) -> None:
    stop = threading.Event()
    saving = diagnostics.save(tmp_path / "r.zip", Settings(), drawn, stop)
    next(saving)
    stop.set()
    with pytest.raises(Cancelled):
        list(saving)
    assert list(tmp_path.iterdir()) == []
