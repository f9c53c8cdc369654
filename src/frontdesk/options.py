"""What the commands take, each with its line of help and its bounds."""

from datetime import datetime
from pathlib import Path
from typing import Annotated, Final, Literal

from cyclopts import Parameter
from cyclopts.validators import Number

LOOPBACK: Final = "127.0.0.1"
SETTINGS_FILE: Final = Path("frontdesk.toml")
_LARGEST_PORT: Final = 65_535

Config = Annotated[Path, Parameter(name="--config", help="The settings file.")]
Host = Annotated[str, Parameter(name="--host", help="The address of this machine to listen on.")]
Port = Annotated[int, Parameter(name="--port", help="0 takes a free one.", validator=Number(gte=0, lte=_LARGEST_PORT))]
AsJson = Annotated[bool, Parameter(name="--json", negative=(), help="Written for programs, as JSON.")]
AsMarkdown = Annotated[bool, Parameter(name="--markdown", negative=(), help="Written as a page of the documents.")]

Drill = Annotated[bool, Parameter(negative=(), help="Plays three hundred conversations through an outage first.")]
EmulatedSalon = Annotated[str, Parameter(help="demo, chain, empty, or a TOML file of your own.")]
Profile = Annotated[Literal["yclients", "altegio"], Parameter(help="Whose words it refuses with.")]
Pace = Annotated[bool, Parameter(help="Answers 429 beyond 5 calls a second and 200 a minute.")]

Phone = Annotated[str, Parameter(help="Whose appointments are meant.")]
Now = Annotated[datetime | None, Parameter(help="The salon's local time, as 2026-11-21T12:00:00.")]
KnownSalon = Annotated[str, Parameter(help="demo, or a JSON file with services and masters.")]
Explained = Annotated[str | None, Parameter(help="A text to explain instead of reading lines.")]

OneSalon = Annotated[str | None, Parameter(help="The name of a salon's table; all of them without it.")]
CommandNumber = Annotated[int, Parameter(help="The number that `outbox list` shows.")]
MoreNumbers = Annotated[int, Parameter(help="And others.")]

Seed = Annotated[int, Parameter(help="The same seed plays the same days.", validator=Number(gte=0))]
Days = Annotated[int, Parameter(help="How many days are played.", validator=Number(gte=1))]
Workers = Annotated[int, Parameter(help="How many days are played side by side.", validator=Number(gte=1, lte=64))]
Outages = Annotated[bool, Parameter(negative=(), help="The journal is away for hours of each day.")]
