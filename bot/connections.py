"""What of the configuration is about the outside: Telegram's servers and the database."""

from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, SecretStr, field_validator, model_validator

from bot.pace import Pace


class Section(BaseModel):
    """A section of the file: an unknown key is a mistake, not a wish."""

    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)


class Webhook(Section):
    """[telegram.webhook]: where Telegram brings updates when mode is "webhook".

    A proxy with the certificate stands before `listen`:`port` and passes on what comes to `url`.
    """

    listen: str = "127.0.0.1"
    port: Annotated[int, Field(ge=1, le=65535)] = 8443
    url: str = ""
    secret_token: SecretStr = SecretStr("")

    @field_validator("url")
    @classmethod
    def _is_https(cls, url: str) -> str:
        if url and not url.startswith("https://"):
            raise ValueError("应以 https:// 开头（Telegram 只向 https 地址推送）")
        return url

    @field_validator("secret_token")
    @classmethod
    def _is_allowed(cls, secret: SecretStr) -> SecretStr:
        text = secret.get_secret_value()
        if len(text) > 256 or any(not (c.isascii() and (c.isalnum() or c in "_-")) for c in text):
            raise ValueError("只能用英文字母、数字、_ 和 -，至多256个")
        return secret


class Telegram(Section):
    """[telegram]: the bot's account and how it reaches Telegram, or a Bot API server of one's own."""

    token: SecretStr = SecretStr("")
    base_url: str = "https://api.telegram.org/bot"
    base_file_url: str = "https://api.telegram.org/file/bot"
    mode: Literal["polling", "webhook"] = "polling"
    messages_per_second: Annotated[float, Field(ge=0, le=30)] = Pace.overall
    webhook: Webhook = Webhook()

    @field_validator("token")
    @classmethod
    def _is_token(cls, token: SecretStr) -> SecretStr:
        number, _, rest = token.get_secret_value().partition(":")
        if token.get_secret_value() and not (
            number.isdigit() and rest and rest.isascii() and rest.isprintable()
        ):
            raise ValueError("不是机器人令牌的写法（向 @BotFather 发 /newbot 取得，数字、冒号、再一串字母）")
        return token

    @field_validator("base_url", "base_file_url")
    @classmethod
    def _is_address(cls, url: str) -> str:
        if not url.startswith(("https://", "http://")):
            raise ValueError("应以 https:// 或 http:// 开头")
        return url.rstrip("/")

    @model_validator(mode="after")
    def _webhook_is_whole(self) -> Self:
        if self.mode == "webhook" and not (self.webhook.url and self.webhook.secret_token.get_secret_value()):
            raise ValueError('mode = "webhook" 时，[telegram.webhook] 的 url 和 secret_token 都要填写')
        return self


class Health(Section):
    """[health]: where the pages for who watches the machine are served; port 0 serves none."""

    listen: str = "127.0.0.1"
    port: Annotated[int, Field(ge=0, le=65535)] = 0


class Storage(Section):
    """[database]: an SQLAlchemy address with an async driver; secret, since it may hold a password.

    `replicas` says that several `banjie run` share the work on one PostgreSQL (bot/replicas.py).
    """

    url: SecretStr = SecretStr("sqlite+aiosqlite:///banjie.db")
    replicas: bool = False

    @field_validator("url")
    @classmethod
    def _is_supported(cls, url: SecretStr) -> SecretStr:
        if not url.get_secret_value().startswith(("sqlite+aiosqlite://", "postgresql+asyncpg://")):
            raise ValueError("应以 sqlite+aiosqlite:// 或 postgresql+asyncpg:// 开头")
        return url

    @model_validator(mode="after")
    def _can_be_shared(self) -> Self:
        if self.replicas and self.url.get_secret_value().startswith("sqlite"):
            raise ValueError("replicas = true 要用 PostgreSQL：SQLite 同时只能由一个 banjie run 使用")
        return self
