import type { Finding } from "./finding";

/** Stacks break rules; the message lists every finding below the rule that it breaks. */
export class RulesBroken extends Error {
  constructor(public readonly findings: readonly Finding[]) {
    super(listOf(findings));
    this.name = "RulesBroken";
  }
}

function listOf(findings: readonly Finding[]): string {
  const rules = [...new Set(findings.map(({ rule }) => rule))].map((rule) => {
    const broken = findings.filter((finding) => finding.rule === rule);
    const [{ reason, mend } = { reason: "", mend: "" }] = broken;
    const places = broken.map(({ path, type, what }) => `    ${path}${type === undefined ? "" : ` (${type})`}: ${what}`);
    return [`  ${rule}: ${reason} ${mend}`, ...places].join("\n");
  });
  return `The stacks break ${counted(rules.length, "rule")} in ${counted(findings.length, "place")}:\n\n${rules.join("\n\n")}`;
}

const counted = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? "" : "s"}`;
