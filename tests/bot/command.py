"""`banjie` as the administrator types it, and the token of the bot that it runs."""

from collections.abc import Callable
from pathlib import Path

TOKEN = "123456789:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw"

Banjie = Callable[..., tuple[int, str, str]]


def configure(base_url: str, token: str = TOKEN) -> None:
    Path("config.toml").write_text(
        f'[telegram]\ntoken = "{token}"\nbase_url = "{base_url}"\n', encoding="utf-8"
    )
