"""Each setting is read from the environment, and a wrong one is named in a sentence."""

from pathlib import Path

import pytest
from pydantic import SecretStr

from bot.platforms.telegram import DEFAULT_BASE
from bot.settings import Settings, SettingsWrong, load_settings

READ = {
    "token": ("1:sandbox", "1:sandbox"),
    "api_base": ("http://127.0.0.1:8081", "http://127.0.0.1:8081"),
    "database_url": ("postgresql+asyncpg://127.0.0.1/lianxin", "postgresql+asyncpg://127.0.0.1/lianxin"),
    "city": ("somewhere/city", Path("somewhere/city")),
    "model": ("somewhere/model", Path("somewhere/model")),
    "var": ("somewhere/var", Path("somewhere/var")),
    "webhook_url": ("https://hall.example/webhook", "https://hall.example/webhook"),
    "webhook_secret": ("a-secret-of-its-own", "a-secret-of-its-own"),
    "webhook_port": ("8444", 8444),
    "hold_seconds": ("2.5", 2.5),
    "offer_to_join": ("true", True),
    "pacing": ("false", False),
    "log_level": ("DEBUG", "DEBUG"),
}


@pytest.fixture(autouse=True)
def nothing_is_set(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in Settings.model_fields:
        monkeypatch.delenv(f"LIANXIN_{name.upper()}", raising=False)


def test_every_setting_is_tried_here():
    assert set(READ) == set(Settings.model_fields)


@pytest.mark.parametrize("name", READ)
def test_a_setting_is_read_from_the_environment(monkeypatch: pytest.MonkeyPatch, name: str):
    spelled, meant = READ[name]
    monkeypatch.setenv("LIANXIN_TOKEN", "1:sandbox")
    monkeypatch.setenv("LIANXIN_WEBHOOK_SECRET", "a-secret-of-its-own")
    monkeypatch.setenv(f"LIANXIN_{name.upper()}", spelled)
    read = getattr(load_settings(), name)
    assert (read.get_secret_value() if isinstance(read, SecretStr) else read) == meant


@pytest.mark.parametrize("secret", [None, "", "short", "not a secret, for it has blanks"])
def test_a_webhook_without_a_good_secret_is_refused(monkeypatch: pytest.MonkeyPatch, secret: str | None):
    monkeypatch.setenv("LIANXIN_TOKEN", "1:sandbox")
    monkeypatch.setenv("LIANXIN_WEBHOOK_URL", "https://hall.example/webhook")
    if secret is not None:
        monkeypatch.setenv("LIANXIN_WEBHOOK_SECRET", secret)
    with pytest.raises(SettingsWrong, match="LIANXIN_WEBHOOK_URL needs LIANXIN_WEBHOOK_SECRET"):
        load_settings()


def test_without_a_token_the_sentence_says_what_to_set():
    with pytest.raises(SettingsWrong) as wrong:
        load_settings()
    assert str(wrong.value) == "LIANXIN_TOKEN is not set. Set it in the environment and start again."


@pytest.mark.parametrize(("name", "spelled"), [("hold_seconds", "-1"), ("hold_seconds", "soon"), ("pacing", "perhaps")])
def test_a_setting_that_cannot_be_used_is_named(monkeypatch: pytest.MonkeyPatch, name: str, spelled: str):
    monkeypatch.setenv("LIANXIN_TOKEN", "1:sandbox")
    monkeypatch.setenv(f"LIANXIN_{name.upper()}", spelled)
    with pytest.raises(SettingsWrong, match=rf"LIANXIN_{name.upper()} cannot be used: .+\. Correct it"):
        load_settings()


def test_what_is_given_goes_before_the_environment(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("LIANXIN_TOKEN", "1:sandbox")
    assert load_settings(token="2:other").token.get_secret_value() == "2:other"


def test_the_token_is_not_shown(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("LIANXIN_TOKEN", "123456:AAsecret")
    settings = load_settings()
    assert "AAsecret" not in f"{settings} {settings!r} {settings.model_dump()}"


@pytest.mark.parametrize(("base", "abroad"), [(DEFAULT_BASE, True), ("http://127.0.0.1:8081/", False)])
def test_only_the_platforms_own_servers_are_abroad(base: str, *, abroad: bool):
    assert load_settings(token="1:sandbox", api_base=base).servers_abroad is abroad
