import type { Configuration } from "../../config/configuration";
import type { Diagnosis } from "../../operations/doctor/doctor";

const MARKS: Readonly<Record<Diagnosis["status"], string>> = { pass: "✓", warn: "!", fail: "✗", skip: "–" };
const TITLE = 32;

/** One row of the table; what must be mended says why, and how. */
export function diagnosisText({ status, title, found, why, mend }: Diagnosis): string {
  const row = `${MARKS[status]} ${title.padEnd(TITLE)} ${found}`;
  return mend === undefined ? row : [row, `    why   ${why}`, `    mend  ${mend}`].join("\n");
}

/** The last lines: how many of each, and what isn't a matter of right and wrong. */
export function conclusion(diagnoses: readonly Diagnosis[], configuration?: Pick<Configuration, "name" | "allowsDataDeletion">): string {
  const count = (status: Diagnosis["status"]): number => diagnoses.filter((one) => one.status === status).length;
  const counts = `${String(count("pass"))} pass, ${String(count("warn"))} warn, ${String(count("fail"))} fail, ${String(count("skip"))} skipped`;
  if (configuration === undefined) return counts;
  const { name, allowsDataDeletion } = configuration;
  return `${counts}\n${
    allowsDataDeletion
      ? `${name} gives its data up: allowsDataDeletion is true, so npm run destroy -- ${name} may remove it.`
      : `${name} keeps its data: npm run destroy -- ${name} is refused until allowsDataDeletion is true.`
  }`;
}
