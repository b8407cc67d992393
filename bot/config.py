"""The configuration: one TOML file, its secrets also from the environment.

What an office may set for the Work Rules themselves stands in `rules` with its default; the sections here
take those very classes, so that no default is written twice. Whatever is wrong is told in one line that
names section and key with an example (`BadConfig`), never as a traceback.
"""

import os
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import fields
from datetime import time
from pathlib import Path
from typing import Annotated, Any, Self, TypeVar
from urllib.parse import urlsplit

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    SecretStr,
    ValidationError,
    create_model,
    field_validator,
    model_validator,
)

from bot.config_errors import EXAMPLES, mistake, place_in
from bot.connections import Health, Section, Storage, Telegram
from rules.binding import BindingTerms
from rules.hours import OfficeHours, Season, Session
from rules.leave.routes import LeaveRoutes
from rules.leave.terms import LeaveTerms
from rules.outage import OutageTerms
from rules.periods import Periods
from rules.reach_terms import PHONE, Channel
from rules.settings import Sections, Settings

C = TypeVar("C", bound=BaseModel)

DEFAULT_PATH = Path("config.toml")

SECRETS = {
    "BANJIE_TELEGRAM_TOKEN": ("telegram", "token"),
    "BANJIE_TELEGRAM_WEBHOOK_SECRET_TOKEN": ("telegram", "webhook", "secret_token"),
    "BANJIE_DATABASE_URL": ("database", "url"),
}
"""Environment variables, which go before the file, and the key each stands for."""

Whole = Annotated[int, Field(ge=1)]
Sessions = tuple[Annotated[str, Field(pattern=r"^\d{2}:\d{2}-\d{2}:\d{2}$")], ...]
ChannelName = Annotated[str, Field(min_length=1, max_length=20)]
MonthDay = Annotated[str, Field(pattern=r"^\d{2}-\d{2}$")]


class BadConfig(Exception):  # noqa: N818 - told to the person who wrote the file, one line for each mistake
    """The configuration cannot be used; `str()` is a line for each thing that is wrong."""


class OfficeNames(Section):
    """[office]: what the office is called in notices, who runs the bot, and which unit reviews the law."""

    name: Annotated[str, Field(min_length=1)] = Settings.office_name
    administrators: tuple[Annotated[str, Field(min_length=1)], ...] = Settings.administrators
    legal_review: Annotated[str, Field(min_length=1)] = Settings.legal_review


def _written(sessions: tuple[Session, ...]) -> Sessions:
    """Sessions as the file writes them: "08:30-12:00"."""
    return tuple(f"{begins:%H:%M}-{ends:%H:%M}" for begins, ends in sessions)


def _read(sessions: Sessions) -> tuple[Session, ...]:
    edges = [session.split("-") for session in sessions]
    return tuple((time.fromisoformat(begins), time.fromisoformat(ends)) for begins, ends in edges)


class SeasonHours(Section):
    """[[hours.seasons]]: hours that hold from one day of the year to another, both included."""

    first: MonthDay
    last: MonthDay
    sessions: Sessions

    @property
    def season(self) -> Season:
        """As the rules know it."""
        first, last = ((int(day[:2]), int(day[3:])) for day in (self.first, self.last))
        return Season(first, last, _read(self.sessions))

    @classmethod
    def of(cls, season: Season) -> Self:
        """As the file writes it."""
        first, last = (f"{month:02}-{day:02}" for month, day in (season.first, season.last))
        return cls(first=first, last=last, sessions=_written(season.sessions))

    @model_validator(mode="after")
    def _is_possible(self) -> Self:
        try:
            _ = self.season
        except ValueError as error:
            raise ValueError(_in_chinese(error)) from error
        return self


class Hours(Section):
    """[hours]: when the office is open, by season."""

    sessions: Sessions = _written(OfficeHours().sessions)
    seasons: tuple[SeasonHours, ...] = tuple(SeasonHours.of(season) for season in OfficeHours().seasons)

    @property
    def office_hours(self) -> OfficeHours:
        """As the rules know them."""
        return OfficeHours(_read(self.sessions), tuple(season.season for season in self.seasons))

    @model_validator(mode="after")
    def _is_possible(self) -> Self:
        try:
            _ = self.office_hours
        except ValueError as error:
            raise ValueError(_in_chinese(error)) from error
        return self


def _in_chinese(error: ValueError) -> str:
    """The rules' own sentence; what Python says of an impossible day or hour is put into words."""
    return str(error) if str(error).startswith("[") else "写了不存在的日期或时刻"


def _positive(terms: BindingTerms) -> BindingTerms:
    for name, value in vars(terms).items():
        if value < 1:
            raise ValueError(f"[binding] {name} 至少为1，现为{value}")
    return terms


class Leave(Section):
    """[leave]: who approves whose leave (art. 77), and how long things wait."""

    routes: LeaveRoutes = LeaveRoutes()
    nudge_after_hours: Whole = LeaveTerms.nudge_after_hours
    back_mornings: Whole = LeaveTerms.back_mornings

    @property
    def terms(self) -> LeaveTerms:
        """As the rules know them."""
        return LeaveTerms(self.nudge_after_hours, self.back_mornings)


