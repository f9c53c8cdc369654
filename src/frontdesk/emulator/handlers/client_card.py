from frontdesk.emulator.refusal import found
from frontdesk.emulator.registry import Caller, Reply, emulates
from frontdesk.emulator.shapes.people import PICTURE
from frontdesk.emulator.shapes.times import without_colon
from frontdesk.emulator.things import Client, Json
from frontdesk.emulator.world import World
from frontdesk.yclients.endpoints.client_card import (
    DeleteClientComment,
    DeleteClientFile,
    GetClientComments,
    GetClientFiles,
    PostClientComment,
)


@emulates(GetClientFiles, right="client_files_list_access")
def get_client_files(world: World, call: GetClientFiles) -> Reply:
    """Lists the files on a client's card."""
    files = _client(world, call.company_id, call.client_id).files
    return Reply(files, {"count": len(files)})


@emulates(DeleteClientFile, right="client_files_delete_access")
def delete_client_file(world: World, call: DeleteClientFile) -> Reply:
    """Takes a file off a client's card."""
    client = _client(world, call.company_id, call.client_id)
    client.files.remove(found(_with_id(client.files, call.file_id), "Файл не найден"))
    return Reply(None, {"message": "Accepted"})


@emulates(GetClientComments, right="client_comments_list_access")
def get_client_comments(world: World, call: GetClientComments) -> Reply:
    """Lists the notes on a client's card."""
    comments = _client(world, call.company_id, call.client_id).comments
    return Reply(comments, {"count": len(comments)})


@emulates(PostClientComment, right="client_comments_add_access")
def post_client_comment(world: World, call: PostClientComment, caller: Caller) -> Reply:
    """Adds a note to a client's card."""
    client = _client(world, call.company_id, call.client_id)
    now = without_colon(world.clock.now(), world.companies[call.company_id].zone)
    comment = {
        "id": world.ids.number("comment"),
        "create_date": now,
        "update_date": now,
        "type": "default",
        "text": call.text,
        "files": [],
        "user": {"id": caller.user_id, "name": caller.user.name if caller.user else "", "avatar": PICTURE},
    }
    client.comments.append(comment)
    return Reply(comment, {})


@emulates(DeleteClientComment, right="client_comments_add_access")
def delete_client_comment(world: World, call: DeleteClientComment) -> None:
    """Takes a note off a client's card."""
    client = _client(world, call.company_id, call.client_id)
    client.comments.remove(found(_with_id(client.comments, call.comment_id), "Комментарий не найден"))


def _client(world: World, company_id: int, client_id: int) -> Client:
    return found(world.clients.get(company_id, client_id), "Клиент не найден")


def _with_id(rows: list[Json], number: int) -> Json | None:
    return next((row for row in rows if row["id"] == number), None)
