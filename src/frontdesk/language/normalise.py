def normalise(text: str) -> str:
    """The text in the one form that everything else reads."""
    return text.casefold().replace("ё", "е")
