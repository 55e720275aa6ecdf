"""What BigQuery refuses, in words: what, where, how to mend it, and whether it may pass by itself."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager

import requests.exceptions
from google.api_core import exceptions

from ingest.bigquery.roles import role_for
from ingest.errors import IngestError, PassingTrouble
from ingest.google_credentials import login_in_words
from ingest.settings import BigQueryWarehouse, Settings
from ingest.warehouse import TableMissing

_AGAIN = "run again: the month is landed whole or not at all"
#: https://cloud.google.com/bigquery/docs/error-messages
_PASSING_REASONS = {
    "backendError",
    "badGateway",
    "internalError",
    "jobBackendError",
    "jobInternalError",
    "jobRateLimitExceeded",
    "quotaExceeded",
    "rateLimitExceeded",
    "tableUnavailable",
}
#: Refusals that pass by themselves, whose reasons (invalidQuery, resourcesExceeded) also stand for what doesn't:
#: others changed the table meanwhile, or twenty changes of it wait already.
_PASSING_WORDS = ("concurrent update", "Too many DML statements outstanding")
_PASSING = (
    exceptions.TooManyRequests,
    exceptions.ServerError,
    exceptions.RetryError,
    requests.exceptions.ConnectionError,
    requests.exceptions.Timeout,
    TimeoutError,
)


@contextmanager
def explained(settings: Settings) -> Iterator[None]:
    """Raises IngestError, PassingTrouble or TableMissing for what Google's client raises within."""
    try:
        with login_in_words(settings.identities.ingest if settings.identities else None):
            yield
    except (exceptions.GoogleAPIError, requests.exceptions.RequestException, TimeoutError) as error:
        raise _in_words(error, settings) from error


def _in_words(error: Exception, settings: Settings) -> IngestError:
    where, said, reason = f"BigQuery, project {settings.project_id}", _said(error), _reason(error)
    if reason == "bytesBilledLimitExceeded":
        return _too_many_bytes(said, where, settings)
    in_the_way = any(words in said for words in _PASSING_WORDS)
    if reason in _PASSING_REASONS or isinstance(error, _PASSING) or in_the_way:
        return PassingTrouble(f"BigQuery broke off: {said}", where, _AGAIN)
    if isinstance(error, exceptions.Forbidden):
        return IngestError(f"BigQuery refuses: {said}", where, f"{role_for(said, settings)}; deploying grants it")
    if isinstance(error, exceptions.NotFound):
        if "Not found: Job" in said:
            return PassingTrouble(f"BigQuery broke off: {said}", where, _AGAIN)
        return TableMissing(
            f"BigQuery has nothing there: {said}", where, f"deploy first: npm run deploy -- {settings.environment}"
        )
    return IngestError(f"BigQuery refuses: {said}", where, "mend the cause and run again; nothing was half done")


def _too_many_bytes(said: str, where: str, settings: Settings) -> IngestError:
    needed = re.search(r"(\d+) or higher required", said)
    assert isinstance(settings.warehouse, BigQueryWarehouse)
    allowed = settings.warehouse.maximum_bytes_billed
    how_many = f"{int(needed[1]):,} bytes" if needed else "more"
    return IngestError(
        f"a query would bill {how_many}, {allowed:,} are allowed",
        where,
        f"raise pipelines.maximumBytesBilled in config/{settings.environment}.yaml and deploy, or ask for fewer months",
    )


def _said(error: Exception) -> str:
    """Google's own words, without the request that they answer."""
    text = error.message if isinstance(error, exceptions.GoogleAPICallError) else str(error)
    first = (text or type(error).__name__).splitlines()[0]
    first = re.sub(r"(\d{3} )?[A-Z]+ https?://\S+: ", "", first)
    return re.split(r"; reason: ", first)[0].strip()


def _reason(error: Exception) -> str:
    first = error.errors[0] if isinstance(error, exceptions.GoogleAPICallError) and error.errors else {}
    return str(first.get("reason", "")) if isinstance(first, dict) else ""
