from typing import Final

from frontdesk.emulator.refusal import found, not_found
from frontdesk.emulator.registry import emulates
from frontdesk.emulator.things import Json
from frontdesk.emulator.world import World
from frontdesk.yclients.endpoints.booking import GetBookForm, GetTranslations

LANGUAGES: Final = {
    "ru-RU": ("Русский", "Записаться", "Выберите услугу", "Выберите мастера", "Выберите время"),
    "en-US": ("English", "Book", "Choose a service", "Choose a master", "Choose a time"),
    "lv-LV": ("Latviešu", "Pierakstīties", "Izvēlieties pakalpojumu", "Izvēlieties meistaru", "Izvēlieties laiku"),
    "ee-EE": ("Eesti", "Broneeri", "Valige teenus", "Valige meister", "Valige aeg"),
    "lt-LT": ("Lietuvių", "Registruotis", "Pasirinkite paslaugą", "Pasirinkite meistrą", "Pasirinkite laiką"),
    "de-DE": ("Deutsch", "Buchen", "Leistung wählen", "Mitarbeiter wählen", "Zeit wählen"),
    "uk-UK": ("Українська", "Записатися", "Оберіть послугу", "Оберіть майстра", "Оберіть час"),
}
STEPS: Final = ("service", "master", "datetime")


@emulates(GetBookForm)
def get_book_form(world: World, call: GetBookForm) -> Json:
    """Shows the settings of a branch's widget, which has the branch's own number."""
    company = found(world.companies.get(call.id), "Форма не найдена")
    found(company if company.active else None, "Форма не найдена")
    titles = (*LANGUAGES["ru-RU"][2:], "Ваши данные")
    steps = [
        {"step": step, "title": title, "num": number, "hidden": "0", "default": -1}
        for number, (step, title) in enumerate(zip((*STEPS, "contact"), titles, strict=True), 1)
    ]
    return {
        "steps": steps,
        "style": {"show_header": True, "logo": "", "main_color": "2e8b57"},
        "group_id": company.chain_id,
        "company_id": company.id,
        "phone_confirmation": company.confirm_number,
        "lang": "ru-RU",
        "langs": [
            {"id": number, "code": code, "title": words[0]} for number, (code, words) in enumerate(LANGUAGES.items(), 1)
        ],
        "comment_required": company.comment_required,
        "sms_enabled": True,
    }


@emulates(GetTranslations)
def get_translations(_: World, call: GetTranslations) -> Json:
    """Shows the widget's words in a language."""
    words = LANGUAGES.get(call.langCode) or not_found("Язык не найден")
    return {"action": {"book": words[1]}, "step": dict(zip(STEPS, words[2:], strict=True))}
