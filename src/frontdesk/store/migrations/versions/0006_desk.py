"""Who may see the desk, and their sessions."""

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Creates it."""
