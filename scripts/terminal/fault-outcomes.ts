/** What became of a fault that a test made. */
export interface Outcome {
  readonly fault: string;
  readonly status: "recovered" | "FAILED" | "skipped";
  readonly seconds: number;
}

/** Outcomes by pytest's JUnit report. */
export function outcomesOfPytest(xml = ""): Outcome[] {
  return [...xml.matchAll(/<testcase classname="[^"]*" name="([^"]+)" time="([\d.]+)"(?:\s*\/>|>\s*<(\w+))/g)].map(
    ([, name = "", seconds, found]) => ({
      fault: named(name),
      status: found === "failure" || found === "error" ? "FAILED" : found === "skipped" ? "skipped" : "recovered",
      seconds: Number(seconds),
    }),
  );
}

/** Outcomes by jest's JSON report. */
export function outcomesOfJest(json?: string): Outcome[] {
  if (json === undefined) return [];
  interface Report {
    readonly testResults: readonly { readonly assertionResults: readonly { title: string; status: string; duration?: number }[] }[];
  }
  const report = JSON.parse(json) as Report;
  return report.testResults.flatMap(({ assertionResults }) =>
    assertionResults.map(({ title, status, duration }) => ({
      fault: title,
      status: status === "passed" ? ("recovered" as const) : status === "failed" ? ("FAILED" as const) : ("skipped" as const),
      seconds: (duration ?? 0) / 1000,
    })),
  );
}

/** `test_killed_at[land:before-commit]` as people read it. */
function named(name: string): string {
  return name
    .replace(/^test_/, "")
    .replace("[", ": ")
    .replace("]", "")
    .replaceAll("_", " ");
}