class Fallback(Section):
    """[fallback.channels]: other ways to people, each an apprise address by the name it is shown under.

    An address with {phone} goes to one person's number. `$NAME` is taken from that environment variable.
    """

    channels: dict[Annotated[str, Field(min_length=1, max_length=20)], SecretStr] = Field(
        default_factory=dict
    )

    @field_validator("channels")
    @classmethod
    def _are_addresses(cls, channels: dict[str, SecretStr]) -> dict[str, SecretStr]:
        return {name: SecretStr(_address(name, url.get_secret_value())) for name, url in channels.items()}

    @property
    def known(self) -> tuple[Channel, ...]:
        """As the rules know them: their names, never their addresses."""
        return tuple(
            Channel(name, personal=PHONE in url.get_secret_value()) for name, url in self.channels.items()
        )

    @property
    def secrets(self) -> Iterator[str]:
        """Whatever in the addresses may be a secret: each as a whole, and its longer parts."""
        for url in self.channels.values():
            address = url.get_secret_value()
            yield address
            scheme, _, rest = address.partition("://")
            yield from (part for part in re.split(r"[/?&=:@,]", rest) if len(part) >= 6 and part != scheme)


def _address(name: str, url: str) -> str:
    if url.startswith("$"):
        variable = url[1:].strip("{}")
        url = os.environ.get(variable, "")
        if not url:
            raise ValueError(f"[fallback.channels] “{name}”写的是环境变量 {variable}，但没有设置它")
    if not re.match(r"[a-z][a-z0-9+.-]*://.", url):
        raise ValueError(
            f'[fallback.channels] “{name}”应是 apprise 的地址，例如 "mailtos://账号:密码@example.cn?to={PHONE}@139.com"'
        )
    return url


class Ticks(Section):
    """[clock]: how often the clock looks for what is due, and how long a silence of the line counts."""

    tick_seconds: Whole = 15
    outage_minutes: Whole = OutageTerms.outage_minutes


def _with_sections(config: type[C]) -> type[C]:
    """Those that the rules declare (`rules.settings.Sections`), each with its own defaults."""
    sections: dict[str, Any] = {
        each.name: (each.type, getattr(Settings(), each.name)) for each in fields(Sections)
    }
    return create_model(
        config.__name__, __base__=config, __module__=config.__module__, __doc__=config.__doc__, **sections
    )


@_with_sections
class Config(BaseModel):
    """The whole file. `settings` is the part that the rules know."""

    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)

    telegram: Telegram = Telegram()
    database: Storage = Storage()
    health: Health = Health()
    office: OfficeNames = OfficeNames()
    hours: Hours = Hours()
    deadlines: Periods = Periods()
    leave: Leave = Leave()
    fallback: Fallback = Fallback()
    binding: Annotated[BindingTerms, AfterValidator(_positive)] = BindingTerms()
    clock: Ticks = Ticks()

    @model_validator(mode="after")
    def _leaves_time_to_receive(self) -> Self:
        """A cut-off before the office opens would put every receipt off."""
        cut_off, hours = self.deadlines.cut_off, self.hours.office_hours
        openings = (sessions[0][0] for sessions in (hours.sessions, *(one.sessions for one in hours.seasons)))
        if cut_off is not None and cut_off <= (opening := max(openings)):
            late = f"{opening:%H:%M}以后，现为“{cut_off:%H:%M}”"
            raise ValueError(f"[deadlines] receipt_cut_off 应在上班时间{late}")
        return self

    @property
    def settings(self) -> Settings:
        """The office's own choices, for the floors below."""
        return Settings(
            office_name=self.office.name,
            administrators=self.office.administrators,
            legal_review=self.office.legal_review,
            periods=self.deadlines,
            hours=self.hours.office_hours,
            leave_routes=self.leave.routes,
            leave=self.leave.terms,
            binding=self.binding,
            outage=OutageTerms(self.clock.outage_minutes),
            channels=self.fallback.known,
            **{each.name: getattr(self, each.name) for each in fields(Sections)},
        )

    @property
    def secrets(self) -> tuple[str, ...]:
        """Every secret in plain, for the log to black out."""
        password = urlsplit(self.database.url.get_secret_value()).password
        found = (
            self.telegram.token.get_secret_value(),
            self.telegram.webhook.secret_token.get_secret_value(),
            *self.fallback.secrets,
        )
        return tuple(secret for secret in (*found, password) if secret)


def load(path: Path | None = None, *, token: bool = True) -> Config:
    """Read the file at `path`, or config.toml if there is one; `token` says whether one is needed."""
    where = path or DEFAULT_PATH
    if path and not path.is_file():
        raise BadConfig(f"找不到配置文件 {path}。可从 config.example.toml 复制一份，填上令牌即可。")
    try:
        given = tomllib.loads(where.read_text("utf-8")) if where.is_file() else {}
        config = Config.model_validate(_with_secrets(given, os.environ))
    except tomllib.TOMLDecodeError as error:
        raise BadConfig(
            f"{where.name}：不合 TOML 写法（{place_in(error)}）。"
            '文字要加英文双引号，如 name = "区政府办公室"。'
        ) from None
    except UnicodeDecodeError:
        raise BadConfig(f"{where.name}：文件不是 UTF-8 编码，请另存为 UTF-8。") from None
    except ValidationError as error:
        lines = dict.fromkeys(
            mistake(detail, Config, where.name, _in_use()) for detail in error.errors(include_url=False)
        )
        raise BadConfig("\n".join(lines)) from None
    if token and not config.telegram.token.get_secret_value():
        raise BadConfig(
            f"{where.name}：[telegram] 缺少 token。写上 {EXAMPLES['telegram', 'token']}"
            "（向 @BotFather 索取），或设置环境变量 BANJIE_TELEGRAM_TOKEN。"
        )
    return config


def _with_secrets(given: dict[str, Any], environment: Mapping[str, str]) -> dict[str, Any]:
    """What the file gave, and what the environment gives instead."""
    for variable, (*sections, key) in SECRETS.items():
        if value := environment.get(variable):
            place = given
            for section in sections:
                if not isinstance(place.get(section), dict):
                    place[section] = {}
                place = place[section]
            place[key] = value
    return given


def _in_use() -> dict[str, tuple[str, ...]]:
    return {variable: place for variable, place in SECRETS.items() if os.environ.get(variable)}
