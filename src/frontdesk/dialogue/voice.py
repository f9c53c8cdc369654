"""How a salon speaks: formally or as with friends, under whose name, with which words of its own.

Sentences are layered: the translation of ours, over it the friendly form, over it the salon's own text. The dialogue
itself knows none of this; it says its Russian sentence and the layers answer.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from string import Formatter
from typing import Final

from frontdesk.dialogue.words import RUSSIAN, Words

LONGEST_TEXT: Final = 1000
LONGEST_NAME: Final = 40
LONGEST_SIGNATURE: Final = 120
GREETING: Final = "Здравствуйте! Это {salon}. Чем помочь?"
GREETING_OF_SEVERAL: Final = "Здравствуйте! Чем помочь?"
"""Said where no branch is chosen yet."""

Texts = Mapping[str, Mapping[str, str]]
"""By language, sentences by our Russian ones."""


class Tone(StrEnum):
    """«Вы» or «ты». Only Russian tells them apart."""

    FORMAL = "formal"
    FRIENDLY = "friendly"


@dataclass(frozen=True, slots=True)
class Voice:
    """The salon's manner. `name` is the assistant's, `signature` the last line of every message; both may be empty."""

    tone: Tone = Tone.FORMAL
    name: str = ""
    signature: str = ""

    def __post_init__(self) -> None:
        for what, said, longest in (
            ("name", self.name, LONGEST_NAME),
            ("signature", self.signature, LONGEST_SIGNATURE),
        ):
            if fault := _unfit(said, longest):
                raise BadText(f"the {what} {fault}")


class BadText(ValueError):
    """A text that can't be used; the words say what is wrong with it and what to do."""


@dataclass(frozen=True, slots=True)
class Saying:
    """One sentence as a settings page shows it: ours in this language and tone, and the salon's own, if any."""

    key: str
    ours: str
    own: str | None = None


@dataclass(frozen=True, slots=True)
class Phrasebook:
    """Every sentence in every language: `translations` holds no Russian, `friendly` only what differs from «вы»."""

    translations: Texts
    friendly: Mapping[str, str] = field(default_factory=dict)

    @property
    def languages(self) -> tuple[str, ...]:
        """Russian first."""
        return (RUSSIAN, *sorted(set(self.translations) - {RUSSIAN}))

    def sentences(self) -> frozenset[str]:
        """Our Russian sentences: whatever has a translation."""
        return frozenset().union(*self.translations.values())

    def spoken(self, voice: Voice, own: Texts) -> Texts:
        """What the dialogue says in each language."""
        return {language: {**self._of(language, voice), **own.get(language, {})} for language in self.languages}

    def sayings(self, language: str, voice: Voice, own: Texts) -> Iterator[Saying]:
        """All that is said in this language, in alphabetical order of our Russian."""
        ours, salons = self._of(language, voice), own.get(language, {})
        for key in sorted(self.sentences()):
            yield Saying(key, ours.get(key, key), salons.get(key))

    def checked(self, key: str, language: str, text: str) -> str:
        """The salon's text as it will be kept; raises BadText."""
        if key not in self.sentences():
            raise BadText(f"nothing is said as {key!r}; choose a sentence of the list")
        if language not in self.languages:
            raise BadText(f"there is no language {language!r}; there are {', '.join(self.languages)}")
        text = "\n".join(line.rstrip() for line in text.replace("\r\n", "\n").strip().split("\n"))
        if not text:
            raise BadText("the text is empty; to have ours again, reset it")
        if fault := _unfit(text.replace("\n", " "), LONGEST_TEXT):
            raise BadText(f"the text {fault}")
        _same_places(key, text)
        return text

    def _of(self, language: str, voice: Voice) -> dict[str, str]:
        said = dict(self.translations.get(language, {}))
        if language == RUSSIAN and voice.tone is Tone.FRIENDLY:
            said |= self.friendly
        return said | _introduced(Words(language, said), voice)


def _introduced(words: Words, voice: Voice) -> dict[str, str]:
    """The greeting with the assistant's name in it."""
    if not voice.name:
        return {}
    name = voice.name.replace("{", "{{").replace("}", "}}")
    return {
        GREETING: words("Здравствуйте! Это {assistant}, {salon}. Чем помочь?", assistant=name, salon="{salon}"),
        GREETING_OF_SEVERAL: words("Здравствуйте! Это {assistant}. Чем помочь?", assistant=name),
    }


def _unfit(text: str, longest: int) -> str:
    if len(text) > longest:
        return f"has {len(text)} characters; write at most {longest}"
    if not text.isprintable():
        return "has a character that can't be seen (a control or direction mark); type it anew"
    return ""


def _same_places(key: str, text: str) -> None:
    """A text takes exactly the values of the sentence that it stands for."""
    try:
        given = places(text)
    except ValueError:
        raise BadText("a brace is open or closed alone; write {{ or }} for a brace that is meant as one") from None
    wanted = places(key)
    if missing := sorted(wanted - given):
        raise BadText(f"{', '.join(missing)} is missing; it is filled in each time")
    if unknown := sorted(given - wanted):
        known = f"only {', '.join(sorted(wanted))} is" if wanted else "nothing is"
        raise BadText(f"{', '.join(unknown)} is not filled in here; {known}")


def places(text: str) -> frozenset[str]:
    """What is filled in, with its braces: `{what}`. Raises ValueError for a text that is no template.

    Anything but a plain name in the braces (`{0}`, `{a.b}`, `{a!r}`, `{a:>9}`) counts as a name that nobody fills in.
    """
    found = Formatter().parse(text)
    return frozenset(_place(name, form, conversion) for _, name, form, conversion in found if name is not None)


def _place(name: str, form: str | None, conversion: str | None) -> str:
    turned = f"!{conversion}" if conversion else ""
    shaped = f":{form}" if form else ""
    return "{" + name + turned + shaped + "}"


def replaced(voice: Voice, **changes: str) -> Voice:
    """The voice with these changes, checked; raises BadText."""
    tone = changes.pop("tone", voice.tone)
    if tone not in set(Tone):
        raise BadText(f"there is no tone {tone!r}; there are {', '.join(Tone)}")
    return replace(voice, tone=Tone(tone), **{name: " ".join(said.split()) for name, said in changes.items()})
