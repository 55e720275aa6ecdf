import type { Diagnosis } from "../../operations/doctor/doctor";

const MARKS: Readonly<Record<Diagnosis["status"], string>> = { pass: "✓", warn: "!", fail: "✗", skip: "–" };
const TITLE = 32;

/** One row of the table; what must be mended says why, and how. */
export function diagnosisText({ status, title, found, why, mend }: Diagnosis): string {
  const row = `${MARKS[status]} ${title.padEnd(TITLE)} ${found}`;
  return mend === undefined ? row : [row, `    why   ${why}`, `    mend  ${mend}`].join("\n");
}

/** The last line. */
export function conclusion(diagnoses: readonly Diagnosis[]): string {
  const count = (status: Diagnosis["status"]): number => diagnoses.filter((one) => one.status === status).length;
  return `${String(count("pass"))} pass, ${String(count("warn"))} warn, ${String(count("fail"))} fail, ${String(count("skip"))} skipped`;
}
