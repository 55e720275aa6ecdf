"""Whatever Hadoop has a connector for, Cloud Storage on Dataproc; through the session's Java."""

from __future__ import annotations

from typing import Any

from py4j.protocol import Py4JJavaError
from pyspark.sql import SparkSession

from trips_spark.storage.addresses import for_spark


class HadoopStorage:
    def __init__(self, spark: SparkSession) -> None:
        context: Any = spark.sparkContext
        self._java = context._jvm
        self._configuration = context._jsc.hadoopConfiguration()

    def read(self, address: str) -> str | None:
        if not self.exists(address):
            return None
        stream = self._do("open", address)
        try:
            return str(self._java.org.apache.commons.io.IOUtils.toString(stream, "UTF-8"))
        finally:
            stream.close()

    def write(self, address: str, text: str) -> None:
        """An object of Cloud Storage appears in one act, when its stream is closed; a file of HDFS would not."""
        stream = self._do("create", address, True)
        stream.write(bytearray(text, "utf-8"))
        stream.close()

    def names(self, address: str) -> list[str]:
        if not self.exists(address):
            return []
        return sorted(str(status.getPath().getName()) for status in self._do("listStatus", address))

    def exists(self, address: str) -> bool:
        return bool(self._do("exists", address))

    def remove(self, address: str) -> None:
        self._do("delete", address, True)

    def _do(self, method: str, address: str, *arguments: Any) -> Any:
        path = self._java.org.apache.hadoop.fs.Path(for_spark(address))
        try:
            return getattr(path.getFileSystem(self._configuration), method)(path, *arguments)
        except Py4JJavaError as error:
            raise OSError(f"{method} {address}: {error.java_exception}") from error
