"""What Spark's failures mean to the person who reads them."""

from __future__ import annotations

import re

from py4j.protocol import Py4JJavaError, Py4JNetworkError

from trips_spark.errors import CorruptFile, JobError

_NO_MEMORY = re.compile(r"OutOfMemoryError|Java heap space|GC overhead limit|Unable to acquire \d+ bytes of memory")
_NO_ROOM = re.compile(r"No space left on device|Disk quota exceeded")
_GONE = re.compile(r"FileNotFoundException|File .* does not exist|PATH_NOT_FOUND")
_OTHER_TYPE = re.compile(r"SchemaColumnConvertNotSupportedException|Parquet column cannot be converted")
_CORRUPT = re.compile(
    r"is not a Parquet file|[Cc]ould not read footer|CANNOT_READ_FILE_FOOTER|Encountered error while reading file"
    r"|ParquetDecodingException|could not read page|FAILED_READ_FILE"
)
_MORE_MEMORY = "give it more: --memory 4g, or SPARK_MEMORY=4g npm start; or one file at a time: --parallel 1"
#: The first line that says something: Java's traces begin with what was called.
_CAUSE = re.compile(r"^(?:: |Caused by: )?[\w.$]+(?:Exception|Error): (.+)$", re.MULTILINE)


class SessionLost(JobError):
    """Nothing more can be computed in this session."""


def is_of_spark(error: BaseException) -> bool:
    return isinstance(error, Py4JJavaError | Py4JNetworkError | ConnectionError) or "pyspark" in type(error).__module__


def explained(error: Exception, address: str) -> JobError:
    """In place of what reading or writing by Spark raised; `address` is the file that was read."""
    said = f"{error}\n{getattr(error, '_stackTrace', '')}"
    if _NO_MEMORY.search(said):
        return SessionLost("Spark ran out of memory", address, _MORE_MEMORY)
    if isinstance(error, Py4JNetworkError | ConnectionError):
        return SessionLost("Spark's Java process ended, mostly for want of memory", address, _MORE_MEMORY)
    if _NO_ROOM.search(said):
        return SessionLost("there is no room left on the disk", address, "make room, or give another --output")
    if _GONE.search(said):
        return JobError("the file is gone that the receipt is of", address, "run ingest, which makes it again")
    if _OTHER_TYPE.search(said):
        what = f"a column has another type than in the contract: {cause(said)}"
        return JobError(what, address, "deploy the job again, or clean the month again")
    if _CORRUPT.search(said):
        mend = "run ingest's clean with --force, or go on without it: --skip-corrupt"
        return CorruptFile(f"the file can't be read: {cause(said)}", address, mend)
    return JobError(f"Spark failed: {cause(said)}", address, "run with --debug to see where")


def cause(said: str) -> str:
    """The innermost cause that has words, in one line."""
    found = _CAUSE.findall(said)
    line = found[-1] if found else next(iter(said.strip().splitlines()), "")
    return line[:300]
