#!/usr/bin/env python3
"""Prints how well the intents of the corpora are heard: precision and recall by intent, and what is confused.

python scripts/report_understanding.py [ru en uk de]
"""

import sys
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "language"))

from corpus import faults, hear, read, salon  # the corpora live with the tests

LANGUAGES = {"ru": ("ru", "en"), "en": ("en", "ru"), "uk": ("uk", "en"), "de": ("de", "en")}


def main(languages: list[str]) -> int:
    """Report each language; 1 where a phrase of the corpora is not understood."""
    reports = [report(language) for language in languages or LANGUAGES]
    return int(any(reports))


def report(language: str) -> bool:
    """Print one language's table; whether anything was misunderstood."""
    ear = salon(LANGUAGES[language])
    confusions: Counter[tuple[str, str]] = Counter()
    wrong = []
    for phrase in read(f"intents_{language}.txt"):
        heard = hear(phrase, ear)
        confusions[phrase.intents[0], heard.intent] += 1
        if found := faults(phrase, heard):
            wrong.append((phrase, found))
    print(f"\n{language}: {confusions.total()} phrases, {confusions.total() - len(wrong)} understood whole\n")
    _table(confusions)
    _pairs(confusions)
    for phrase, found in wrong:
        print(f"  {phrase}: {'; '.join(found)}")
    return bool(wrong)


def _table(confusions: Counter[tuple[str, str]]) -> None:
    print(f"  {'intent':<10}{'phrases':>8}{'precision':>11}{'recall':>8}")
    for name in sorted({name for pair in confusions for name in pair}):
        right = confusions[name, name]
        meant = sum(count for (meaning, _), count in confusions.items() if meaning == name)
        heard = sum(count for (_, hearing), count in confusions.items() if hearing == name)
        print(f"  {name:<10}{meant:>8}{_share(right, heard):>11}{_share(right, meant):>8}")


def _pairs(confusions: Counter[tuple[str, str]]) -> None:
    pairs = [(count, meant, heard) for (meant, heard), count in confusions.items() if meant != heard]
    for count, meant, heard in sorted(pairs, reverse=True):
        print(f"  {meant} heard as {heard}: {count}")
    if not pairs:
        print("  no pair is confused")


def _share(part: int, whole: int) -> str:
    return f"{part / whole:.3f}" if whole else "-"


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
