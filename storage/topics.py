"""Which topic of a forum a row for a group goes to: where /bind was said, or where one has just spoken."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from notices.notice import Urgency
from storage.outbox import Kind
from storage.tables import units

Spoken = tuple[int, int]
"""A group and the topic in it, by Telegram's ids."""


def spoken_in(raw: Mapping[str, Any]) -> Spoken | None:
    """The topic an update was said or tapped in; None outside of topics, as in General."""
    query = raw.get("callback_query")
    message = query.get("message") if isinstance(query, dict) else raw.get("message")
    if not isinstance(message, dict) or not message.get("is_topic_message"):
        return None
    chat, topic = message.get("chat"), message.get("message_thread_id")
    if not isinstance(chat, dict) or not isinstance(topic, int) or "id" not in chat:
        return None
    return int(chat["id"]), topic


async def directed(
    session: AsyncSession, rows: Sequence[dict[str, Any]], spoken: Spoken | None
) -> list[dict[str, Any]]:
    """The rows, those for groups with the topic they go to: an answer to where it was asked for."""
    groups = {row["chat_id"] for row in rows if row["kind"] is Kind.MESSAGE and (row["chat_id"] or 0) < 0}
    if not groups:
        return list(rows)
    found = await session.execute(
        select(units.c.group_chat_id, units.c.group_topic_id).where(units.c.group_chat_id.in_(groups))
    )
    bound = {row.group_chat_id: row.group_topic_id for row in found}
    directed = []
    for row in rows:
        topic = bound.get(row["chat_id"]) if row["chat_id"] in groups else None
        if spoken is not None and row["chat_id"] == spoken[0] and row["urgency"] is Urgency.ANSWER:
            topic = spoken[1]
        is_new = row["kind"] is Kind.MESSAGE and topic is not None
        directed.append({**row, "payload": {**row["payload"], "topic": topic}} if is_new else row)
    return directed
