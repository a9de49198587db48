"""Text in, text out: the weights, in a process of their own, behind one seam."""

from desktop_app.engine.llama_engine import LlamaEngine
from desktop_app.engine.scripted import ScriptedEngine
from desktop_app.engine.seam import (
    Began,
    Broken,
    Check,
    Ended,
    Engine,
    EngineEvent,
    Measures,
    Message,
    Refused,
    Request,
    Sampling,
    Vectors,
    Written,
)

__all__ = [
    "Began",
    "Broken",
    "Check",
    "Ended",
    "Engine",
    "EngineEvent",
    "LlamaEngine",
    "Measures",
    "Message",
    "Refused",
    "Request",
    "Sampling",
    "ScriptedEngine",
    "Vectors",
    "Written",
]
