"""The link to each salon's journal, and what a command needs while it is away."""

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Creates it."""
