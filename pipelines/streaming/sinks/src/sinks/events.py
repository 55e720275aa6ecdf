"""The contracts' events."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from ingest.errors import IngestError

#: Where the project keeps them.
CONTRACTS = Path(__file__).resolve().parents[5] / "contracts" / "generated" / "avro"


def contract(event: str, folder: Path = CONTRACTS) -> Any:
    """The Avro schema of an event, as JSON."""
    file = folder / f"{event}.avsc"
    try:
        return json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise IngestError(f"the contract can't be read: {error}", str(file), "run `npm run generate`") from error
