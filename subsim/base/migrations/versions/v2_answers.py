"""Version 2: the answers given, and the requests that name an idempotency key."""

import sqlalchemy as sa
from alembic import op

revision = "2"
down_revision = "1"
branch_labels = None
depends_on = None

_KEY = sa.String().with_variant(sa.String(collation="C"), "postgresql")
_NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Add the tables of version 2."""
    op.create_table(
        "answer",
        sa.Column("answer", _NUMBER, primary_key=True, autoincrement=True),
        sa.Column("member", _KEY, nullable=False),
        *(
            sa.Column(name, sa.Text, nullable=False)
            for name in ("date", "subscription", "language", "check_line", "text", "options", "result")
        ),
        sa.Column("recorded_at", _KEY, nullable=False),
        sa.Column("recorded_by", sa.Text),
    )
    op.create_index("answer_by_member", "answer", ["member", "answer"])
    op.create_table(
        "request",
        sa.Column("asker", _KEY, primary_key=True),
        sa.Column("key", _KEY, primary_key=True),
        sa.Column("fingerprint", sa.Text, nullable=False),
        sa.Column("status", sa.Integer, nullable=False),
        sa.Column("body", sa.Text, nullable=False),
        sa.Column("recorded_at", _KEY, nullable=False),
    )


def downgrade() -> None:
    """Take the tables of version 2 away."""
    op.drop_table("request")
    op.drop_table("answer")
