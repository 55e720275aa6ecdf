"""The part of the settings file that the orchestration itself needs; ingest checks the rest."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from airflow.exceptions import AirflowFailException

_MEND = "Deploy again (npm start), which rewrites the file."


@dataclass(frozen=True)
class RunSettings:
    file: Path
    runs: Path
    logs: Path
    warehouse_file: Path
    warehouse_lock: Path
    datasets: dict[str, str]
    has_postgres: bool

    @classmethod
    def load(cls, file: Path | None) -> RunSettings:
        """Read the file at run time. Raises AirflowFailException, which isn't retried, and says what is missing."""
        if file is None:
            raise AirflowFailException(
                "PIPELINE_SETTINGS isn't set. It names the settings file that a deployment writes."
            )
        try:
            document = json.loads(file.read_text(encoding="utf-8"))
            warehouse, paths = document["warehouse"], document["paths"]
            return cls(
                file=file,
                runs=Path(paths["runs"]),
                logs=Path(paths["logs"]),
                warehouse_file=Path(warehouse["file"]),
                warehouse_lock=Path(warehouse["lockFile"]),
                datasets={name: str(document["datasets"][name]) for name in ("landed", "lake", "staging", "marts")},
                has_postgres=document.get("postgres") is not None,
            )
        except FileNotFoundError:
            raise AirflowFailException(f"There is no settings file at {file}. {_MEND}") from None
        except KeyError as missing:
            raise AirflowFailException(f"The settings file {file} has no {missing}. {_MEND}") from None
        except (ValueError, TypeError) as error:
            raise AirflowFailException(f"The settings file {file} can't be read: {error}. {_MEND}") from None
