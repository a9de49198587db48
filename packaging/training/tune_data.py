"""Put all that tuning the weights for meaning needs into one file: their layers, and the labelled texts as tokens."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

import gguf
import numpy as np

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path[:0] = [str(ROOT), str(Path(__file__).resolve().parent)]

from labelled import Labelled, kind_of, opinions, polarity  # noqa: E402
from polarity import key_of  # noqa: E402

from desktop_app import weights  # noqa: E402
from desktop_app.engine import llama  # noqa: E402
from desktop_app.engine.meaning import Meaning  # noqa: E402
from desktop_app.formats.aspect_files import aspect_rows  # noqa: E402
from desktop_app.tasks.aspect_targets import stretches_of  # noqa: E402
from desktop_app.tasks.understanding import stretches  # noqa: E402

ASPECTS = (("en_mams_acsa_val.xml", "mams-acsa", 1.0), ("en_mams_atsa_val.xml", "mams-atsa", 1.0),
           ("en_product_reviews_1_aspects.csv", "columns", 1.0), ("zh_asap_train_sample.csv", "asap", 0.7),
           ("zh_asap_dev_sample.csv", "asap", 0.7))  # fmt: skip
KINDS = ("negative", "neutral", "positive")
Row = tuple[str, str, bool, int, float]  # text, kind of shop, held out, class, weight


def whole_texts(folder: Path) -> list[Row]:
    """Return every text whose polarity is known; class 1 is praise."""
    return [(r.text, kind_of(r), r.held_out or not r.weight, int(r.positive), r.weight) for r in polarity(folder)]


def remarks(folder: Path) -> list[Row]:
    """Return every stretch of which one aspect is marked, and sentences without an opinion as neutral."""
    found: list[Row] = []
    for name, form, weight in ASPECTS:
        for text, targets in aspect_rows(folder / name, form):
            apart, spans = Labelled("", text, True).held_out, stretches(text)
            for target in targets:
                own = stretches_of(text, spans, target)
                if len(own) == len(spans) > 1:
                    continue  # nobody knows where it speaks of that
                share = weight / max(len(own), 1)
                found += [(text[a:b], kind_of(Labelled(name, text, True)), apart, KINDS.index(target.polarity), share)
                          for a, b in (spans[n] for n in own)]  # fmt: skip
    plain = [r for r in opinions(folder) if not r.positive]
    return found + [(r.text, kind_of(r), r.held_out, 1, 0.3) for r in plain]


def others(folder: Path, known: set[str]) -> list[Row]:
    """Return what the later heads are asked about beside that; nothing is tuned on it."""
    texts = [text for name, form, _w in ASPECTS for text, targets in aspect_rows(folder / name, form) if targets]
    pieces = {text[a:b] for text in [*texts, *(r.text for r in opinions(folder))] for a, b in stretches(text)}
    return [(text, "", False, 1, 0.0) for text in sorted({*pieces, *(r.text for r in opinions(folder))} - known)]


def layers(path: Path) -> tuple[dict[str, np.ndarray], np.ndarray]:
    """Return the layers, those of one name stacked, and the vectors of all tokens."""
    read = {t.name: gguf.quants.dequantize(t.data, t.tensor_type).astype(np.float16)
            for t in gguf.GGUFReader(path).tensors}  # fmt: skip
    names = sorted({name.split(".", 2)[2] for name in read if name.startswith("blk.")})
    stacked = {name: np.stack([read[f"blk.{n}.{name}"] for n in range(12)]) for name in names}
    rest = {name: read[name] for name in ("position_embd.weight", "token_types.weight", "token_embd_norm.weight",
                                          "token_embd_norm.bias")}  # fmt: skip
    return stacked | rest, read["token_embd.weight"]


def main() -> None:
    """Write the file."""
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("out", type=Path)
    ask.add_argument("--data", type=Path, default=ROOT.parent / "shared" / "data" / "reviews")
    wishes = ask.parse_args()
    starter = weights.starter("meaning")
    assert starter is not None, "fetch the starter weights first: make setup"
    llama.start()
    meaning = Meaning(Path(starter.path), 1)
    meaning.of(["query: a"])
    whole, about = whole_texts(wishes.data), remarks(wishes.data)
    rows = [*whole, *about, *others(wishes.data, {row[0] for row in [*whole, *about]})]
    tokens = [meaning._parts(f"query: {row[0]}")[0] for row in rows]
    told, table = layers(Path(starter.path))
    known, flat = np.unique(np.concatenate(tokens), return_inverse=True)
    groups = sorted({row[1] for row in rows})
    told |= {"token_embd": table[known], "known": known, "tokens": flat.astype(np.int32)}
    told |= {"start": np.cumsum([0, *map(len, tokens)]), "keys": np.array([key_of(row[0]) for row in rows])}
    told |= {"groups": np.array(groups), "group": np.array([groups.index(row[1]) for row in rows])}
    told |= {"apart": np.array([row[2] for row in rows]), "label": np.array([row[3] for row in rows])}
    told |= {"weight": np.array([row[4] for row in rows], np.float32), "whole": np.arange(len(rows)) < len(whole)}
    np.savez_compressed(wishes.out, **told)


if __name__ == "__main__":
    main()
