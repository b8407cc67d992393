"""The digest (汇总) of somebody who has chosen one is due."""

from storage.unit_of_work import UnitOfWork


async def due(_work: UnitOfWork, _official_id: int) -> None:
    """Nothing by itself: what has gathered until now is let out with the end of every sweep."""
