"""Iceberg and Delta tables that are derived from the clean Parquet of the lake, which stays the truth."""
