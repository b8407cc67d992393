"""The SHA-256 of files that went through the bot, fetched once from Telegram."""

from enum import StrEnum

from sqlalchemy import BigInteger, Column, String, Table

from storage.moment import Moment
from storage.tables.base import metadata, words


class Lack(StrEnum):
    """Why there is no digest; the words stand where the digest would."""

    TOO_BIG = "文件超过20MB，未取校验值"
    GONE = "Telegram已无此文件，未取校验值"
    FAILED = "取文件未成，未取校验值"


file_digests = Table(
    "file_digests",
    metadata,
    Column("file_id", String(255), primary_key=True),
    Column("sha256", String(64)),
    Column("size", BigInteger),
    Column("at", Moment),  # none: on its way
    Column("lack", words(Lack, 40)),
)
