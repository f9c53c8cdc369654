from frontdesk.language.phrases import Phrases

PHRASES = Phrases(
    "thanks",
    weak=(
        "спасиб*|спс|пасиб|пасибо|спасибки",
        "благодар*",
        "мерси|сенкс|~thanks|thx|thank",
        "признательна|признателен",
    ),
    courtesy=True,
)
