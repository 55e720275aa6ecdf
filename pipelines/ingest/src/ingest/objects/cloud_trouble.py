"""What Cloud Storage and its client say when something fails, in words for people."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import requests
from google.api_core import exceptions
from google.cloud.storage.exceptions import DataCorruption

from ingest.errors import IngestError, PassingTrouble
from ingest.google_credentials import login_in_words

READ, WRITE = "roles/storage.objectViewer", "roles/storage.objectUser"
_LATER = "run the command again later"
#: Besides 429 and all of 500 and more: what retrying has not cured in the time that it had.
_PASSING = (exceptions.RetryError, requests.RequestException, ConnectionError)


@contextmanager
def in_words(address: str, bucket: str, role: str, account: str | None) -> Iterator[None]:
    """`role` is the one that the requests need; `account` is whom ingest impersonates.

    Lets NotFound and PreconditionFailed pass: what they mean depends on the request.
    """
    try:
        with login_in_words(account):
            yield
    except (exceptions.NotFound, exceptions.PreconditionFailed):
        raise
    except exceptions.Forbidden as error:
        raise IngestError(
            f"no right to this object: {_reason(error)}",
            address,
            f"give {account or 'whoever runs this'} the role {role} on gs://{bucket}; deploying again does, for the "
            "accounts of the platform",
        ) from error
    except exceptions.Unauthorized as error:
        raise IngestError(
            f"Cloud Storage doesn't know who asks: {_reason(error)}", address, "gcloud auth application-default login"
        ) from error
    except DataCorruption as error:
        raise PassingTrouble("the bytes were damaged on their way: their CRC32C differs", address, _LATER) from error
    except (*_PASSING, exceptions.ServerError, exceptions.TooManyRequests) as error:
        raise PassingTrouble(f"Cloud Storage doesn't answer as it should: {_reason(error)}", address, _LATER) from error
    except exceptions.GoogleAPICallError as error:
        what = f"Cloud Storage refused: {_reason(error)}"
        raise IngestError(what, address, "mend the cause, then run again") from error


def no_bucket(bucket: str) -> IngestError:
    return IngestError("there is no such bucket", f"gs://{bucket}", "deploy the environment first, which makes it")


def lost_race(address: str) -> PassingTrouble:
    return PassingTrouble(
        "another process has changed the object meanwhile, which this one leaves as it is now",
        address,
        "run the command again: it begins with what is there now",
    )


def _reason(error: Exception) -> str:
    """Google's own words, without the address and the body around them."""
    cause = error.cause if isinstance(error, exceptions.RetryError) and error.cause else error
    response = getattr(cause, "response", None)
    if response is None:
        text = str(cause)
        return text.splitlines()[0] if text else type(cause).__name__
    try:
        return f"{response.json()['error']['message']} (HTTP {response.status_code})"
    except (ValueError, KeyError, TypeError):
        return f"HTTP {response.status_code}"
