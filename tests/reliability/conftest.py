"""An office in this process whose servers can be cut off, on each kind of database in turn."""

from collections.abc import AsyncIterator

import pytest

from tests.reliability.office import Troubled, open_troubled


@pytest.fixture
async def office(district_url: str) -> AsyncIterator[Troubled]:
    async with open_troubled(district_url) as troubled:
        yield troubled
