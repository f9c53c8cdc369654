"""Words without their inflections, by the Snowball stemmers."""

from collections.abc import Callable, Mapping

import Stemmer

Stem = Callable[[str], str]


def stemmer(name: str | None) -> Stem:
    """A Snowball stemmer by its name, or words as they are for a language that has none."""
    if name is None:
        return str
    snowball = Stemmer.Stemmer(name)
    snowball.maxCacheSize = 0
    stem: Stem = snowball.stemWord
    return stem


def by_script(names: Mapping[str, str | None]) -> Stem:
    """One stemmer for a salon's titles and what is said of them, whatever the message's language.

    `names` are the stemmers by language. A title in Cyrillic is Russian or near enough; in Latin letters it is in the
    first of the salon's other languages, and in English if there is none.
    """
    cyrillic = stemmer("russian")
    others = [name for language, name in names.items() if language not in {"ru", "uk"} and name is not None]
    latin = stemmer((others or ["english"])[0])

    def stem(word: str) -> str:
        return latin(word) if word.isascii() else cyrillic(word)

    return stem
