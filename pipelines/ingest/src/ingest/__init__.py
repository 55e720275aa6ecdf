"""Brings TLC trip files into the lake, the warehouse and Postgres, by the contracts."""

#: Part of every receipt and `_load_id`: raise it when the same bytes would give other rows, and every month reloads.
INGEST_VERSION = "1"
