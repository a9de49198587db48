"""GGUF files on this machine: found, read, added, verified, removed."""

from desktop_app.weights.fit import can_write
from desktop_app.weights.gguf import read_header
from desktop_app.weights.shelf import add, file_sha256, find, installed, remove, starter, verify

__all__ = ["add", "can_write", "file_sha256", "find", "installed", "read_header", "remove", "starter", "verify"]
