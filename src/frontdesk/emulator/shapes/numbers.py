def plain(value: float) -> float:
    """A number as the provider writes it: without a fraction where there is none."""
    return int(value) if value == int(value) else value
