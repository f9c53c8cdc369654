"""What is left of a conversation that has long been silent."""

from frontdesk.dialogue.talk import Talk


def at_rest(talk: Talk) -> Talk:
    """Without anybody's words, name, phone or appointment: how to speak to the person, and what they have settled."""
    return Talk(
        language=talk.language,
        salon=talk.salon,
        with_human_since=talk.with_human_since,
        silenced=talk.silenced,
        informed=talk.informed,
        wrong_codes=talk.wrong_codes,
    )
