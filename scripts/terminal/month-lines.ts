import type { ProgressLine } from "../../contracts/run-records";

const STAGES: Readonly<Record<string, string>> = { fetch: "fetched", clean: "cleaned", land: "in the warehouse", postgres: "in Postgres" };

/** Says what happens to each delivery, one line when a stage of it is done. */
export class MonthLines {
  constructor(private readonly say: (line: string) => void) {}

  public show({ service, file_month, stage, status, rows, seconds, message }: ProgressLine): void {
    const what = [service, file_month].filter(Boolean).join(" ");
    if (status === "failed") this.say(`✗ ${[what, stage].filter(Boolean).join(" ")}: ${message ?? "failed"}`);
    if (status !== "done") return;
    const done = STAGES[stage] ?? stage;
    const counted = rows === undefined ? "" : `  ${rows.toLocaleString("en-US")} rows`;
    this.say(
      `${what === "" ? "" : `${what.padEnd(15)} `}${done}${counted}${seconds === undefined ? "" : `  ${seconds.toFixed(1)} s`}${message ? `  ${message}` : ""}`,
    );
  }
}
