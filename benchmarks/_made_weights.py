"""Make a GGUF of any size with nothing learned, to measure speed: given weights' vocabulary, random 4-bit blocks."""

from __future__ import annotations

import argparse
from pathlib import Path

import gguf
import numpy as np
import numpy.typing as npt

Bytes = npt.NDArray[np.uint8]
# width, blocks, heads, key heads, feed: the shapes of well-known weights of these classes
SHAPES = {"0.5b": (896, 24, 14, 2, 4864), "1.5b": (1536, 28, 12, 2, 8960), "7b": (4096, 32, 32, 8, 14336)}
BLOCK, PACKED = 32, 18  # weights in a block of Q4_0, and its bytes: a scale of 16 bits and 32 × 4 bits


def main() -> None:
    """Write the file."""
    wanted = argparse.ArgumentParser(description=__doc__)
    wanted.add_argument("target", type=Path)
    wanted.add_argument("--vocabulary", type=Path, required=True, help="a GGUF whose words to take")
    wanted.add_argument("--shape", choices=SHAPES, default="7b")
    given = wanted.parse_args()
    width, blocks, heads, key_heads, feed = SHAPES[given.shape]
    writer = gguf.GGUFWriter(given.target, "llama")
    words = _words(writer, given.vocabulary)
    for key, value in (("context_length", 32768), ("embedding_length", width), ("block_count", blocks),
                       ("attention.head_count", heads), ("attention.head_count_kv", key_heads),
                       ("feed_forward_length", feed)):  # fmt: skip
        writer.add_uint32(f"llama.{key}", value)
    writer.add_float32("llama.attention.layer_norm_rms_epsilon", 1e-5)
    writer.add_float32("llama.rope.freq_base", 10000.0)
    dice = np.random.default_rng(1)
    narrow = width // heads * key_heads
    matrices = {"attn_q": (width, width), "attn_k": (narrow, width), "attn_v": (narrow, width),
                "attn_output": (width, width), "ffn_gate": (feed, width), "ffn_up": (feed, width),
                "ffn_down": (width, feed)}  # fmt: skip
    for name in ("token_embd", "output"):
        _add(writer, f"{name}.weight", _random(dice, words, width))
    writer.add_tensor("output_norm.weight", np.ones(width, np.float32))
    drawn = {name: _random(dice, *shape) for name, shape in matrices.items()}  # every block holds the same numbers
    for block in range(blocks):
        for name in ("attn_norm", "ffn_norm"):
            writer.add_tensor(f"blk.{block}.{name}.weight", np.ones(width, np.float32))
        for name, values in drawn.items():
            _add(writer, f"blk.{block}.{name}.weight", values)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()


def _words(writer: gguf.GGUFWriter, path: Path) -> int:
    """Copy what is said of the vocabulary; return how many tokens it has."""
    reader = gguf.GGUFReader(path)
    for name, field in reader.fields.items():
        if not name.startswith("tokenizer."):
            continue
        kind = field.types[0]
        inner = field.types[-1] if kind is gguf.GGUFValueType.ARRAY else None
        writer.add_key_value(name, field.contents(), kind, inner)
    return len(reader.fields["tokenizer.ggml.tokens"].data)


def _random(dice: np.random.Generator, rows: int, columns: int) -> Bytes:
    """Return rows of Q4_0 blocks whose products keep about the size of what is multiplied."""
    blocks = dice.integers(0, 256, (rows, columns // BLOCK, PACKED), np.uint8)
    scale = np.array([1 / (4.6 * columns**0.5)], np.float16)  # 4.6: how far numbers of 4 bits lie from their middle
    blocks[..., :2] = scale.view(np.uint8)
    return blocks.reshape(rows, -1)


def _add(writer: gguf.GGUFWriter, name: str, values: Bytes) -> None:
    writer.add_tensor(name, values, raw_dtype=gguf.GGMLQuantizationType.Q4_0)


if __name__ == "__main__":
    main()
