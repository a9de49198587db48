"""GGUF files on this machine: found, read, added, verified, removed."""

from desktop_app.weights.bent import bent
from desktop_app.weights.catalogue import Catalogue, Recommended
from desktop_app.weights.fit import active, can_write
from desktop_app.weights.gguf import Layout, layout, read_header
from desktop_app.weights.hub import HUB, MIRRORS, Arrived, Offer, Way, arrived, forget, get
from desktop_app.weights.shelf import add, file_sha256, find, installed, is_inside, remove, starter, verify

__all__ = [
    "HUB", "MIRRORS", "Arrived", "Catalogue", "Layout", "Offer", "Recommended", "Way", "active", "add", "arrived",
    "bent", "can_write", "file_sha256", "find", "forget", "get", "installed", "is_inside", "layout", "read_header",
    "remove", "starter", "verify",
]  # fmt: skip
