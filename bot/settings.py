"""The environment as one frozen value."""

import re
from pathlib import Path
from typing import Final

from pydantic import Field, SecretStr, ValidationError, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from bot.platforms.telegram import DEFAULT_BASE

_SECRET: Final = re.compile(r"[A-Za-z0-9_-]{16,256}")


class SettingsWrong(RuntimeError):  # noqa: N818 - read aloud it says what is wrong
    """A setting is missing or cannot be used; the sentence says which."""


class Settings(BaseSettings):
    """Everything that is set from outside, each by `LIANXIN_<NAME>`."""

    model_config = SettingsConfigDict(env_prefix="LIANXIN_", frozen=True, extra="ignore")

    token: SecretStr = Field(description="The bot's token, as the platform gave it.")
    api_base: str = Field(default=DEFAULT_BASE, description="The Bot API's address.")
    database_url: str = Field(
        default="sqlite:///var/lianxin.db",
        description="The database: sqlite:///file, or postgresql://user@host/name.",
    )
    city: Path | None = Field(default=None, description="A folder of TOML; the sample city where it is missing.")
    model: Path | None = Field(default=None, description="A trained model's folder; the starter model else.")
    var: Path = Field(default=Path("var"), description="Where models and other made files are kept.")
    webhook_url: str | None = Field(default=None, description="The public https address updates are sent to.")
    webhook_secret: SecretStr | None = Field(default=None, description="What the platform proves itself by.")
    webhook_port: int = Field(default=8443, ge=0, le=65535, description="The port on 127.0.0.1 for the webhook.")
    hold_seconds: float = Field(default=15, ge=0, description="Seconds a staff reply waits before it goes out.")
    offer_to_join: bool = Field(
        default=False, description="Offer citizens an open appeal that tells the same, to join."
    )
    pacing: bool = Field(default=True, description="Off only for tests against a sandbox without limits.")
    log_level: str = Field(default="INFO", description="DEBUG, INFO, WARNING or ERROR.")

    @model_validator(mode="after")
    def _webhook_has_a_secret(self) -> "Settings":
        """Refuse a webhook that anybody could write to."""
        secret = self.webhook_secret.get_secret_value() if self.webhook_secret else ""
        if self.webhook_url and not _SECRET.fullmatch(secret):
            raise ValueError(
                "LIANXIN_WEBHOOK_URL needs LIANXIN_WEBHOOK_SECRET: 16 to 256 letters, digits, _ and -, "
                "for example from `openssl rand -hex 32`"
            )
        return self

    @property
    def servers_abroad(self) -> bool:
        """Whether the messages pass servers in another country: a self-hosted or local API does not."""
        return "api.telegram.org" in self.api_base


def load_settings(**given: object) -> Settings:
    """Read the settings from the environment; raise SettingsWrong with a sentence that says what to set."""
    try:
        return Settings(**given)  # type: ignore[arg-type]  # the names are checked by pydantic itself
    except ValidationError as error:
        raise SettingsWrong(_sentence(error)) from None


def _sentence(error: ValidationError) -> str:
    first = error.errors()[0]
    if not first["loc"]:
        return f"{first['msg'].removeprefix('Value error, ')}. Set it in the environment and start again."
    name = f"LIANXIN_{str(first['loc'][0]).upper()}"
    if first["type"] == "missing":
        return f"{name} is not set. Set it in the environment and start again."
    return f"{name} cannot be used: {first['msg']}. Correct it and start again."
