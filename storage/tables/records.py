"""What came in, what is to go out, what is due, and what was decided."""

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    SmallInteger,
    String,
    Table,
    Text,
    UniqueConstraint,
    text,
)

from notices.notice import State
from storage.moment import Moment
from storage.outbox import Kind
from storage.tables.base import LongId, metadata, words

inbox = Table(
    "inbox",
    metadata,
    Column("update_id", BigInteger, primary_key=True, autoincrement=False),
    Column("chat_key", BigInteger, nullable=False),  # the order is kept within one chat
    Column("payload", Text),  # cleared once done: what people write is kept where it belongs, not here
    Column("received_at", Moment, nullable=False),
    Column(
        "acted_at", Moment
    ),  # when the person acted, where that is known to be earlier (see storage.inbox)
    Column("done_at", Moment),
    Column("failed", Boolean, nullable=False, server_default=text("false")),
    Column("error", String(300)),  # why it failed, for who looks at what is parked
    Column("retries", SmallInteger, nullable=False, server_default="0"),
    Column("message_id", BigInteger),
    Column("album", String(64)),  # what was sent together bears the same (Bot API, media_group_id)
    Column("written_at", Moment),  # by Telegram's clock; of an edit, when that was made
    Column("refused", Boolean, nullable=False, server_default=text("false")),  # for a secrecy mark
)
Index(
    "ix_inbox_album",
    inbox.c.album,
    sqlite_where=inbox.c.album.is_not(None),
    postgresql_where=inbox.c.album.is_not(None),
)
Index(  # what was written in one chat within moments: looked for with every message (storage/together.py)
    "ix_inbox_chat_key_written_at",
    inbox.c.chat_key,
    inbox.c.written_at,
    sqlite_where=inbox.c.written_at.is_not(None),
    postgresql_where=inbox.c.written_at.is_not(None),
)
Index(
    "ix_inbox_waiting",
    inbox.c.update_id,
    sqlite_where=inbox.c.done_at.is_(None),
    postgresql_where=inbox.c.done_at.is_(None),
)
Index("ix_inbox_done_at", inbox.c.done_at)

outbox = Table(
    "outbox",
    metadata,
    Column("id", LongId, primary_key=True),
    Column("once", String(120), nullable=False, unique=True),
    Column("kind", words(Kind), nullable=False),
    Column("official_id", ForeignKey("officials.id")),
    Column("chat_id", BigInteger),
    Column("payload", JSON, nullable=False),
    Column("content", LargeBinary),
    Column("subject", String(120), nullable=False, server_default=""),
    Column("card", String(60)),
    Column("receipt", String(60)),
    Column("target_id", ForeignKey("outbox.id")),
    Column("urgency", SmallInteger, nullable=False),
    Column("state", words(State), nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("sent_at", Moment),
    Column("message_id", BigInteger),
    Column(
        "message_ids", JSON(none_as_null=True)
    ),  # of an album, in the order of its files; None for one not taken
    Column("error", String(300)),
)
Index(
    "ix_outbox_waiting",
    outbox.c.id,
    sqlite_where=text("state = 'waiting'"),
    postgresql_where=text("state = 'waiting'"),
)
Index(
    "ix_outbox_card",
    outbox.c.card,
    sqlite_where=text("card IS NOT NULL"),
    postgresql_where=text("card IS NOT NULL"),
)
Index(
    "ix_outbox_receipt",
    outbox.c.receipt,
    sqlite_where=text("receipt IS NOT NULL"),
    postgresql_where=text("receipt IS NOT NULL"),
)
_NOBODYS = text("chat_id IS NULL AND official_id IS NOT NULL")
Index(  # what was for somebody without an account (storage/queries/sent.py)
    "ix_outbox_unbound", outbox.c.official_id, sqlite_where=_NOBODYS, postgresql_where=_NOBODYS
)
Index(  # what the clock reminds people of, until all of one moment is known (storage/held.py)
    "ix_outbox_held",
    outbox.c.id,
    sqlite_where=text("state = 'held'"),
    postgresql_where=text("state = 'held'"),
)
Index(  # the edits of a message
    "ix_outbox_target_id",
    outbox.c.target_id,
    sqlite_where=text("target_id IS NOT NULL"),
    postgresql_where=text("target_id IS NOT NULL"),
)
Index("ix_outbox_created_at", outbox.c.created_at)
Index("ix_outbox_chat_id_message_id", outbox.c.chat_id, outbox.c.message_id)  # which message was tapped

timers = Table(
    "timers",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("kind", String(40), nullable=False),
    Column("subject_id", Integer, nullable=False),
    Column("due_at", Moment, nullable=False),
    Column("next_at", Moment, nullable=False, index=True),
    Column("attempts", SmallInteger, nullable=False, server_default="0"),
    UniqueConstraint("kind", "subject_id"),
    sqlite_autoincrement=True,  # an id is never used again: notices derive their key from it
)

audit = Table(
    "audit",
    metadata,
    Column("id", LongId, primary_key=True),
    Column("at", Moment, nullable=False),
    Column("actor_id", ForeignKey("officials.id")),  # none: 系统
    Column("actor", String(120), nullable=False),  # as it was then: people change posts
    Column("acting_for", String(120)),
    Column("action", String(60), nullable=False),
    Column("subject", String(60), nullable=False, index=True),
    Column("article", SmallInteger),
    Column("update_id", BigInteger),
    Column("detail", JSON, nullable=False),
    Column("previous", String(64), nullable=False, unique=True),
    Column("hash", String(64), nullable=False, unique=True),
)

audit_head = Table(
    "audit_head",
    metadata,
    Column("id", SmallInteger, primary_key=True, autoincrement=False),
    Column("hash", String(64), nullable=False),
)

calendar_days = Table(
    "calendar_days",
    metadata,
    Column("date", Date, primary_key=True),
    Column("working", Boolean, nullable=False),
    Column("source", String(120), nullable=False),
    Column("festival", String(40), nullable=False, server_default=""),
)

drafts = Table(
    "drafts",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("official_id", ForeignKey("officials.id"), nullable=False),
    Column("chat_id", BigInteger, nullable=False),
    Column("procedure", String(40), nullable=False),
    Column("title", String(40), nullable=False),
    Column("values", JSON, nullable=False),
    Column("problems", JSON, nullable=False),
    Column("asking", String(40)),
    Column("turn", Integer, nullable=False),
    Column("updated_at", Moment, nullable=False),
    Column("aside_at", Moment),
    Column("closed_at", Moment),
)
Index(
    "ix_drafts_open",
    drafts.c.official_id,
    drafts.c.chat_id,
    sqlite_where=drafts.c.closed_at.is_(None),
    postgresql_where=drafts.c.closed_at.is_(None),
)
