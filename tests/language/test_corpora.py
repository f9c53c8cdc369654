import pytest
from corpus import faults, hear, read, salon

EAR = salon()


@pytest.mark.parametrize("phrase", read("intents_ru.txt"), ids=str)
def test_what_russian_clients_write_is_understood(phrase):
    heard = hear(phrase, EAR)
    assert not faults(phrase, heard), heard
