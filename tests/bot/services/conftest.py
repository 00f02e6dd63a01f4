"""A unit at work on one appeal."""

from collections.abc import AsyncIterator
from datetime import datetime

import pytest

from storage.domain.statuses import Status
from storage.engine import Database
from tests.support.handling import Handling, at_the_unit


@pytest.fixture
async def scene(database: Database, now: datetime) -> AsyncIterator[Handling]:
    """城市管理局 with an appeal in progress, in one transaction that stays open."""
    async with database.writing() as session:
        yield await at_the_unit(session, now, status=Status.IN_PROGRESS)
