"""A copy of weights with an adapter's sums in it, held against ggml's own arithmetic."""

from __future__ import annotations

from pathlib import Path

import gguf
import numpy as np
import pytest

from desktop_app import weights

LAYERS, WIDE, RANK = 2, 64, 4


@pytest.fixture
def plain(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Weights of two layers, one matrix of four bits and one plain vector each."""
    monkeypatch.setenv("ZHANGGUI_WEIGHTS", str(tmp_path / "weights"))
    dice = np.random.default_rng(1)
    path = tmp_path / "plain.gguf"
    writer = gguf.GGUFWriter(path, "bert")
    four = gguf.GGMLQuantizationType.Q4_0
    for layer in range(LAYERS):
        matrix = gguf.quants.quantize(dice.normal(size=(WIDE, WIDE)).astype(np.float32), four)
        writer.add_tensor(f"blk.{layer}.attn_q.weight", matrix, raw_dtype=four)
        writer.add_tensor(f"blk.{layer}.attn_q.bias", dice.normal(size=WIDE + 3).astype(np.float32))
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
    return path


def adapter(path: Path, name: str = "attn_q", wide: int = WIDE) -> Path:
    dice = np.random.default_rng(2)
    np.savez(path, **{f"{name}.a": dice.normal(size=(LAYERS, RANK, wide)).astype(np.float16),
                      f"{name}.b": dice.normal(size=(LAYERS, wide, RANK)).astype(np.float16)})  # fmt: skip
    return path


def numbers(path: Path) -> dict[str, np.ndarray]:
    return {t.name: gguf.quants.dequantize(t.data, t.tensor_type) for t in gguf.GGUFReader(path).tensors}


def test_what_an_adapter_adds_is_in_the_copy_and_all_else_as_it_was(plain: Path, tmp_path: Path) -> None:
    file = adapter(tmp_path / "bend.npz")
    before, after, added = numbers(plain), numbers(weights.bent(plain, file)), np.load(file)
    for layer in range(LAYERS):
        wanted = before[f"blk.{layer}.attn_q.weight"] + added["attn_q.b"][layer].astype(np.float32) @ added["attn_q.a"][
            layer
        ].astype(np.float32)
        step = np.abs(wanted.reshape(-1, 32)).max(1) / 127
        off = np.abs(after[f"blk.{layer}.attn_q.weight"] - wanted).reshape(-1, 32).max(1)
        assert (off <= step * 0.51).all()
        np.testing.assert_array_equal(after[f"blk.{layer}.attn_q.bias"], before[f"blk.{layer}.attn_q.bias"])
    assert weights.read_header(weights.bent(plain, file)).architecture == "bert"


def test_the_copy_is_made_once_and_an_older_one_goes(plain: Path, tmp_path: Path) -> None:
    first = weights.bent(plain, adapter(tmp_path / "bend.npz"))
    made = first.stat().st_mtime_ns
    assert weights.bent(plain, tmp_path / "bend.npz").stat().st_mtime_ns == made
    np.savez(tmp_path / "bend.npz", **{key: value * 2 for key, value in np.load(tmp_path / "bend.npz").items()})
    second = weights.bent(plain, tmp_path / "bend.npz")
    assert list(second.parent.iterdir()) == [second]
    assert second != first


@pytest.mark.parametrize(("name", "wide"), [("attn_k", WIDE), ("attn_q", 32), ("attn_q", 96)])
def test_an_adapter_for_other_weights_is_refused_and_nothing_is_left(
    plain: Path, tmp_path: Path, name: str, wide: int
) -> None:
    with pytest.raises(ValueError, match="attn"):
        weights.bent(plain, adapter(tmp_path / "bend.npz", name, wide))
    assert list((tmp_path / "weights" / "bent").iterdir()) == []


def test_the_copies_are_not_offered_as_weights_of_their_own(plain: Path, tmp_path: Path) -> None:
    weights.bent(plain, adapter(tmp_path / "bend.npz"))
    assert weights.installed() == []
