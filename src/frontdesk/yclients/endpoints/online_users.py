"""Clients of online booking as users of their own."""

from typing import Annotated, Self

from pydantic import Field, model_validator

from frontdesk.yclients.contract import Auth, Endpoint
from frontdesk.yclients.models.strict import Id, Phone, Secret
from frontdesk.yclients.models.user import NewToken, User


class PostUserAuth(
    Endpoint[User],
    http="POST /user/auth",
    heading="Авторизоваться по номеру телефона и коду",
    section="Пользователи онлайн-записи",
    auth=Auth.PARTNER,
    success=201,
    errors=(401, 422),
    bare=True,
):
    """Signs a client in with the code that `PostBookCode` sent to his phone."""

    phone: Phone
    code: Secret


class PostBookingAuth(
    Endpoint[User],
    http="POST /booking/auth",
    heading="Авторизовать пользователя онлайн-записи",
    section="Пользователи онлайн-записи",
    auth=Auth.PARTNER,
    success=201,
    errors=(401, 422),
    bare=True,
):
    """Signs a client in with a password. A change of password ends the token."""

    login: Annotated[str, Field(min_length=1)]
    password: Secret


class GetPhoneConfirmation(
    Endpoint[None],
    http="GET /booking/user/phone_confirmation",
    heading="Отправить СМС код подтверждения номера телефона для изменения данных",
    section="Пользователи онлайн-записи",
    success=202,
    errors=(401, 422),
    reads=False,
):
    """Sends a code to the phone that a client wants to change to; the salon or the chain must be named."""

    phone: Phone
    company_id: Id | None = None
    group_id: Id | None = None

    @model_validator(mode="after")
    def _names_who_sends(self) -> Self:
        if self.company_id is None and self.group_id is None:
            raise ValueError("company_id or group_id: one of them must be said")
        return self


class PutBookingUserPassword(
    Endpoint[NewToken],
    http="PUT /booking/user/password",
    heading="Обновление пароля пользователя онлайн-записи",
    section="Пользователи онлайн-записи",
    errors=(401, 422),
):
    """Changes the signed-in client's password; the answer brings the token that replaces the old one."""

    old_password: Secret
    new_password: Secret


class PutBookingUser(
    Endpoint[None],
    http="PUT /booking/user",
    heading="Обновление данных пользователя онлайн-записи",
    section="Пользователи онлайн-записи",
    success=202,
    errors=(401, 422),
):
    """Changes the signed-in client's data. A new phone needs the `confirmation_code` sent to it."""

    name: str | None = None
    email: str | None = None
    phone: Phone | None = None
    confirmation_code: Secret | None = None


class GetBookingUserData(
    Endpoint[User],
    http="GET /booking/user/data",
    heading="Получение данных пользователя онлайн-записи",
    section="Пользователи онлайн-записи",
    errors=(401,),
    bare=True,
):
    """Who is signed in."""
