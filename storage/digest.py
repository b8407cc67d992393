"""The SHA-256 of files: asked for when a file is taken in, fetched by delivery (bot/digests.py).

A file stays with Telegram; what we keep is its handle, and the digest by which anybody can check that a file
they hold is the one that went round.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.dialects import postgresql, sqlite

from notices.notice import Urgency
from storage.outbox import Kind, row_of
from storage.tables import file_digests
from storage.tables.digest import Lack
from storage.unit_of_work import UnitOfWork

__all__ = ["Digest", "Lack", "enter", "of", "wanted"]

PENDING = "校验值正在取，尚未取到"


@dataclass(frozen=True)
class Digest:
    """What is known of a file's content: `sha256` in hexadecimal and `size` in bytes, or what is in the way.

    Without either it is still on its way, which takes seconds where Telegram can be reached.
    """

    file_id: str
    sha256: str | None = None
    size: int | None = None
    at: datetime | None = None
    lack: Lack | None = None

    @property
    def text(self) -> str:
        """The digest as it stands on a paper, or honestly why there is none."""
        return self.sha256 or self.lack or PENDING


async def wanted(work: UnitOfWork, *file_ids: str) -> None:
    """Have the digests of these files fetched; one that was asked for before is not fetched again."""
    ids = list(dict.fromkeys(filter(None, file_ids)))
    if not ids:
        return
    dialect = sqlite if work.office.database.is_sqlite else postgresql
    statement = dialect.insert(file_digests).on_conflict_do_nothing(index_elements=["file_id"])
    new = await work.session.scalars(
        statement.returning(file_digests.c.file_id), [{"file_id": file_id} for file_id in ids]
    )
    asked = set(new.all())
    rows = [
        row_of(Kind.DIGEST, once=work.next_key(), payload={"file_id": file_id}, urgency=Urgency.BROADCAST)
        for file_id in ids
        if file_id in asked
    ]
    await work.queue(rows)


async def of(work: UnitOfWork, file_ids: Iterable[str]) -> Mapping[str, Digest]:
    """The digest of each of these files by its id; one never asked for reads as still on its way."""
    ids = set(file_ids)
    rows = await work.session.execute(select(file_digests).where(file_digests.c.file_id.in_(ids)))
    known = {row.file_id: Digest(**row._mapping) for row in rows}
    return {file_id: known.get(file_id, Digest(file_id)) for file_id in ids}


async def enter(work: UnitOfWork, digest: Digest) -> None:
    """Keep what came of fetching it; a digest that was found before stays."""
    await work.session.execute(
        update(file_digests)
        .where(file_digests.c.file_id == digest.file_id, file_digests.c.sha256.is_(None))
        .values(sha256=digest.sha256, size=digest.size, at=work.now, lack=digest.lack)
    )
