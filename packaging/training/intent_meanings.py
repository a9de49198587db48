"""Read the usual examples of what customers want with the starter weights; run again after a change of them.

`assets/replies/intents.npz` then holds the weights' checksum, the texts and what they mean (half precision).
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from desktop_app.language import intent_list  # noqa: E402
from desktop_app.settings import Settings  # noqa: E402
from desktop_app.tasks import engines  # noqa: E402
from desktop_app.tasks.library import meaning_mark  # noqa: E402


def main() -> None:
    """Write the file and say how many texts it holds."""
    engine = engines.engine_for(Settings())
    assert engine is not None, "the starter weights are missing: run `make setup`"
    texts = [text for one in intent_list.usual().values() for text in one.examples] + list(intent_list.strangers())
    texts = list(dict.fromkeys(texts))
    rows = np.concatenate([engine.embed(texts[n : n + 64], query=True) for n in range(0, len(texts), 64)])
    target = ROOT / "assets" / "replies" / "intents.npz"
    np.savez_compressed(target, weights=meaning_mark(engine), texts=np.array(texts), meanings=rows.astype(np.float16))
    engine.close()
    print(f"{len(texts)} texts in {target.name}")


if __name__ == "__main__":
    main()
