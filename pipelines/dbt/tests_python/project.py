"""Where things are, seen from the dbt project."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

PROJECT = Path(__file__).resolve().parents[1]
ROOT = PROJECT.parents[1]
CONTRACTS = ROOT / "contracts" / "generated"

#: Real trips for tests, where they lie beside the project; see `tests_python/test_real_trips.py`.
REAL_TRIPS = ROOT.parent / "shared" / "data" / "tlc"

#: What the complete build leaves for whoever counts tests: `run_results.json` in here.
RESULTS = ROOT / ".embedded" / "test" / "dbt"


def contract_tables() -> dict[str, Any]:
    """The contracts' tables by name, as `npm run generate` wrote them."""
    tables: dict[str, Any] = json.loads((CONTRACTS / "contracts.json").read_text())["tables"]
    return tables
