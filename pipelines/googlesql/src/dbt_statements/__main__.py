"""`python -m dbt_statements <dbt project> <target folder>` leaves `statements.jsonl` there: a statement a line."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from pathlib import Path

from dbt_statements.project import FailedToRender, statements

if __name__ == "__main__":
    project, target = (Path(argument).resolve() for argument in sys.argv[1:])
    try:
        lines = [json.dumps(asdict(statement)) for statement in statements(project, target)]
    except FailedToRender as failure:
        sys.exit(f"dbt could not write its SQL for BigQuery:\n{failure}")
    (target / "statements.jsonl").write_text("\n".join(lines) + "\n")
