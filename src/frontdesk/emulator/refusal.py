from typing import Any, Never, TypeVar

T = TypeVar("T")


class Refusal(Exception):
    """Ends a call with a documented answer other than success.

    Source: the official document gives `meta.message` for every refusal and `meta.errors` for some. `code` is one of
    the booking codes 431-438 where it differs from the status; `extra` joins the entry of `meta.errors` (the
    appointment's `id` of 433 and 437).
    """

    def __init__(  # noqa: PLR0913 - everything an answer may carry
        self,
        status: int,
        message: str | None,
        *,
        code: int | None = None,
        errors: Any = None,  # noqa: ANN401 - a list or an object
        extra: dict[str, Any] | None = None,
        headers: dict[str, str] | None = None,
    ) -> None:
        super().__init__(message)
        self.status = status
        self.message = message
        self.code = code
        self.errors = errors
        self.extra = extra or {}
        self.headers = headers or {}

    @property
    def meta(self) -> dict[str, Any]:
        """The `meta` of the v2 envelope."""
        if self.message is None:
            return {}
        meta: dict[str, Any] = {"message": self.message}
        if self.code is not None:
            meta["errors"] = [{"code": self.code, "message": self.message, **self.extra}]
        elif self.errors is not None:
            meta["errors"] = self.errors
        if self.status == 409:  # noqa: PLR2004 - «Мастер занят или не работает» carries "conflict": true
            meta["conflict"] = True
        return meta


def not_found(message: str = "Не найдено") -> Never:
    """Answers 404."""
    raise Refusal(404, message)


def forbidden(message: str = "Недостаточно прав") -> Never:
    """Answers 403."""
    raise Refusal(403, message)


def invalid(message: str = "Произошла ошибка.", errors: Any = ()) -> Never:  # noqa: ANN401 - a list or an object
    """Answers 422; `errors` maps a field to its complaints."""
    raise Refusal(422, message, errors=errors or [])


def found(thing: T | None, message: str = "Не найдено") -> T:
    """The thing, or 404."""
    return not_found(message) if thing is None else thing
