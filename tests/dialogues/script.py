"""A conversation as a text file that reads like a chat.

Lines before the first empty one say who writes and what is special; then the chat itself:

    Клиент: отмените запись            in words; `\\n` a line break, `\\uXXXX` a letter, `×4096` so many times
    Клиент: [Да, отменить]             a tap on a button of the last message that has it, as the client sees it
    Клиент: {код}                      the code of the last SMS
    Клиент: (голосовое)                also (фото), (стикер), (свой контакт), (чужой контакт), (то же ещё раз)
    Салон: Отменить … завтра?          one whole message; `…` stands for any words
      [Да, отменить] [Нет, оставить]   what can be tapped, all of it, in order
    Салон молчит.                      nothing is sent; it is also what no «Салон» line means
    Прошло: 2 ч                        time passes (с, мин, ч, д)
    Сбой: журнал молчит                something breaks, by name; «Сбой: нет» mends it
    Мастер: занять 23.11 12:00 2401    somebody at the salon edits the journal meanwhile
    Соседка: …                         another client writes, in the terminal; «Соседке: …» is her answer
    Перезапуск: служба                 the service ends and begins anew on the same store
    Журнал: отменена 22.11 15:00 …     what has changed in the journal since the last such line, each change a line

Client lines that follow each other are sent at once and answered together. A conversation that says nothing of the
journal leaves it as it was.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

_ESCAPE = re.compile(r"\\u([0-9a-fA-F]{4})|\\n")
_REPEATED = re.compile(r"(.+) ×(\d+)", re.DOTALL)
_BUTTON = re.compile(r"\[([^\]]*)\]")
ANSWERS = {"Клиент": "Салон", "Соседка": "Соседке"}
"""Who writes, and as whom the salon's answer to them is written."""
DEEDS = ("Прошло", "Сбой", "Мастер", "Перезапуск")
SPEAKERS = (*ANSWERS, *ANSWERS.values(), *DEEDS, "Журнал")
SILENCE = "Салон молчит."


@dataclass
class Line:
    """One line of the chat: who, what, and for the salon what can be tapped (None where the file does not say)."""

    number: int
    who: str
    text: str
    buttons: tuple[str, ...] | None = None


@dataclass
class Script:
    """A conversation as written."""

    name: str
    about: str = ""
    header: dict[str, str] = field(default_factory=dict)
    lines: list[Line] = field(default_factory=list)

    @property
    def rounds(self) -> Iterator[list[Line]]:
        """The chat in rounds: what is done to the service, then all that must come of it."""
        current: list[Line] = []
        for line in self.lines:
            if current and _begins_round(line, current[-1]):
                yield current
                current = []
            current.append(line)
        if current:
            yield current


class BadScriptError(ValueError):
    """A line that is nobody's; says the file and the line."""


def read(path: Path, root: Path) -> Script:
    """Reads one file. Raises BadScriptError."""
    script = Script(str(path.relative_to(root).with_suffix("")))
    in_header = True
    for number, raw in enumerate(path.read_text(encoding="utf-8").split("\n"), 1):
        if raw.startswith("#"):
            script.about = script.about or raw.lstrip("# ")
        elif not raw.strip():
            in_header = in_header and not script.header
        elif in_header and ":" in raw and raw.partition(":")[0] not in SPEAKERS:
            key, _, value = raw.partition(":")
            script.header[key.strip()] = value.strip()
        else:
            in_header = False
            _add(script, number, raw)
    return script


def _add(script: Script, number: int, raw: str) -> None:
    who, colon, text = raw.partition(": ")
    if raw == SILENCE:
        script.lines.append(Line(number, "молчит", ""))
    elif raw.startswith("  ") and script.lines:
        _continue(script.lines[-1], raw.strip())
    elif colon and who in SPEAKERS:
        script.lines.append(Line(number, who, text))
    else:
        raise BadScriptError(f"{script.name}:{number}: a line begins with one of {', '.join(SPEAKERS)}: {raw!r}")


def _continue(line: Line, text: str) -> None:
    if line.who in ANSWERS.values() and text.startswith("[") and text.endswith("]"):
        line.buttons = (line.buttons or ()) + tuple(_BUTTON.findall(text))
    else:
        line.text += f"\n{text}"


def _begins_round(line: Line, last: Line) -> bool:
    if line.who in ANSWERS:
        return last.who != line.who
    return line.who in DEEDS


def spoken(text: str) -> str:
    """What the client really types."""
    written = _ESCAPE.sub(lambda found: chr(int(found[1], 16)) if found[1] else "\n", text)
    repeated = _REPEATED.fullmatch(written)
    return repeated[1] * int(repeated[2]) if repeated else written


def fits(expected: str, text: str) -> bool:
    """Whether a message is the expected one; «…» stands for any words, any white space for one space."""
    wanted, came = " ".join(expected.split()), " ".join(text.split())
    return re.fullmatch(".*".join(map(re.escape, wanted.split("…"))), came) is not None
