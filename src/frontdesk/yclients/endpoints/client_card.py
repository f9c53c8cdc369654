"""Files and notes on a client's card."""

from typing import Annotated

from pydantic import Field

from frontdesk.yclients.contract import Auth, Endpoint
from frontdesk.yclients.models.client import ClientFile
from frontdesk.yclients.models.comment import ClientComment


class GetClientFiles(
    Endpoint[tuple[ClientFile, ...]],
    http="GET /company/{company_id}/clients/files/{client_id}",
    heading="Пример запроса на получение списка файлов клиента",
    section="Клиенты",
    errors=(401, 403, 404),
):
    """The files on a client's card; `link` is a path on the provider's site."""

    company_id: int
    client_id: int


class DeleteClientFile(
    Endpoint[None],
    http="DELETE /company/{company_id}/clients/files/{client_id}/{file_id}",
    heading="Пример запроса на удаление",
    section="Клиенты",
    auth=Auth.PARTNER,
    success=202,
    errors=(401, 403, 404),
):
    """Deletes a file from a client's card."""

    company_id: int
    client_id: int
    file_id: int


class GetClientComments(
    Endpoint[tuple[ClientComment, ...]],
    http="GET /company/{company_id}/clients/{client_id}/comments",
    heading="Получение списка комментариев к клиенту",
    section="Клиенты",
    errors=(401, 403, 404),
):
    """The notes on a client's card; uploads of files stand among them."""

    company_id: int
    client_id: int


class PostClientComment(
    Endpoint[ClientComment],
    http="POST /company/{company_id}/clients/{client_id}/comments",
    heading="Добавление комментария к клиенту",
    section="Клиенты",
    success=201,
    errors=(401, 403, 404, 422),
):
    """Adds a note to a client's card."""

    company_id: int
    client_id: int
    text: Annotated[str, Field(min_length=1)]


class DeleteClientComment(
    Endpoint[None],
    http="DELETE /company/{company_id}/clients/{client_id}/comments/{comment_id}",
    heading="Удаление комментария к клиенту",
    section="Клиенты",
    success=204,
    errors=(401, 403, 404),
):
    """Deletes a note from a client's card; an uploaded file stays."""

    company_id: int
    client_id: int
    comment_id: int
