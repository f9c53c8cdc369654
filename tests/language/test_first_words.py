from datetime import datetime

import pytest

from frontdesk.dialogue.intents import every_intent
from frontdesk.language.understand import prepare, understand

EAR = prepare(("ru", "en"), [intent.phrases for intent in every_intent().values()])
NOW = datetime(2026, 11, 21, 12)  # noqa: DTZ001 - salon-local


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("Хочу отменить запись", "cancel"),
        ("Отмени мою запись", "cancel"),
        ("Не смогу прийти", "cancel"),
        ("Отмените запись на завтра", "cancel"),
        ("да", "yes"),
        ("нет", "no"),
        ("мои записи", "list"),
        ("Здравствуйте!", "greet"),
        ("позовите администратора", "human"),
        ("ываыва", "other"),
        ("Please cancel my appointment", "cancel"),
        ("yes", "yes"),
        ("no, thanks", "no"),
        ("show my appointments", "list"),
        ("I want to talk to a human", "human"),
    ],
)
def test_the_first_words_of_a_conversation_are_understood(text, intent):
    assert understand(text, EAR, NOW).intent == intent
