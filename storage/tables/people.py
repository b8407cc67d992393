"""The roster (花名册) and how its people are bound to their Telegram accounts."""

from sqlalchemy import BigInteger, Column, ForeignKey, Integer, String, Table, Text

from rules.quiet.choice import Choice
from rules.roster import Role, UnitKind
from storage.moment import Moment
from storage.tables.base import metadata, words

units = Table(
    "units",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("name", String(40), nullable=False),
    Column("full_name", String(120), nullable=False),
    Column("kind", words(UnitKind), nullable=False),
    Column("portfolio_id", ForeignKey("officials.id", use_alter=True)),
    Column("group_chat_id", BigInteger, unique=True),
    Column("group_topic_id", BigInteger),
    Column("group_refused_at", Moment),
    Column("closed_at", Moment),
)

officials = Table(
    "officials",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("name", String(40), nullable=False, index=True),
    Column("unit_id", ForeignKey("units.id"), nullable=False, index=True),
    Column("post", String(60), nullable=False),
    Column("role", words(Role), nullable=False, index=True),
    Column("phone", String(40), nullable=False, server_default=""),
    Column("backup_id", ForeignKey("officials.id")),
    Column("telegram_id", BigInteger, unique=True),
    Column("left_at", Moment),
    Column("cleared_at", Moment),  # of who left: when what is personal was cut down (storage/leavers.py)
    Column("username", String(40), nullable=False, server_default=""),
    Column("quiet", words(Choice), nullable=False, server_default=Choice.ACTS),
)

binding_codes = Table(
    "binding_codes",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("official_id", ForeignKey("officials.id"), nullable=False, index=True),
    Column("code_hash", String(64), nullable=False, unique=True),
    Column("issued_at", Moment, nullable=False),
    Column("expires_at", Moment, nullable=False),
    Column("used_at", Moment),
    Column("revoked_at", Moment),
)

number_bindings = Table(
    "number_bindings",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("official_id", ForeignKey("officials.id"), nullable=False, index=True),
    Column("telegram_id", BigInteger, nullable=False, index=True),
    Column("account", Text, nullable=False),
    Column("asked_at", Moment, nullable=False),
    Column("bound_at", Moment),
    Column("refused_at", Moment),
)

wrong_tries = Table(
    "wrong_tries",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("telegram_id", BigInteger, nullable=False, index=True),
    Column("tried_at", Moment, nullable=False),
)
