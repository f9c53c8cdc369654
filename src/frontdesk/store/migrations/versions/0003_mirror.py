"""The local copy of the salons."""

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Creates it."""
