"""What is said of each marked aspect, on the fifth of every file that the head never saw: `benchmarks/aspects.py`.

Beside ours: the commonest polarity, the words of praise and blame in the aspect's own stretch, and the polarity of the
whole sentence for all its aspects. Macro-F1 is over praised, neutral and criticised. Where a file marks categories, the
line below says how well they are found unasked: F1 of each, meaned, with taking those that most texts speak of for
spoken of in all, and looking for the plain name of a category, beside it.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "packaging" / "training")]

from labelled import Labelled  # noqa: E402

from desktop_app.formats.aspect_files import Target, aspect_rows  # noqa: E402
from desktop_app.language.opinion_words import leaning  # noqa: E402
from desktop_app.settings import Settings  # noqa: E402
from desktop_app.tasks.aspect_finding import finding_scores  # noqa: E402
from desktop_app.tasks.aspect_targets import read_targets, stretches_of  # noqa: E402
from desktop_app.tasks.reading import open_reader  # noqa: E402
from desktop_app.tasks.understanding import CERTAIN, Reader  # noqa: E402

FILES = {
    "MAMS, categories": (("en_mams_acsa_val.xml", "mams-acsa"),),
    "MAMS, terms": (("en_mams_atsa_val.xml", "mams-atsa"),),
    "product reviews": (("en_product_reviews_1_aspects.csv", "columns"),),
    "ASAP": (("zh_asap_train_sample.csv", "asap"), ("zh_asap_dev_sample.csv", "asap")),
}
KINDS = ("positive", "neutral", "negative")


def scores(truth: Sequence[str], told: Sequence[str]) -> tuple[float, float]:
    """Return macro-F1 and the share that is right."""
    pairs, total = list(zip(truth, told, strict=True)), 0.0
    for kind in KINDS:
        right = sum(t == p == kind for t, p in pairs)
        total += 2 * right / max(sum((t == kind) + (p == kind) for t, p in pairs), 1)
    return total / len(KINDS), sum(t == p for t, p in pairs) / len(pairs)


def sign(value: float, within: float = 0.0) -> str:
    """Return the polarity of a number."""
    return "neutral" if abs(value) <= within else "positive" if value > 0 else "negative"


def told_of(reader: Reader, rows: Sequence[tuple[str, Sequence[Target]]]) -> dict[str, list[str]]:
    """Return what each way says of every marked aspect."""
    texts, wanted = [text for text, _targets in rows], [targets for _text, targets in rows]
    ours, looked, _places = read_targets(reader, texts, wanted)
    truth = [target.polarity for targets in wanted for target in targets]
    words, whole = list[str](), list[str]()
    for text, targets, spans, score in zip(texts, wanted, looked.spans, looked.whole, strict=True):
        for target in targets:
            own = [text[spans[n][0] : spans[n][1]] for n in stretches_of(text, spans, target)]
            words.append(sign(leaning(" ".join(own))))
            whole.append(sign(float(score), CERTAIN))
    most = Counter(truth).most_common(1)[0][0]
    return {"truth": truth, "ours": list(ours), "majority": [most] * len(truth), "words": words, "sentence": whole}


def main() -> None:
    """Read what was held out and print a line a file."""
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("--data", type=Path, default=ROOT.parent / "shared" / "data" / "reviews")
    wishes = ask.parse_args()
    reader, engine = open_reader(Settings())
    try:
        for name, files in FILES.items():
            rows = [
                (text, targets) for file, form in files for text, targets in aspect_rows(wishes.data / file, form)
                if targets and Labelled("", text, True).held_out
            ]  # fmt: skip
            told = told_of(reader, rows)
            truth = told.pop("truth")
            said = ", ".join("{} {:.3f} / {:.3f}".format(way, *scores(truth, found)) for way, found in told.items())
            print(f"{name}, {len(truth)} aspects (macro-F1 / right): {said}", flush=True)
            if found := finding_scores([text for text, _targets in rows], [targets for _text, targets in rows]):
                print("    found unasked: " + ", ".join(f"{key} {value}" for key, value in found.items()))
    finally:
        if engine is not None:
            engine.close()


if __name__ == "__main__":
    main()
