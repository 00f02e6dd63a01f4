"""Sentences a unit says often (常用语): kept under a name, found by it, taken away."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from storage.domain.errors import InputRefused
from storage.domain.masking import clean_text, has_private_number
from storage.repositories import phrases
from storage.tables import CannedReply, Staff

_LONGEST_NAME, _LONGEST_TEXT, _MOST = 12, 1000, 40


async def of_unit(session: AsyncSession, department: str) -> Sequence[CannedReply]:
    """Return a unit's sentences by name."""
    return await phrases.of_department(session, department)


async def named(session: AsyncSession, department: str, name: str) -> CannedReply:
    """Return a unit's sentence of that name; raise InputRefused where there is none."""
    found = await phrases.named(session, department, clean_text(name).strip())
    if found is None:
        raise InputRefused("no_such_phrase")
    return found


async def numbered(session: AsyncSession, department: str, number: int) -> CannedReply:
    """Return a unit's sentence by row id; raise InputRefused where it is another unit's, or gone."""
    found = await session.get(CannedReply, number)
    if found is None or found.department != department:
        raise InputRefused("no_such_phrase")
    return found


async def keep(session: AsyncSession, *, staff: Staff, name: str, text: str, now: datetime) -> CannedReply:
    """Keep a sentence under a name, in the place of an older one; raise InputRefused where it cannot be kept."""
    name, text = clean_text(name).strip(), clean_text(text).strip()
    if not name or len(name) > _LONGEST_NAME or name.startswith("-") or not text or len(text) > _LONGEST_TEXT:
        raise InputRefused("phrase_form")
    if has_private_number(text) or has_private_number(name):
        raise InputRefused("phrase_private")
    found = await phrases.named(session, staff.department, name)
    if found is None:
        if len(await phrases.of_department(session, staff.department)) >= _MOST:
            raise InputRefused("phrases_full")
        found = CannedReply(department=staff.department, name=name, text=text, at=now)
        session.add(found)
    found.text, found.person_id, found.at = text, staff.person_id, now
    await session.flush()
    return found


async def remove(session: AsyncSession, *, staff: Staff, name: str) -> None:
    """Take a sentence away; raise InputRefused where there is none."""
    await session.delete(await named(session, staff.department, name))
    await session.flush()
