"""Rides from Kafka to where they are kept: Parquet on the lake."""
