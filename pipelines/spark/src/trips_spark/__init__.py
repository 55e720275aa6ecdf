"""Batch reports on the clean trips of the lake."""

#: Part of what a contribution was made from. Raise it when a job would give other rows for the same trips.
JOBS_VERSION = "1"
