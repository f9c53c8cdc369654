"""What several processes share: the pace."""

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Creates it."""
