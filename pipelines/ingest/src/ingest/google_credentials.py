"""Whom ingest is to Google: whoever runs it, or an account that they may act as."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import google.auth
from google.auth import exceptions, impersonated_credentials
from google.auth.credentials import Credentials

from ingest.errors import IngestError, PassingTrouble
from ingest.settings import Settings

CLOUD_PLATFORM = "https://www.googleapis.com/auth/cloud-platform"
_LIFETIME_SECONDS = 3_600  # of a token, which is renewed when it ends


def credentials_for(settings: Settings, scopes: Sequence[str] = (CLOUD_PLATFORM,)) -> Credentials:
    """Application default credentials, or those of the account in `identities.ingest`, whom they impersonate.

    Nothing is asked of Google yet: what it refuses is raised where the credentials are used (see `login_in_words`).
    Raises IngestError when there are none on this machine.
    """
    account = settings.identities.ingest if settings.identities else None
    with login_in_words(account):
        source, _ = google.auth.default(scopes=[CLOUD_PLATFORM] if account else list(scopes))
    if account is None:
        return source
    return impersonated_credentials.Credentials(  # type: ignore[no-untyped-call]
        source_credentials=source, target_principal=account, target_scopes=list(scopes), lifetime=_LIFETIME_SECONDS
    )


@contextmanager
def login_in_words(account: str | None) -> Iterator[None]:
    """What Google's authentication says, for people; `account` is whom ingest impersonates."""
    try:
        yield
    except exceptions.DefaultCredentialsError as error:
        raise IngestError(
            f"nobody is logged in to Google: {_first_line(error)}",
            "the application default credentials",
            "gcloud auth application-default login",
        ) from error
    except exceptions.TransportError as error:
        what = f"Google's login doesn't answer: {_first_line(error)}"
        raise PassingTrouble(what, "the network", "run the command again later") from error
    except exceptions.GoogleAuthError as error:
        if account is not None and isinstance(error, exceptions.RefreshError):
            raise IngestError(
                f"ingest may not act as {account}: {_first_line(error)}",
                account,
                "give whoever runs this roles/iam.serviceAccountTokenCreator on it (deploy again), or log in: "
                "gcloud auth application-default login",
            ) from error
        raise IngestError(
            f"the login to Google isn't valid any more: {_first_line(error)}",
            "the application default credentials",
            "gcloud auth application-default login",
        ) from error


def _first_line(error: Exception) -> str:
    return str(error).splitlines()[0] if str(error) else type(error).__name__
