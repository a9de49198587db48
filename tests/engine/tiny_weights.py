"""Tiny random GGUFs of many kinds, made with the `gguf` package: real files that llama.cpp loads in milliseconds.

They write nonsense made of a few words. What they show is that every kind of memory, vocabulary and template is
handled: attention, a sliding window, a state that runs along (Mamba), both at once (LFM2), an encoder, an adapter.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import gguf
import numpy as np
import numpy.typing as npt

EMBEDDING, HEADS, KEY_HEADS, LAYERS, FEED = 64, 4, 2, 2, 128
CONTEXT = 2048
WINDOW = 16  # tokens Gemma 3's sliding layers look back on

WORDS = [
    "bamboo",
    "board",
    "oak",
    "tray",
    "wood",
    "linen",
    "towel",
    "blue",
    "small",
    "kitchen",
    "garden",
    "soft",
    "holds",
    "cups",
    "made",
    "of",
    "with",
    "and",
    "a",
    "the",
    "it",
    "is",
    "for",
    "has",
    "two",
    "handles",
    "steady",
    "dries",
    "fast",
    "stands",
    "size",
    "grain",
]
MARKS = (".", "!", ",", "\n")
CONTROL = ("<|im_start|>", "<|im_end|>", "<think>", "</think>")
CHAT = (
    "{% for message in messages %}<|im_start|>{{ message.role }}\n{{ message.content }}<|im_end|>\n{% endfor %}"
    "{% if add_generation_prompt %}<|im_start|>assistant\n{% endif %}"
)
THINKING = CHAT.replace(
    "<|im_start|>assistant\n{% endif %}",
    "<|im_start|>assistant\n{% if enable_thinking is defined and not enable_thinking %}<think>\n\n</think>\n\n"
    "{% else %}<think>\n{% endif %}{% endif %}",
)
RAISING = "{{ raise_exception('this template answers only on Sundays') }}"

Array = npt.NDArray[np.float32]


class _Maker:
    """Collects the tensors and settings of one file."""

    def __init__(self, path: Path, architecture: str, seed: int) -> None:
        self.writer = gguf.GGUFWriter(path, architecture)
        self.architecture = architecture
        self._dice = np.random.default_rng(seed)

    def random(self, name: str, *shape: int, scale: float = 0.2) -> None:
        """Add a matrix; the last number is the length of its rows."""
        self.give(name, self._dice.normal(0, scale, shape))

    def same(self, name: str, value: float, *shape: int) -> None:
        """Add a tensor of one value."""
        self.give(name, np.full(shape, value))

    def give(self, name: str, values: npt.NDArray[np.floating]) -> None:
        """Add a tensor."""
        self.writer.add_tensor(name, values.astype(np.float32))

    def number(self, key: str, value: int | float | list[int]) -> None:
        """Add a setting of this architecture."""
        name = f"{self.architecture}.{key}"
        if isinstance(value, list):
            self.writer.add_array(name, value)
        elif isinstance(value, float):
            self.writer.add_float32(name, value)
        else:
            self.writer.add_uint32(name, value)

    def close(self) -> None:
        """Write the file."""
        self.writer.write_header_to_file()
        self.writer.write_kv_data_to_file()
        self.writer.write_tensors_to_file()
        self.writer.close()


def make(path: Path, kind: str, *, template: str = CHAT, seed: int = 1) -> Path:
    """Write a GGUF of ``kind`` (a key of `KINDS`); an empty ``template`` makes base weights."""
    maker = _Maker(path, kind, seed)
    vocabulary = _vocabulary(maker, template)
    maker.number("context_length", CONTEXT)
    maker.number("embedding_length", EMBEDDING)
    maker.number("block_count", LAYERS)
    KINDS[kind](maker, vocabulary)
    maker.close()
    return path


def make_adapter(path: Path, *, scale: float = 4.0, width: int = EMBEDDING, seed: int = 5) -> Path:
    """Write a LoRA adapter for the "llama" weights; another ``width`` makes one that does not fit them."""
    maker = _Maker(path, "llama", seed)
    maker.writer.add_type("adapter")
    maker.writer.add_string("adapter.type", "lora")
    maker.writer.add_float32("adapter.lora.alpha", 8.0)
    for layer in range(LAYERS):
        for name in ("attn_q", "attn_output", "ffn_up"):
            out = FEED if name == "ffn_up" else width
            maker.random(f"blk.{layer}.{name}.weight.lora_a", 8, width, scale=scale)
            maker.random(f"blk.{layer}.{name}.weight.lora_b", out, 8, scale=scale)
    maker.close()
    return path


def _pieces() -> Iterator[tuple[str, float, gguf.TokenType]]:
    yield "<unk>", 0.0, gguf.TokenType.UNKNOWN
    yield "<s>", 0.0, gguf.TokenType.CONTROL
    yield "</s>", 0.0, gguf.TokenType.CONTROL
    for byte in range(256):
        yield f"<0x{byte:02X}>", 0.0, gguf.TokenType.BYTE
    for mark in CONTROL:
        yield mark, 0.0, gguf.TokenType.CONTROL
    # A vocabulary of this kind puts words together piece by piece, so each beginning of a word must be a piece.
    parts = {f"▁{word}"[:length] for word in WORDS for length in range(1, len(word) + 1)} | set("".join(WORDS))
    for part in sorted(parts - {f"▁{word}" for word in WORDS}):
        yield part, -float(20 - len(part)), gguf.TokenType.NORMAL
    for word in WORDS:
        yield f"▁{word}", -1.0, gguf.TokenType.NORMAL
    for mark in MARKS:
        yield mark, -1.0, gguf.TokenType.NORMAL


def _vocabulary(maker: _Maker, template: str) -> int:
    tokens, scores, kinds = zip(*_pieces(), strict=True)
    writer = maker.writer
    writer.add_tokenizer_model("llama")
    writer.add_token_list(list(tokens))
    writer.add_token_scores(list(scores))
    writer.add_token_types([int(kind) for kind in kinds])
    writer.add_bos_token_id(1)
    writer.add_eos_token_id(tokens.index("<|im_end|>") if template else 2)
    writer.add_add_bos_token(True)
    if template:
        writer.add_chat_template(template)
    return len(tokens)


def _ends(maker: _Maker, vocabulary: int, *, norm: str = "output_norm") -> None:
    """Add what reads tokens and what says them: words are far likelier than bare bytes."""
    loud = np.where(np.arange(vocabulary) >= vocabulary - len(WORDS) - len(MARKS), 1.0, 0.02)[:, None]
    table = np.random.default_rng(9).normal(0, 0.5, (vocabulary, EMBEDDING)) * loud
    maker.give("token_embd.weight", table)
    maker.same(f"{norm}.weight", 1.0, EMBEDDING)
    maker.give("output.weight", np.random.default_rng(10).normal(0, 0.6, (vocabulary, EMBEDDING)) * loud)


def _attention(maker: _Maker, layer: int, *, bias: bool = False, normed: bool = False) -> None:
    size, narrow = EMBEDDING // HEADS, EMBEDDING // HEADS * KEY_HEADS
    for name, out in (("attn_q", EMBEDDING), ("attn_k", narrow), ("attn_v", narrow)):
        maker.random(f"blk.{layer}.{name}.weight", out, EMBEDDING)
        if bias:
            maker.random(f"blk.{layer}.{name}.bias", out)
    maker.random(f"blk.{layer}.attn_output.weight", EMBEDDING, EMBEDDING)
    if normed:
        maker.same(f"blk.{layer}.attn_q_norm.weight", 1.0, size)
        maker.same(f"blk.{layer}.attn_k_norm.weight", 1.0, size)


def _feed(maker: _Maker, layer: int) -> None:
    maker.random(f"blk.{layer}.ffn_gate.weight", FEED, EMBEDDING)
    maker.random(f"blk.{layer}.ffn_up.weight", FEED, EMBEDDING)
    maker.random(f"blk.{layer}.ffn_down.weight", EMBEDDING, FEED)


def _heads(maker: _Maker, key_heads: int | list[int] = KEY_HEADS) -> None:
    maker.number("attention.head_count", HEADS)
    maker.number("attention.head_count_kv", key_heads)
    maker.number("attention.layer_norm_rms_epsilon", 1e-6)
    maker.number("feed_forward_length", FEED)
    maker.number("rope.freq_base", 10000.0)


def _transformer(*, bias: bool = False, normed: bool = False) -> Callable[[_Maker, int], None]:
    def build(maker: _Maker, vocabulary: int) -> None:
        _heads(maker)
        _ends(maker, vocabulary)
        for layer in range(LAYERS):
            maker.same(f"blk.{layer}.attn_norm.weight", 1.0, EMBEDDING)
            maker.same(f"blk.{layer}.ffn_norm.weight", 1.0, EMBEDDING)
            _attention(maker, layer, bias=bias, normed=normed)
            _feed(maker, layer)

    return build


def _gemma3(maker: _Maker, vocabulary: int) -> None:
    _heads(maker)
    maker.number("attention.key_length", EMBEDDING // HEADS)
    maker.number("attention.value_length", EMBEDDING // HEADS)
    maker.number("attention.sliding_window", WINDOW)
    _ends(maker, vocabulary)
    for layer in range(LAYERS):
        for name in ("attn_norm", "ffn_norm", "post_attention_norm", "post_ffw_norm"):
            maker.same(f"blk.{layer}.{name}.weight", 1.0, EMBEDDING)
        _attention(maker, layer, normed=True)
        _feed(maker, layer)


def _mamba(maker: _Maker, vocabulary: int) -> None:
    inner, state, rank, kernel = 2 * EMBEDDING, 16, 4, 4
    for key, value in (("conv_kernel", kernel), ("inner_size", inner), ("state_size", state), ("time_step_rank", rank)):
        maker.number(f"ssm.{key}", value)
    maker.number("attention.layer_norm_rms_epsilon", 1e-6)
    maker.number("feed_forward_length", 0)
    maker.number("attention.head_count", 0)
    _ends(maker, vocabulary)
    for layer in range(LAYERS):
        at = f"blk.{layer}"
        maker.same(f"{at}.attn_norm.weight", 1.0, EMBEDDING)
        maker.random(f"{at}.ssm_in.weight", 2 * inner, EMBEDDING)
        maker.random(f"{at}.ssm_conv1d.weight", inner, kernel)
        maker.random(f"{at}.ssm_conv1d.bias", inner)
        maker.random(f"{at}.ssm_x.weight", rank + 2 * state, inner)
        maker.random(f"{at}.ssm_dt.weight", inner, rank)
        maker.random(f"{at}.ssm_dt.bias", inner)
        maker.give(f"{at}.ssm_a", -0.01 * np.tile(np.arange(1, state + 1), (inner, 1)))
        maker.same(f"{at}.ssm_d", 1.0, inner)
        maker.random(f"{at}.ssm_out.weight", EMBEDDING, inner)


def _lfm2(maker: _Maker, vocabulary: int) -> None:
    kernel = 3
    _heads(maker, [0, KEY_HEADS])  # the first layer has a state that runs along, the second attention
    maker.number("shortconv.l_cache", kernel)
    _ends(maker, vocabulary, norm="token_embd_norm")
    for layer in range(LAYERS):
        maker.same(f"blk.{layer}.attn_norm.weight", 1.0, EMBEDDING)
        maker.same(f"blk.{layer}.ffn_norm.weight", 1.0, EMBEDDING)
        _feed(maker, layer)
    maker.random("blk.0.shortconv.conv.weight", EMBEDDING, kernel)
    maker.random("blk.0.shortconv.in_proj.weight", 3 * EMBEDDING, EMBEDDING)
    maker.random("blk.0.shortconv.out_proj.weight", EMBEDDING, EMBEDDING)
    _attention(maker, 1, normed=True)


def _bert(maker: _Maker, vocabulary: int) -> None:
    maker.number("attention.head_count", HEADS)
    maker.number("attention.layer_norm_epsilon", 1e-6)
    maker.number("feed_forward_length", FEED)
    maker.number("pooling_type", 1)
    maker.writer.add_bool("bert.attention.causal", False)
    maker.writer.add_token_type_count(2)
    maker.random("token_embd.weight", vocabulary, EMBEDDING)
    maker.random("position_embd.weight", CONTEXT, EMBEDDING)
    maker.random("token_types.weight", 2, EMBEDDING)
    names = [
        "token_embd_norm",
        *(f"blk.{n}.{w}" for n in range(LAYERS) for w in ("attn_output_norm", "layer_output_norm")),
    ]
    for name in names:
        maker.same(f"{name}.weight", 1.0, EMBEDDING)
        maker.same(f"{name}.bias", 0.0, EMBEDDING)
    for layer in range(LAYERS):
        shapes = {"attn_q": (EMBEDDING, EMBEDDING), "attn_k": (EMBEDDING, EMBEDDING), "attn_v": (EMBEDDING, EMBEDDING),
                  "attn_output": (EMBEDDING, EMBEDDING), "ffn_up": (FEED, EMBEDDING), "ffn_down": (EMBEDDING, FEED)}  # fmt: skip
        for name, (out, into) in shapes.items():
            maker.random(f"blk.{layer}.{name}.weight", out, into)
            maker.random(f"blk.{layer}.{name}.bias", out)


KINDS: dict[str, Callable[[_Maker, int], None]] = {
    "llama": _transformer(),
    "qwen2": _transformer(bias=True),
    "qwen3": _transformer(normed=True),
    "gemma3": _gemma3,
    "mamba": _mamba,
    "lfm2": _lfm2,
    "bert": _bert,
}
WRITERS = tuple(kind for kind in KINDS if kind != "bert")
RUNNING = ("mamba", "lfm2")  # a state that can be neither lent in part nor wound back
