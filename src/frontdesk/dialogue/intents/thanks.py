"""A thank-you, or a thumb, which is neither a yes nor a no."""

from dataclasses import replace

from frontdesk.dialogue.scene import Intent, Scene
from frontdesk.dialogue.talk import Turn
from frontdesk.language.heard import Expecting
from frontdesk.language.phrases import Phrases

PHRASES = Phrases(
    "thanks",
    weak=(
        "спасиб*|спс|пасиб|пасибо",
        "благодар*",
        "мерси|сенкс|дякую|thanks|thx|thank",
        "признательна|признателен",
        "до_встречи|свидания",
        "хорошего|прекрасного|приятного дня|вечера|выходных",
    ),
    whole=("(все|ну|а|теперь) понятно|ясно|понял|поняла|ясненько|понятненько",),
    courtesy=True,
)


def begin(scene: Scene) -> Turn:
    """Answers, and leaves an open question open: thanks are no yes, and of a thumb it is asked what it means."""
    question = scene.talk.question
    wordless = not any(letter.isalnum() for letter in scene.heard.text)
    if question is not None and question.expecting is Expecting.YES_NO and wordless:
        again = scene.words("Уточните, пожалуйста. {question}", question=question.reply.text)
        return Turn(scene.talk, (replace(question.reply, text=again),))
    said = scene.words("Рада помочь!") if wordless else scene.words("Пожалуйста!")
    if question is not None and question.expecting is Expecting.YES_NO:
        return scene.aside(said)
    return replace(scene.say(said), talk=scene.talk)


INTENT = Intent("thanks", PHRASES, begin)
