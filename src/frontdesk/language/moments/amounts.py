"""Rules that read an amount of time, wishes beside another moment, and the words that join."""

from frontdesk.language.heard import Relation
from frontdesk.language.moments.atoms import Amount, Atom, Day, Gap, Mark, Sort, Wish
from frontdesk.language.moments.calendar import Span, shifted
from frontdesk.language.moments.matching import Caught, Rule, rule


def _amount(caught: Caught, direction: int) -> Atom:
    return Amount(_span(caught), direction)


def _span(caught: Caught) -> Span:
    return caught.scene.spans[caught.at("span")][0]


def _ahead(caught: Caught) -> Atom:
    return _amount(caught, 1)


def _back(caught: Caught) -> Atom:
    return _amount(caught, -1)


def _alone(caught: Caught) -> Atom:
    return _amount(caught, 0)


def _next_amount(caught: Caught) -> Atom | None:
    """«следующие два дня», "next 2 weeks": counted from now."""
    direction = {"next": 1, "last": -1}.get(caught["which"], 0)
    span_at = caught.at("span")
    counted = not caught.scene.senses[span_at].keys().isdisjoint({"number", "amount"})
    return _amount(caught, direction) if direction and counted else None


def _turned(caught: Caught) -> Atom | None:
    """«дня через три»: the preposition stands inside the amount."""
    start, (_, after) = caught.at("span"), caught.scene.spans[caught.at("span")]
    inside = range(start + 1, after)
    counted = "unit" in caught.scene.senses[start] and any("in" in caught.scene.senses[at] for at in inside)
    return Amount(_span(caught), 1) if counted else None


def _within(caught: Caught) -> Atom:
    """«в течение недели»: from today on; of hours and minutes the end counts."""
    span, now = _span(caught), caught.scene.now
    end = None if span.is_clock else shifted(now, span)
    return Amount(span, 1) if end is None else Day(now.date(), Sort.WINDOW, end.date())


def _for_about(caught: Caught) -> Atom | None:
    """«минут на десять» is how long; «часов на 12» is at twelve, «следующей недели на 12» too."""
    at = caught.at("unit")
    of_what = at > 0 and "which" in caught.scene.senses[at - 1]
    return None if caught["unit"] == "hour" or of_what else Gap()


def _nothing(caught: Caught) -> Atom:
    del caught
    return Gap()


def _wish(caught: Caught) -> Atom:
    return Wish(Relation(caught["relation"]))


def _measured_wish(caught: Caught) -> Atom | None:
    """«на час позже»; «следующей недели раньше семи» measures nothing."""
    relation, at = Relation(caught["relation"]), caught.at("span")
    if at and "which" in caught.scene.senses[at - 1]:
        return None
    return Wish(relation, _span(caught)) if relation in {Relation.EARLIER, Relation.LATER} else None


def _mark(caught: Caught) -> Atom:
    return Mark(caught.parts[-1][0])


def _mark_of_hour(caught: Caught) -> Atom | None:
    """«часа на четыре»; «не позже часа на завтра» is one o'clock."""
    scene, after = caught.scene, caught.scene.senses[caught.parts[-1][2]][caught.parts[-1][0]][1]
    following = scene.senses[after] if after < len(scene.tokens) else {}
    return None if following.keys().isdisjoint(_OF_AN_HOUR) else Mark(caught.parts[-1][0])


_OF_AN_HOUR = frozenset(
    {"number", "ordinal", "one_oclock", "half_before", "half_glued", "without", "quarter", "clock", "pair"}
)
_MARKS = (
    "not", "from", "to", "until", "after", "before", "between", "and", "or", "but", "rather", "by", "about", "on", "at",
    "dash", "comma", "stop", "plus", "whole", "the", "of", "not_hour", "in", "each", "move", "refused",
)  # fmt: skip

AMOUNTS: tuple[Rule, ...] = (
    rule("in an amount of time", "in|plus about? span hence?", _ahead),
    rule("an amount of time from now", "span hence", _ahead),
    rule("an amount of time ago", "span ago", _back),
    rule("an amount of time ago", "ago_before span", _back),
    rule("about an amount of time", "span", _turned),
    rule("within an amount of time", "within span", _within),
    rule("for about an amount of time", "unit on number", _for_about),
    rule("every so often", "each span", _nothing),
    rule("the next amount of time", "the? which span", _next_amount),
    rule("measured shift", "on? span relation", _measured_wish),
    rule("measured shift", "relation on span", _measured_wish),
)

WISHES: tuple[Rule, ...] = (
    rule("wish", "relation", _wish),
    rule("amount of time", "span", _alone),
    rule("greeting", "greeting", _nothing),
    rule("joining word", "hour_mark at|by|on", _mark_of_hour),
    *(rule("joining word", category, _mark) for category in _MARKS),
)
