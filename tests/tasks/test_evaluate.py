from __future__ import annotations

import csv
import itertools
import json
import threading
from pathlib import Path

import pytest

from desktop_app.errors import UserError
from desktop_app.tasks import evaluate
from desktop_app.tasks.evaluate import Row, Score


def scored(path: Path) -> tuple[list[Row], Score]:
    found = list(
        evaluate.evaluate_facts(threading.Event(), path=path, attributes="attributes_json", text="description_html")
    )
    rows, score = [r for r in found if isinstance(r, Row)], found[-1]
    assert isinstance(score, Score)
    return rows, score


def lines(folder: Path, *texts: str) -> Path:
    attributes = {"name": "Oak tray", "material": "oak", "size": "40 x 28 cm"}
    file = folder / "texts.jsonl"
    rows = [{"attributes_json": json.dumps(attributes), "description_html": text} for text in texts]
    file.write_text("\n".join(json.dumps(row) for row in rows), "utf-8")
    return file


def test_a_text_its_facts_carry_scores_whole_and_an_invented_one_does_not(tmp_path: Path) -> None:
    rows, score = scored(lines(tmp_path, "<p>An oak tray, 40 x 28 cm.</p>", "<p>A walnut tray from Paris, 90 cm.</p>"))
    assert rows[0].predicted == ()
    assert rows[0].covered == rows[0].facts == 2
    assert any("90" in found for found in rows[1].predicted)
    assert score.metrics["supported_share"] == 0.5


@pytest.mark.parametrize("count", [25, pytest.param(146, marks=pytest.mark.long)])
def test_every_row_of_the_real_pairs_is_answered(shared: Path, tmp_path: Path, count: int) -> None:
    pairs = shared / "data" / "text" / "en_magento_attributes_to_description.csv"
    with pairs.open(encoding="utf-8", newline="") as file, (tmp_path / "some.csv").open("w", encoding="utf-8") as some:
        csv.writer(some).writerows(itertools.islice(csv.reader(file), count + 1))
    rows, score = scored(tmp_path / "some.csv")
    assert len(rows) == score.n == count


def test_a_missing_column_is_named(tmp_path: Path) -> None:
    file = tmp_path / "x.csv"
    file.write_text("a,b\n1,2\n", "utf-8")
    with pytest.raises(UserError, match="attributes_json"):
        scored(file)
