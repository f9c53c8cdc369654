"""Getting a user token with login and password, and the code that the provider may send besides."""

from collections.abc import Awaitable, Callable
from typing import Final

from frontdesk.yclients.client import Client
from frontdesk.yclients.endpoints.auth import PostAuth, SecondProof
from frontdesk.yclients.errors import Refused
from frontdesk.yclients.models.user import SecondFactor, User

CODES_AT_MOST: Final = 3


async def sign_in(
    api: Client, login: str, password: str, ask_code: Callable[[SecondFactor], Awaitable[str]] | None = None
) -> User:
    """The user with his token.

    Where the user has a second factor, `ask_code` is told how the code was sent and gives the one that came; a wrong
    one is asked for again as often as the provider allows, at most three times. Raises Refused or Unauthorised for a
    wrong login or password, and Refused if a code is wanted and there is nobody to ask.
    """
    answer = await api(PostAuth(login=login, password=password))
    for _ in range(CODES_AT_MOST):
        if isinstance(answer, User):
            return answer
        if ask_code is None:
            raise Refused(200, 200, "this user signs in with a second factor: somebody has to give the code")
        proof = SecondProof(uuid=answer.uuid, secret=await ask_code(answer))
        answer = await api(PostAuth(login=login, password=password, two_factor=proof))
    if isinstance(answer, User):
        return answer
    raise Refused(200, 200, "the code was not accepted")
