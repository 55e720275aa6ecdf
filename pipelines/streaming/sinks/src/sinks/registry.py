"""Avro schemas by the ids that a registry gave them."""

from __future__ import annotations

import json
from typing import Any

import httpx

from ingest.errors import IngestError
from ingest.retries import Retries, persist, raise_if_busy


def patience(seconds: float) -> Retries:
    """A registry that is started again is back within a minute."""
    return Retries(attempts=100, total_seconds=seconds, first_wait=0.5, longest_wait=10.0)


class UnknownSchema(Exception):
    """The registry answers, and has no schema of this id."""


class Registry:
    """:param url: of its API in Confluent's form, such as http://127.0.0.1:8181/apis/ccompat/v7"""

    def __init__(self, url: str, retries: Retries) -> None:
        self._url = url.rstrip("/")
        self._retries = retries
        self._client = httpx.Client(timeout=10.0)
        self._schemas: dict[int, Any] = {}

    def schema(self, schema_id: int) -> Any:
        """As JSON. Raises UnknownSchema; PassingTrouble where the registry doesn't answer."""
        if schema_id not in self._schemas:
            self._schemas[schema_id] = self._ask(f"{self._url}/schemas/ids/{schema_id}", schema_id)
        return self._schemas[schema_id]

    def _ask(self, address: str, schema_id: int) -> Any:
        def ask(_deadline: float) -> httpx.Response:
            response = self._client.get(address)
            raise_if_busy(response)
            return response

        response = persist(ask, address, self._retries)
        if response.status_code == 404:
            raise UnknownSchema(f"the registry has no schema {schema_id}")
        try:
            return json.loads(response.raise_for_status().json()["schema"])
        except (httpx.HTTPStatusError, ValueError, KeyError, TypeError) as error:
            what = f"this is no answer of a schema registry: HTTP {response.status_code}"
            raise IngestError(what, address, "let --registry name its API, which ends in /apis/ccompat/v7") from error
