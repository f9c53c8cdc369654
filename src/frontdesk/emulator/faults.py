"""What can go wrong between a program and the provider, as rules on a timeline.

A rule says what to `do` to the requests it fits, and takes part in at most `times` of them (always, if unsaid), from
one instant to another on the emulator's own clock. The first rule that fits a request is the one that happens.

- refuse: the connection is cut before the request is looked at; nothing takes effect.
- delay: the answer comes after `value` seconds; it took effect at once.
- status: the answer is a bare `value` (503 if unsaid); nothing takes effect, unless `after` is true. With a `code`
  (431 to 438) it is that refusal of a booking.
- lose_reply: it takes effect, and the connection is cut instead of an answer.
- truncate: it takes effect, and only the first `value` bytes of the answer arrive (half of it, if unsaid).
"""

from datetime import datetime
from fnmatch import fnmatchcase
from typing import Final, Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, model_validator

from frontdesk.emulator.envelope import Answer
from frontdesk.emulator.refusal import Refusal

Deed = Literal["refuse", "delay", "status", "lose_reply", "truncate"]
LONGEST_DELAY_S: Final = 600
WORDS: Final = {
    401: "Не указан идентификатор партнера",
    403: "Недостаточно прав",
    404: "Не найдено",
    429: "Превышен лимит запросов",
    431: "Номер телефона в неправильном формате",
    432: "Неправильный код подтверждения",
    433: "Выбранное время уже занято или является нерабочим.",
    434: "Пользователь с указанным телефоном в черном списке и не может записываться",
    435: "Не указано имя клиента",
    436: "Нет доступных для записи сотрудников",
    437: "Пересечение с предыдущим визитом.",
    438: "Нет записи на указанную услуги/акции",
}
GATEWAY_PAGE: Final = (
    "<html><head><title>{status}</title></head><body><center><h1>{status}</h1></center><hr>nginx</body></html>"
)


class Rule(BaseModel):
    """One fault. `path` may hold `*`; without a leading slash it is looked for anywhere in the path."""

    model_config = ConfigDict(extra="forbid", populate_by_name=True)

    do: Deed
    method: str | None = None
    path: str | None = None
    value: float | None = Field(default=None, ge=0)
    times: int | None = Field(default=None, ge=1)
    starts: AwareDatetime | None = Field(default=None, alias="from")
    until: AwareDatetime | None = None
    after: bool = False
    code: int | None = Field(default=None, ge=431, le=438)

    @model_validator(mode="after")
    def _value_fits(self) -> "Rule":
        if self.do == "status" and self.value is not None and not 400 <= self.value <= 599:  # noqa: PLR2004 - refusals and faults
            raise ValueError("a status fault takes a value from 400 to 599")
        if self.code is not None and (self.do != "status" or (self.value or 0) >= 500):  # noqa: PLR2004 - 5xx is not its word
            raise ValueError("a code goes with a status from 400 to 499")
        if self.do == "delay" and (self.value is None or self.value > LONGEST_DELAY_S):
            raise ValueError(f"a delay takes a value in seconds, at most {LONGEST_DELAY_S}")
        return self

    def fits(self, method: str, path: str, now: datetime) -> bool:
        """Whether the rule is about this request."""
        if self.method is not None and self.method.upper() != method:
            return False
        if self.starts is not None and now < self.starts:
            return False
        if self.until is not None and now >= self.until:
            return False
        return self.path is None or _fits_path(self.path, path)


class Faults:
    """The rules in force, and how often each has happened."""

    def __init__(self) -> None:
        self._rules: list[Rule] = []
        self._happened: list[int] = []

    def replace(self, rules: list[Rule]) -> None:
        """Puts new rules in the place of the old ones; an empty list clears."""
        self._rules = list(rules)
        self._happened = [0] * len(rules)

    def next(self, method: str, path: str, now: datetime) -> Rule | None:
        """The rule that happens to a request, counted."""
        if not self._rules:
            return None
        for at, rule in enumerate(self._rules):
            if (rule.times is None or self._happened[at] < rule.times) and rule.fits(method, path, now):
                self._happened[at] += 1
                return rule
        return None

    def shown(self) -> list[dict[str, object]]:
        """The rules as they were given, with how often each has happened."""
        return [
            {**rule.model_dump(mode="json", by_alias=True, exclude_unset=True), "happened": happened}
            for rule, happened in zip(self._rules, self._happened, strict=True)
        ]


def faulty_refusal(status: int, code: int | None = None) -> Refusal | None:
    """What the provider itself would say with a status; None for what a gateway says without it."""
    said = WORDS.get(code or status, "Произошла ошибка.")
    return Refusal(status, said, code=code) if status < 500 else None  # noqa: PLR2004 - 5xx is not its word


def gateway_page(status: int) -> Answer:
    """A 5xx as it comes from in front of the provider: a page, not JSON."""
    return Answer(status, GATEWAY_PAGE.format(status=status).encode(), {"content-type": "text/html"})


def _fits_path(pattern: str, path: str) -> bool:
    if not pattern.startswith(("/", "*")):
        return fnmatchcase(path, f"*{pattern}*")
    return fnmatchcase(path, pattern) or fnmatchcase(path, f"{pattern.rstrip('/')}/*")
