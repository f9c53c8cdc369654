"""What the salon edits at the desk: texts, policy, switches."""

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Creates it."""
