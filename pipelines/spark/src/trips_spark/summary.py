"""What a run did, in numbers: for programs as JSON, for people in a few lines."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any

from trips_spark.errors import JobError
from trips_spark.metrics import Metrics


@dataclass
class Summary:
    """`seconds` without those of starting the session. `published`: whether the pointer was written."""

    job: str
    run_id: str
    output: str
    computed: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    gone: list[str] = field(default_factory=list)
    skipped: dict[str, str] = field(default_factory=dict)
    failed: dict[str, str] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    rows_in: int = 0
    rows_out: int = 0
    report_rows: int | None = None
    report_path: str | None = None
    published: bool = False
    seconds: float = 0.0
    session_seconds: float = 0.0
    metrics: Metrics | None = None
    usd: float | None = None
    exit_code: int = 0

    def fail(self, what: str, error: JobError) -> None:
        """Trouble that may pass gives way to what somebody has to mend."""
        self.failed[what] = str(error)
        self.exit_code = error.exit_code if self.exit_code in (0, error.exit_code) else 1

    def to_json(self) -> dict[str, Any]:
        document = asdict(self)
        metrics = document.pop("metrics") or {}
        document |= {"seconds": round(self.seconds, 3), "session_seconds": round(self.session_seconds, 3)}
        if metrics:
            metrics["vcpu_hours"] = round(metrics["vcpu_hours"], 4)
        return {**document, **metrics}

    def lines(self) -> list[str]:
        said = [f"{self.job}: {len(self.computed)} computed, {len(self.unchanged)} unchanged"]
        if self.computed:
            said[0] += f"; {self.rows_in:,} trips to {self.rows_out:,} rows"
        if self.report_rows is not None:
            said[0] += f"; the report has {self.report_rows:,} rows"
        said[0] += f"; {self.seconds:.1f} s, and {self.session_seconds:.1f} s to start Spark"
        if self.metrics:
            said.append(
                f"shuffled {self.metrics.shuffle_write_bytes / 1e6:,.1f} MB, {self.metrics.vcpu_hours:.4f} vCPU hours"
            )
            said[-1] += f", about {self.usd:.2f} USD" if self.usd is not None else " of this machine"
        said += [f"{name} is in the lake no more" for name in self.gone]
        said += [*self.notes, *(f"skipped {name}: {why}" for name, why in self.skipped.items())]
        return [*said, *(f"error: {name}: {why}" for name, why in self.failed.items())]
