"""The starter's Q4_1 matrices become Q8_0 and nothing else changes; numbers held against the gguf package's own."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import gguf
import numpy as np
import pytest

from desktop_app import weights
from desktop_app.records import Weights
from desktop_app.weights import manifest

FOLDER = Path(__file__).resolve().parents[2] / "packaging" / "starter"


def script(name: str) -> ModuleType:
    sys.path.insert(0, str(FOLDER))
    try:
        spec = importlib.util.spec_from_file_location(f"starter_{name}", FOLDER / f"{name}.py")
        assert spec is not None
        assert spec.loader is not None
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        return module
    finally:
        sys.path.remove(str(FOLDER))


def written(path: Path) -> dict[str, np.ndarray]:
    """Write a small GGUF with a Q4_1 matrix, a Q8_0 one, a row of zeros and a vector; return the numbers in it."""
    dice = np.random.default_rng(3)
    matrix = dice.normal(size=(8, 64)).astype(np.float32)
    matrix[2] = 0
    kinds = gguf.GGMLQuantizationType
    packed = gguf.quants.quantize(matrix, kinds.Q4_1)
    other = gguf.quants.quantize(dice.normal(size=(4, 32)).astype(np.float32), kinds.Q8_0)
    vector = dice.normal(size=7).astype(np.float32)
    writer = gguf.GGUFWriter(path, "llama")
    writer.add_file_type(3)
    writer.add_array("tokenizer.ggml.tokens", ["a", "中", ""])
    writer.add_array("numbers", [1, 2, 3])
    writer.add_tensor("first", packed, raw_dtype=kinds.Q4_1)
    writer.add_tensor("norm", vector)
    writer.add_tensor("second", other, raw_dtype=kinds.Q8_0)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
    return {"first": gguf.quants.dequantize(packed, kinds.Q4_1), "norm": vector, "second": np.asarray(other)}


def test_the_matrices_keep_their_numbers_and_all_else_its_bytes(tmp_path: Path) -> None:
    was = written(tmp_path / "old.gguf")
    script("q8").convert(tmp_path / "old.gguf", tmp_path / "new.gguf")
    made = gguf.GGUFReader(tmp_path / "new.gguf")
    kinds = gguf.GGMLQuantizationType
    first, norm, second = made.tensors
    assert [t.tensor_type for t in made.tensors] == [kinds.Q8_0, kinds.F32, kinds.Q8_0]
    numbers = gguf.quants.dequantize(first.data, kinds.Q8_0)
    step = np.abs(was["first"].reshape(8, 2, 32)).max(axis=2, keepdims=True) / 127
    assert (np.abs(numbers - was["first"]).reshape(8, 2, 32) <= step * 0.51 + 1e-6).all()
    assert not numbers[2].any()
    assert np.array_equal(norm.data, was["norm"])
    assert np.array_equal(second.data, was["second"])
    assert made.fields["general.file_type"].contents() == 7
    assert made.fields["tokenizer.ggml.tokens"].contents() == ["a", "中", ""]


def test_the_same_file_comes_out_each_time(tmp_path: Path) -> None:
    written(tmp_path / "old.gguf")
    q8 = script("q8")
    for name in ("one", "two"):
        q8.convert(tmp_path / "old.gguf", tmp_path / name)
    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()


def test_another_kind_of_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "x").write_bytes(b"PK\x03\x04" + bytes(100))
    with pytest.raises(ValueError, match="not a GGUF"):
        script("q8").convert(tmp_path / "x", tmp_path / "y")


def test_the_starter_of_an_earlier_version_makes_room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ZHANGGUI_WEIGHTS", str(tmp_path))
    old, own = tmp_path / "old.gguf", tmp_path / "own.gguf"
    for path in (old, own):
        written(path)
    manifest.save(tmp_path, [
        Weights("SmolLM2", str(old), old.stat().st_size, sha256="b179", starter=True),
        Weights("mine", str(own), own.stat().st_size, sha256="c0de"),
    ])  # fmt: skip
    script("fetch")._retire(tmp_path)
    assert not old.exists()
    assert [w.name for w in weights.installed()] == ["mine"]
