"""Command line, environment and settings file into one frozen value, built once.

First found wins: the command line, `DATELINE_…` variables, `settings.toml` in the home folder, the default.
Nothing below `bot.assemble` sees this object.
"""

from __future__ import annotations

import json
import os
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import is_dataclass
from operator import attrgetter
from pathlib import Path
from typing import Annotated, Literal, get_args, get_origin, get_type_hints

from platformdirs import user_cache_path
from pydantic import AfterValidator, BeforeValidator, Field, SecretStr, ValidationError, model_validator
from pydantic.fields import FieldInfo
from pydantic_core import ErrorDetails
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)

from bot.follows.settings import FollowSettings
from bot.http.settings import HttpSettings
from bot.telegram.settings import TelegramSettings
from bot.web import WebSettings
from bot.writing.settings import LlmSettings
from index.errors import BadSetting
from index.storage.postgres.address import DatabaseAddress, is_database

FILE_NAME = "settings.toml"


def _database(value: object) -> object:
    """An address; none where it is left empty."""
    return (DatabaseAddress(value) if value else None) if isinstance(value, str) else value


def _databases(value: object) -> object:
    """Several addresses."""
    found = several(value) if isinstance(value, str) else value
    return [_database(one) for one in found] if isinstance(found, list | tuple) else found


class Settings(BaseSettings):
    """Everything that can be set; each description is what `dateline settings` shows."""

    model_config = SettingsConfigDict(
        env_prefix="DATELINE_",
        env_nested_delimiter="__",
        enable_decoding=False,  # several values need not be JSON: see `several`
        extra="forbid",
        frozen=True,
    )

    home: Path = Field(description="the folder that everything of one archive lives under")
    archive: Annotated[DatabaseAddress | None, BeforeValidator(_database)] = Field(
        None,
        description="the PostgreSQL database that the archive is kept in, postgresql://…; none: a file in the"
        " home folder",
    )
    archive_replicas: Annotated[tuple[DatabaseAddress, ...], BeforeValidator(_databases)] = Field(
        (),
        description="replicas of that database to read from, postgresql://…, …; one that is behind or down is"
        " passed over",
    )
    cache: Annotated[Path, AfterValidator(Path.expanduser)] = Field(
        default_factory=lambda: user_cache_path("dateline", appauthor=False),
        description="the folder that compiled encoders are kept under, and whose turn it is to ask a host,"
        " for every home",
    )
    encoder: str = Field(
        "all-MiniLM-L6-v2",
        description="a sentence-transformers model: a folder, or a name that is cached offline",
    )
    precision: Literal["auto", "int8", "float32", "reference"] = Field(
        "auto",
        description="how the encoder runs: compiled in int8 or float32, whichever is measured to be quicker"
        " here (auto), or by sentence-transformers itself (reference)",
    )
    hits: int = Field(12, ge=1, le=100, description="passages that a question is answered from")
    reader: bool = Field(
        True, description="whether the trained reader weighs sentences and finds short answers"
    )
    index_from: int = Field(
        250_000, ge=1, description="passages from which Chroma's index is kept; below, search is exact"
    )
    http: HttpSettings = Field(HttpSettings(), description="how `dateline serve` guards itself")
    telegram: TelegramSettings = Field(
        TelegramSettings(), description="the Telegram bot; there is one when a token is set"
    )
    watch: bool = Field(
        False, description="whether `dateline serve` also reads the feeds that were added, as they allow"
    )
    web: WebSettings = Field(WebSettings(), description="how pages and feeds are fetched")
    follows: FollowSettings = Field(
        FollowSettings(), description="questions that are asked again whenever articles come in"
    )
    llm: LlmSettings = Field(
        LlmSettings(), description="the language model that writes answers; without a model they are quoted"
    )

    @property
    def archive_home(self) -> Path | DatabaseAddress:
        """Where the archive itself is kept."""
        return self.archive or self.home

    @model_validator(mode="before")
    @classmethod
    def _several(cls, given: dict[str, object]) -> dict[str, object]:
        """A variable of the environment is one text; where several values are expected, it may hold them."""
        return {name: _split(value, cls.model_fields[name].annotation if name in cls.model_fields else None)
                for name, value in given.items()}  # fmt: skip

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """The command line, the environment, the home folder's file; no `.env` of the working folder."""
        given = init_settings()
        home = Path(given.get("home") or default_home())
        return init_settings, env_settings, _file_of(settings_cls, home / FILE_NAME)


