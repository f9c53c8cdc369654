"""What a person is told of their data, once, under the first answer; and what their yes to a booking then means.

A notice is told once a chat and version. Whoever books after having been told agrees by booking: the words say so.
Newsletters are never agreed to by that.
"""

from collections.abc import Sequence
from dataclasses import replace

from frontdesk.booking.commands import Book, Command
from frontdesk.booking.salon import Privacy, Salon
from frontdesk.dialogue.talk import Talk, Turn
from frontdesk.dialogue.words import Words


def informed(before: Talk, turn: Turn, salons: Sequence[Salon], words: Words) -> Turn:
    """The turn with the notice under its first answer, and with the bookings of those who had been told marked so.

    The last words to a person who is being forgotten carry none, and neither does silence.
    """
    turn = replace(turn, commands=tuple(_of_informed(one, before, salons) for one in turn.commands))
    untold = untold_notice(turn.talk, salons)
    if untold is None or turn.forget or not turn.replies:
        return turn
    first, *rest = turn.replies
    first = replace(first, footer=notice_text(untold, words))
    talk = replace(turn.talk, informed=(*turn.talk.informed, untold.id))
    return replace(turn, talk=talk, replies=(first, *rest))


def untold_notice(talk: Talk, salons: Sequence[Salon]) -> Privacy | None:
    """The notice of the branch this conversation is about, of the first until one is chosen, unless it was told."""
    chosen = (talk.draft.salon if talk.draft is not None else "") or talk.salon
    salon = next((one for one in salons if one.key == chosen), salons[0] if salons else None)
    privacy = salon.privacy if salon is not None else None
    return privacy if privacy is not None and privacy.id not in talk.informed else None


def notice_text(privacy: Privacy, words: Words) -> str:
    """The notice as it is told."""
    lines = [
        words(
            "Ваши данные для записи обрабатывает {legal_name}. Записываясь здесь, вы с этим соглашаетесь.",
            legal_name=privacy.legal_name,
        )
    ]
    if privacy.privacy_url:
        lines.append(words("Политика: {link}", link=privacy.privacy_url))
    if privacy.terms_url:
        lines.append(words("Условия: {link}", link=privacy.terms_url))
    return "\n".join(lines)


def _of_informed(command: Command, before: Talk, salons: Sequence[Salon]) -> Command:
    if not isinstance(command, Book):
        return command
    privacy = next((one.privacy for one in salons if one.key == command.salon), None)
    return replace(command, informed=privacy is not None and privacy.id in before.informed)
