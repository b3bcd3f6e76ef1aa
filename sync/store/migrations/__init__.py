"""Alembic's folder: how the tables of the state store came to be what they are, revision by revision."""