def _file_of(settings_cls: type[BaseSettings], path: Path) -> TomlConfigSettingsSource:
    """The settings file; raises `BadSetting` here: pydantic takes a `ValueError` for the fault of a value."""
    try:
        return TomlConfigSettingsSource(settings_cls, path)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as exc:
        raise BadSetting(f"{path}: {exc}, expected TOML such as hits = 12") from exc


def _split(values: object, record: object) -> object:
    """The settings of a nested record, those that hold several values as such."""
    if not (isinstance(values, dict) and isinstance(record, type) and is_dataclass(record)):
        return values
    hints = get_type_hints(record)
    return {
        name: several(value) if isinstance(value, str) and get_origin(hints.get(name)) is tuple else value
        for name, value in values.items()
    }


def several(text: str) -> object:
    """A text as several values: '["Who?", "When?"]', "https://a.example, https://b.example", "7, -1001".

    What has white space within a value ("Who came, and when?") is one value, unless it is JSON.
    """
    if text.lstrip().startswith("["):
        try:
            return json.loads(text)
        except ValueError:
            return text  # which is then refused by name
    parts = [part.strip() for part in text.split(",") if part.strip()]
    return [text.strip()] if any(len(part.split()) > 1 for part in parts) else parts


def default_home() -> Path:
    """`DATELINE_HOME`, or `~/.dateline`, also where that names a database."""
    named = os.environ.get("DATELINE_HOME") or ""
    return Path.home() / ".dateline" if not named or is_database(named) else Path(named)


def load_settings(given: Mapping[str, str | Path]) -> Settings:
    """The settings, with what the command line gave on top.

    A home that names a database is where the archive is; what else a home folder holds is in the default one.

    Raises:
        BadSetting: a value is none, a key is unknown, or the settings file is not TOML; every fault is named.
    """
    named = str(given.get("home") or os.environ.get("DATELINE_HOME") or "")
    kept: Mapping[str, object] = {"archive": named} if is_database(named) else {}
    home = default_home() if kept else Path(given.get("home") or default_home())
    try:
        return Settings.model_validate({**given, **kept, "home": home.expanduser()})
    except ValidationError as exc:
        raise BadSetting("; ".join(map(_explain, exc.errors()))) from exc


def effective(settings: Settings) -> dict[str, str]:
    """Every setting by name as text ("http.workers"), secrets masked."""
    return {name: _masked(attrgetter(name)(settings)) for name in described()}


def described() -> dict[str, str]:
    """What every setting is, by name ("http.workers"), in one sentence."""
    told: dict[str, str] = {}
    for name, field in Settings.model_fields.items():
        parts: dict[str, FieldInfo] = getattr(field.annotation, "__pydantic_fields__", {})
        inside = {f"{name}.{key}": part for key, part in parts.items()} or {name: field}
        told |= {key: part.description or "" for key, part in inside.items()}
    return told


def _masked(value: object) -> str:
    if isinstance(value, tuple) and any(isinstance(one, DatabaseAddress) for one in value):
        return ", ".join(map(str, value))  # without passwords
    return "•••" if isinstance(value, SecretStr) and value.get_secret_value() else str(value)


def _explain(error: ErrorDetails) -> str:
    name = ".".join(str(part) for part in error["loc"])
    if error["type"] in {"extra_forbidden", "unexpected_keyword_argument"}:
        return f"{name!r} is no setting (any more); `dateline settings` shows those that there are"
    given = "•••" if _may_be_secret(error["loc"]) else repr(error["input"])
    return f"setting {name!r} is {given}: {error['msg'][:1].lower()}{error['msg'][1:]}"


def _may_be_secret(place: Sequence[int | str]) -> bool:
    """Whether what was given at a place is a secret, or holds one: a section given as one text, too."""
    found: object = Settings
    for part in place:
        inside = get_type_hints(found).get(str(part)) if isinstance(found, type) else None
        if inside is None:
            break  # a number in a list, or one kind of several: told by what is around it
        found = inside
    return _holds_secrets(found)


def _holds_secrets(kind: object) -> bool:
    if is_dataclass(kind) and isinstance(kind, type) and kind is not DatabaseAddress:
        return any(map(_holds_secrets, get_type_hints(kind).values()))
    return kind in (SecretStr, DatabaseAddress) or any(map(_holds_secrets, get_args(kind)))
