import pytest

from corpus import faults, hear, read, salon

LANGUAGES = {"ru": ("ru", "en"), "en": ("en", "ru"), "uk": ("uk", "en"), "de": ("de", "en")}
EARS = {language: salon(languages) for language, languages in LANGUAGES.items()}
PHRASES = [(language, phrase) for language in LANGUAGES for phrase in read(f"intents_{language}.txt")]


@pytest.mark.parametrize(("language", "phrase"), PHRASES, ids=str)
def test_what_clients_write_is_understood(language, phrase):
    heard = hear(phrase, EARS[language])
    assert not faults(phrase, heard), heard
