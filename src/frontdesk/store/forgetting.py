"""Forgetting a person who asks for it: their words and ours, name, phone, and what was asked of the journal for them.

Rows stay where something hangs on them (a message that comes once more must still be known), what they said is gone.
Their appointments stay in the copy of the journal as taken time, without them: whose they are, the journal knows, and
says again where the salon changes one. What is under way stays until it is through: messages not yet answered, replies
not yet sent, commands not yet settled.
"""

from sqlalchemy import Connection, delete, select, true, update

from frontdesk.booking.ids import Phone
from frontdesk.dialogue.talk import Reply
from frontdesk.outage.command import CommandState
from frontdesk.outage.reply import ReplyState
from frontdesk.store import audit, consents, ledger, mirror
from frontdesk.store.codec import dump_reply
from frontdesk.store.tables import MessageState, chats, clients, commands, inbox, replies, watchers

NOTHING = "{}"
CODE = "code "
"""How the subjects of all commands about codes begin."""


def forget(connection: Connection, chat: int, proved: Phone | None) -> None:
    """Erases what is kept of the person of this chat; `proved` is their phone, where it is surely theirs."""
    known_here = chats.c.id == chat
    of_person = known_here if proved is None else known_here | (chats.c.proved == proved)
    chats_of_person = connection.execute(select(chats.c.id).where(of_person)).scalars().all()
    ledger.forget(connection, chats_of_person)
    audit.forget(connection, chats_of_person)
    connection.execute(update(chats).where(chats.c.id == chat).values(name="", proved=None, claimed=None))
    connection.execute(
        update(inbox)
        .where(inbox.c.chat == chat, inbox.c.state != MessageState.UNREAD)
        .values(content=NOTHING, heard=None)
    )
    over = (ReplyState.SENT, ReplyState.REFUSED)
    blank = dump_reply(Reply(""))
    connection.execute(update(replies).where(replies.c.chat == chat, replies.c.state.in_(over)).values(content=blank))
    consents.forget(connection, chat)
    _forget_commands(connection, chat, proved)
    if proved is not None:
        connection.execute(delete(clients).where(clients.c.phone == proved))
        mirror.forget_client(connection, proved)


def _forget_commands(connection: Connection, chat: int, proved: Phone | None) -> None:
    asked_here = commands.c.id.in_(select(watchers.c.command).where(watchers.c.chat == chat))
    of_person = asked_here if proved is None else asked_here | (commands.c.person == proved)
    over = commands.c.state.in_((CommandState.DONE, CommandState.REFUSED))
    # Codes sent to another's phone, and wrong ones tried on it, still count: else erasing would allow to try on.
    counts = commands.c.subject.startswith(CODE) & ((commands.c.person != proved) if proved is not None else true())
    connection.execute(update(commands).where(over, of_person, counts).values(command=NOTHING))
    numbers = connection.execute(select(commands.c.id).where(over, of_person, ~counts)).scalars().all()
    connection.execute(delete(watchers).where(watchers.c.command.in_(numbers)))
    connection.execute(delete(commands).where(commands.c.id.in_(numbers)))
