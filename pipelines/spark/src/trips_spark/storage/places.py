"""Chooses the storage by the address."""

from __future__ import annotations

from collections.abc import Callable

from pyspark.sql import SparkSession

from trips_spark.storage.addresses import is_local
from trips_spark.storage.hadoop_storage import HadoopStorage
from trips_spark.storage.local_storage import LocalStorage
from trips_spark.storage.storage import Storage


def storage_of(address: str, session: Callable[[], SparkSession]) -> Storage:
    """`session` is asked for only where an object store needs it."""
    return LocalStorage() if is_local(address) else HadoopStorage(session())
