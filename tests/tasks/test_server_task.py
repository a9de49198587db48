"""A server writes only where it was switched on, and its key is kept where it belongs."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator

import keyring
import pytest
from keyring.backend import KeyringBackend
from keyring.backends import fail

from desktop_app import paths
from desktop_app.engine import LlamaEngine
from desktop_app.engine.server import ServerEngine
from desktop_app.settings import Settings
from desktop_app.tasks import engines, machine, server

ON = Settings(server_on=True, server="http://10.0.0.2:8080", server_model="Qwen2.5-7B-Instruct")


class Ring(KeyringBackend):
    """A keyring in memory."""

    priority = 1.0  # type: ignore[assignment]

    def __init__(self) -> None:
        self.kept: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        del self.kept[service, username]


@pytest.fixture(params=[Ring, fail.Keyring])
def ring(request: pytest.FixtureRequest) -> Iterator[KeyringBackend]:
    before = keyring.get_keyring()
    keyring.set_keyring(request.param())
    yield keyring.get_keyring()
    keyring.set_keyring(before)


def test_a_key_is_kept_for_its_address_alone_and_can_be_forgotten(ring: KeyringBackend) -> None:
    inside = server.keep_key("10.0.0.2:8080", "sk-secret")
    assert inside == isinstance(ring, Ring)
    assert server.has_key("http://10.0.0.2:8080/v1/")
    assert not server.has_key("http://10.0.0.3:8080")
    assert not any("sk-secret" in f.read_text("utf-8") for f in paths.config().rglob("settings.json"))
    if not inside and sys.platform != "win32":
        assert os.stat(paths.config() / "server.key").st_mode & 0o077 == 0
    server.keep_key("10.0.0.2:8080", "")
    assert not server.has_key("10.0.0.2:8080")
    assert not (paths.config() / "server.key").exists()


def test_nothing_goes_to_a_server_that_is_not_switched_on() -> None:
    off = Settings(server_on=False, server="http://10.0.0.2:8080")
    made = engines.engine_for(off)
    assert isinstance(made, LlamaEngine)
    made.close()
    assert server.goes_to(off) == ""


def test_once_switched_on_the_server_writes_and_the_merchant_is_told_where() -> None:
    made = engines.engine_for(ON)
    assert isinstance(made, ServerEngine)
    assert made.address == "http://10.0.0.2:8080/v1"
    made.close()
    assert server.goes_to(ON) == "10.0.0.2"
    chosen = engines.chosen_weights(ON)
    assert chosen is not None
    assert (chosen.name, chosen.parameters) == ("Qwen2.5-7B-Instruct", 7_000_000_000)


def test_a_server_on_this_computer_is_nowhere_else() -> None:
    assert server.goes_to(Settings(server_on=True, server="localhost:11434")) == ""


def test_adapters_are_read_from_the_settings_with_their_scales() -> None:
    found = engines.adapters(Settings(adapters=("0.5 /a b/warm.gguf", "x /c.gguf")))
    assert [(str(path), scale) for path, scale in found] == [("/a b/warm.gguf", 0.5)]


def test_bulk_rests_on_battery_only_if_the_merchant_wishes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(machine, "on_battery", lambda: True)
    assert machine.rests(Settings(battery_pause=True))
    assert not machine.rests(Settings(battery_pause=False))


def test_the_processor_is_seen_and_a_build_without_cards_says_so() -> None:
    found = machine.devices()
    assert not found.failed
    assert any(device.kind == "cpu" and device.total > 0 for device in found.all)
    assert found.able or not found.cards
