"""How Altegio says the same: its refusals are in English."""

from typing import Final

SAID: Final = {
    "Необходима авторизация": "Authentication needed.",
    "Не указан идентификатор партнера": "Partner ID not specified",
    "Не указаны авторизационные данные": "Authorization data not specified",
    "Доступ запрещен.": "Access denied.",
    "Недостаточно прав": "Access denied.",
    "Нет прав на управление филиалом": "No company management rights",
    "Произошла ошибка.": "An error has occurred",
    "Не найдено": "Not found",
    "Запись не найдена": "Appointment not found",
    "Визит не найден": "Visit not found",
    "Филиал не найден.": "Location not found.",
    "Клиент не найден": "Client not found",
    "Недопустимый формат запроса": "Invalid request format",
    "Превышен лимит запросов": "Too many requests",
}


def in_english(message: str | None) -> str | None:
    """The message as Altegio words it; one that no text of Altegio's shows stays as it is."""
    return SAID.get(message, message) if message is not None else None
