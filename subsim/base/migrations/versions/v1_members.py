"""Version 1: the header, the members and what was recorded of them."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.schema import CreateSequence, DropSequence

revision = "1"
down_revision = None
branch_labels = None
depends_on = None

_KEY = sa.String().with_variant(sa.String(collation="C"), "postgresql")
_NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Make the tables of version 1."""
    if op.get_bind().dialect.supports_sequences:
        op.execute(CreateSequence(sa.Sequence("fact_ids")))
    op.create_table(
        "header",
        sa.Column("header", _NUMBER, primary_key=True, autoincrement=True),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("recorded_at", _KEY, nullable=False),
        sa.Column("recorded_by", sa.Text),
    )
    op.create_table(
        "member",
        sa.Column("id", _KEY, primary_key=True),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("name", sa.Text),
        sa.Column("email", sa.Text),
        sa.Column("phone", sa.Text),
        sa.Column("sought", sa.Text, nullable=False),
        sa.Column("sought_phone", sa.Text, nullable=False),
    )
    op.create_table(
        "record",
        sa.Column("record", _NUMBER, primary_key=True, autoincrement=True),
        sa.Column("member", _KEY, nullable=False),
        sa.Column("fact", _NUMBER),
        sa.Column("action", sa.Text, nullable=False),
        sa.Column("document", sa.Text),
        sa.Column("recorded_at", _KEY, nullable=False),
        sa.Column("recorded_by", sa.Text),
        sa.Column("note", sa.Text),
    )
    op.create_index("record_by_member", "record", ["member", "record"])
    op.create_index("record_by_fact", "record", ["fact"])


def downgrade() -> None:
    """Take the tables away."""
    for table in ("record", "member", "header"):
        op.drop_table(table)
    if op.get_bind().dialect.supports_sequences:
        op.execute(DropSequence(sa.Sequence("fact_ids")))
