"""How an intent is told apart: its phrases, written where the intent lives and handed to `understand` by the wiring.

A phrase is written in a small notation, the same for every language:

    отменить запись       both words in one sentence, near each other, in any order; exactly these forms
    ~отменить             any inflection of the word (whatever has its stem)
    отмен*                a word that begins so
    смогу|получится       either
    не_смогу прийти       `_` binds words that stand side by side in this order; it joins alternatives: не_смогу|буду
    я/у_меня              `/` chooses between such groups
    (мою) запись          what may be missing; where it is there, it belongs to the phrase
    есть место ?          the sentence is a question
    можно <date>          a thing found before: <service>, <master>, <date>;
                         <shift> is another time beside one that is known: «на час позже»

Of two intents that claim the same word the phrase that explains more has it: «когда можно записаться» asks what is free
although «записаться» alone books.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

_KINDS = ("phrases", "weak", "opening", "whole", "never")


@dataclass(frozen=True, slots=True)
class Phrases:
    """The Russian phrases of one intent; other languages are data in `lexicons/`, keyed by the intent's name.

    `phrases` tell the intent wherever they stand, `weak` only hint at it. `opening` counts at the start of a message
    («да, отмените»), `whole` where the message says nothing else («хорошо» is a yes, «хорошо, но не приду» is not).
    Where one of `never` stands in the sentence, the intent is not meant.

    `assent` marks an agreement: it is no agreement where the message goes on with a "but" or a question. What is not
    `deniable` is asked for even in «вы не работаете в воскресенье?»; «не надо отменять» denies the rest.
    A `courtesy` («спасибо», «добрый день») may stand beside any answer without changing it.
    """

    intent: str
    phrases: tuple[str, ...] = ()
    weak: tuple[str, ...] = ()
    opening: tuple[str, ...] = ()
    whole: tuple[str, ...] = ()
    never: tuple[str, ...] = ()
    assent: bool = False
    courtesy: bool = False
    deniable: bool = True

    def translated(self, table: Mapping[str, Sequence[str]]) -> "Phrases":
        """The same intent in another language, from its table in that lexicon.

        Raises ValueError for a key that is not a kind of phrase.
        """
        unknown = table.keys() - _KINDS
        if unknown:
            raise ValueError(
                f"the intent {self.intent!r} has no {', '.join(sorted(unknown))}; there are {', '.join(_KINDS)}"
            )
        own = {kind: tuple(table.get(kind, ())) for kind in _KINDS}
        return Phrases(self.intent, **own, assent=self.assent, courtesy=self.courtesy, deniable=self.deniable)
