"""Plays a conversation on one messenger and compares what came with what is written."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dialogues.house import Ears, House, opened
from dialogues.messengers import Client, Messenger, Seen, Wire
from dialogues.script import ANSWERS, Line, Script, fits, spoken

IRINA = "79000000001"
DETAIL = " · "


def plays_on(script: Script, messenger: type[Messenger]) -> bool:
    """Whether the conversation is for this messenger; the file says where not, with its reason after a dash."""
    named = script.header.get("каналы", "").partition(" - ")[0]
    return not named or messenger.key in named.split(", ")


def client_of(script: Script) -> Client:
    """Who writes: «79000000001 Ирина», «без номера Ирина»."""
    said = script.header.get("кто", f"{IRINA} Ирина")
    if said.startswith("без номера"):
        return Client("", said.removeprefix("без номера").strip(), script.header.get("контакт", ""))
    phone, _, name = said.partition(" ")
    return Client(phone, name)


@dataclass
class Seat:
    """Somebody who writes: how, how many answers they have read, and what they sent last."""

    messenger: Messenger
    read: int = 0
    last: Any = None

    async def news(self) -> list[Seen]:
        """The messages that came since the last look."""
        came = (await self.messenger.seen())[self.read :]
        self.read += len(came)
        return came


@dataclass
class Performance:
    """One conversation on one messenger, on its way."""

    script: Script
    house: House

    def __post_init__(self) -> None:
        self.seats = {"Клиент": Seat(self.house.messenger), "Соседка": Seat(self.house.next_door)}

    @property
    def messenger(self) -> Messenger:
        """The client's side."""
        return self.house.messenger

    async def introduces(self) -> None:
        """Where the messenger does not vouch for the number by itself, it is shared before the chat begins."""
        if self.messenger.proves_by_contact and self.messenger.client.phone and "молча" not in self.script.header:
            await self.house.hears([self.messenger.sends("свой контакт", self.house.clock.now())])
            await self.seats["Клиент"].news()

    async def goes_through(self) -> int:
        """The whole chat, so many rounds; at its end nothing more stands in the journal than the file says."""
        await self.introduces()
        rounds = list(self.script.rounds)
        for one_round in rounds:
            await self._round(one_round)
        assert self.house.diary.changes() == [], "the journal changed, and the file does not say so"
        return len(rounds)

    async def _round(self, lines: list[Line]) -> None:
        await self.acts(lines)
        for who, answered_as in ANSWERS.items():
            expected = [line for line in lines if line.who == answered_as]
            self._compares(lines[0], expected, await self.seats[who].news())
        self._looks([line.text for line in lines if line.who == "Журнал"], lines[-1])

    async def acts(self, lines: list[Line]) -> None:
        """What is done to the service in a round."""
        for who, seat in self.seats.items():
            said = [line for line in lines if line.who == who]
            if said:
                await self.house.hears([await self._update(line) for line in said], seat.messenger)
        for line in lines:
            await self._happens(line)

    async def _happens(self, line: Line) -> None:
        match line.who:
            case "Прошло":
                await self.house.passes(line.text)
            case "Перезапуск":
                await self.house.restarts()
            case "Сбой":
                self.house.breaks(line.text)
            case "Мастер":
                self.house.diary.edits(line.text)
                await self.house.is_told_of_a_change()

    async def _update(self, line: Line) -> Any:
        now, text, seat = self.house.clock.now(), line.text, self.seats[line.who]
        if text == "(то же ещё раз)":
            return seat.last
        if text.startswith("(") and text.endswith(")"):
            seat.last = seat.messenger.sends(text[1:-1], now)
        elif text.startswith("[") and text.endswith("]"):
            label = text[1:-1]
            seat.last = seat.messenger.taps(self._choice(line, label, await seat.messenger.seen()), label, now)
        else:
            seat.last = seat.messenger.says(spoken(text.replace("{код}", self.house.code())), now)
        return seat.last

    def _choice(self, line: Line, label: str, seen: list[Seen]) -> str:
        for message in reversed(seen):
            for shown, choice in message.buttons.items():
                if _same_label(label, shown):
                    return choice
        raise AssertionError(f"{self.where(line)}: no button «{label}» was ever shown; last: {seen[-1:]}")

    def _compares(self, line: Line, expected: list[Line], seen: list[Seen]) -> None:
        texts = "\n".join(f"  Салон: {one.text}\n    {list(one.buttons)}" for one in seen)
        assert len(seen) == len(expected), f"{self.where(line)}: {len(seen)} messages, not {len(expected)}:\n{texts}"
        for wanted, got in zip(expected, seen, strict=True):
            assert self._fits(wanted, got), f"{self.where(wanted)}: wanted «{wanted.text}», came\n{texts}"
            if wanted.buttons is not None:
                shown = list(got.buttons)
                same = len(shown) == len(wanted.buttons) and all(map(_same_label, wanted.buttons, shown))
                assert same, f"{self.where(wanted)}: buttons {shown}"

    def _fits(self, wanted: Line, got: Seen) -> bool:
        """A messenger without room for the buttons, or with a contact button instead, lists them under the text."""
        return fits(wanted.text, got.text) or (got.asks_contact and fits(f"{wanted.text}…", got.text))

    def _looks(self, wanted: list[str], line: Line) -> None:
        if wanted:
            assert self.house.diary.changes() == ([] if wanted == ["как был"] else wanted), self.where(line)

    def where(self, line: Line) -> str:
        """The place in the file, on this messenger."""
        return f"{self.script.name}.txt:{line.number} on {self.messenger.key}"


def _same_label(wanted: str, shown: str) -> bool:
    """A label that a messenger had to clip, or to show with its detail behind it, is still that label."""
    label = shown.partition(DETAIL)[0]
    return label == wanted or (label.endswith("…") and wanted.startswith(label[:-1]))


async def play(script: Script, make: type[Messenger], folder: Path, ears: Ears) -> int:
    """How many rounds went as they are written; an AssertionError says what differs, with the place in the file."""
    messenger = make(client_of(script), Wire())
    async with opened(messenger, folder, script.header, ears) as house:
        return await Performance(script, house).goes_through()


async def transcript(script: Script, make: type[Messenger], folder: Path) -> str:
    """The conversation as it really goes: for whoever writes a new one, to be read aloud before it is kept."""
    messenger = make(client_of(script), Wire())
    written: list[str] = []
    async with opened(messenger, folder, script.header) as house:
        performance = Performance(script, house)
        await performance.introduces()
        for one_round in script.rounds:
            await _writes(performance, one_round, written)
    return "\n".join(written)


async def _writes(performance: Performance, one_round: list[Line], written: list[str]) -> None:
    kept = [line for line in one_round if line.who not in {*ANSWERS.values(), "Журнал", "молчит"}]
    written += [f"{line.who}: {line.text}" for line in kept]
    await performance.acts(kept)
    said = False
    for who, answered_as in ANSWERS.items():
        for one in await performance.seats[who].news():
            said = True
            written.append(f"{answered_as}: " + one.text.replace("\n", "\n  "))
            if one.buttons:
                written.append("  " + " ".join(f"[{label}]" for label in one.buttons))
    if kept and kept[0].who in ANSWERS and not said:
        written.append("Салон молчит.")
    written += [f"Журнал: {line}" for line in performance.house.diary.changes()]
