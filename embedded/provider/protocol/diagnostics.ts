import type { Diagnostic } from "./messages";

/** An error that Terraform shows to people: what is wrong, and how to mend it. */
export function problem(summary: string, detail = "", attribute?: string): Diagnostic {
  return { severity: 1, summary, detail, ...(attribute === undefined ? {} : { attribute: { steps: [{ attribute_name: attribute }] } }) };
}

/** What was thrown, for people; its stack goes to the log (`TF_LOG=error`). */
export function failed(error: unknown): Diagnostic {
  return problem("The embedded cloud failed", error instanceof Error ? error.message : String(error));
}
