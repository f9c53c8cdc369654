"""Signing a salon's employee in."""

from typing import Annotated

from pydantic import Field

from frontdesk.yclients.contract import Auth, Endpoint
from frontdesk.yclients.models.strict import Form, Secret
from frontdesk.yclients.models.user import SecondFactor, User


class SecondProof(Form):
    """The second half of a sign-in: the `uuid` of the first answer and the code that was sent."""

    uuid: str
    secret: Secret


class PostAuth(
    Endpoint[User | SecondFactor],
    http="POST /auth",
    heading="Авторизовать пользователя",
    section="Авторизация",
    auth=Auth.PARTNER,
    success=201,
    errors=(401, 422),
):
    """Gives the user token, or asks for a second factor (status 200) where the user has that switched on.

    A change of password ends the token.
    """

    login: Annotated[str, Field(min_length=1)]
    password: Secret
    two_factor: Annotated[SecondProof | None, Field(alias="2fa")] = None
