import type { Check, Finding } from "./check";
import { credentialsChecks } from "./checks/credentials";
import { deployedChecks } from "./checks/deployed";
import { hereChecks } from "./checks/here";
import { machineChecks } from "./checks/machine";
import { networkChecks } from "./checks/network";
import { projectChecks } from "./checks/project";
import type { Surroundings } from "./surroundings";

/** All checks, in the order in which their findings are mended. */
export const checks: readonly Check[] = [
  ...machineChecks,
  ...hereChecks,
  ...networkChecks,
  ...credentialsChecks,
  ...projectChecks,
  ...deployedChecks,
];

/** What one check found. */
export interface Diagnosis extends Finding {
  readonly group: Check["group"];
  readonly title: string;
  readonly why: string;
}

/**
 * Looks at everything; nothing is changed. A check that breaks is a finding of its own, so that the others are still told.
 *
 * @param told each as it is found.
 */
export async function examine(at: Surroundings, told: (diagnosis: Diagnosis) => void = () => undefined): Promise<Diagnosis[]> {
  const found: Diagnosis[] = [];
  for (const { group, title, why, look } of checks.filter(({ cloud = false }) => at.cloud || !cloud)) {
    const diagnosis = { group, title, why, ...(await attempt(() => look(at))) };
    found.push(diagnosis);
    told(diagnosis);
  }
  return found;
}

async function attempt(look: () => Finding | Promise<Finding>): Promise<Finding> {
  try {
    return await look();
  } catch (error) {
    const mend = "This check itself broke, which was not foreseen: please report it.";
    return { status: "warn", found: (error as Error).message.split("\n", 1)[0] ?? "", mend };
  }
}
