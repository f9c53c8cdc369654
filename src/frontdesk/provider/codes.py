"""Codes by SMS: sent by the provider, and judged by it.

Nothing here is repeated by itself. A person waits for the code, so an answer that did not come is told at once; asking
again costs the salon one more SMS, and is the person's to decide.
"""

from typing import assert_never

from frontdesk.booking.commands import CodeCommand, Done, ProvePhone, RefusalReason, Refused, SendCode
from frontdesk.provider.answers import NotSent, Performed, ReplyLost
from frontdesk.provider.api import after_writing
from frontdesk.provider.branch import Branch
from frontdesk.yclients import errors
from frontdesk.yclients.endpoints.booking import PostBookCode
from frontdesk.yclients.endpoints.online_users import PostUserAuth


async def perform(branch: Branch, command: CodeCommand) -> Performed:
    """Sends the code, or has it judged. The token that a right one brings is not kept: it is not ours to use."""
    try:
        match command:
            case SendCode():
                await branch.api(PostBookCode(company_id=branch.salon.id, phone=command.phone))
            case ProvePhone():
                await branch.api(PostUserAuth(phone=command.phone, code=command.code))
            case _:
                assert_never(command)
    except errors.ProviderError as fault:
        return _told_at_once(after_writing(fault), wrong=isinstance(command, ProvePhone) and _is_unauthorised(fault))
    return Done()


def _is_unauthorised(fault: errors.ProviderError) -> bool:
    """A sign-in that is refused with 401 says the code is wrong, not that our own token is."""
    return isinstance(fault, errors.Unauthorised)


def _told_at_once(performed: Performed, *, wrong: bool) -> Performed:
    if wrong:
        return Refused(RefusalReason.WRONG_CODE)
    if isinstance(performed, NotSent | ReplyLost):
        return Refused(RefusalReason.NO_ANSWER, performed.detail)
    return performed
