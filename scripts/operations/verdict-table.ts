import type { Verdict } from "../../operations/guard/judge";
import type { Plan } from "../../operations/guard/plan";

/** How many resources a plan would make, change, replace and destroy. */
export function summary({ resource_changes: changes = [] }: Plan): string {
  const count = (is: (actions: readonly string[]) => boolean): string => String(changes.filter(({ change }) => is(change.actions)).length);
  const parts = [
    `${count((actions) => actions.join() === "create")} to add`,
    `${count((actions) => actions.join() === "update")} to change`,
    `${count((actions) => actions.length === 2)} to replace`,
    `${count((actions) => actions.join() === "delete")} to destroy`,
  ];
  return parts.join(", ");
}

/** Whether a plan does nothing at all. */
export const isEmpty = ({ resource_changes: changes = [] }: Plan): boolean =>
  changes.every(({ change }) => change.actions.every((action) => action === "no-op" || action === "read"));

/** The verdicts for people, a paragraph each. */
export const verdictText = (verdicts: readonly Verdict[]): string =>
  verdicts
    .map(({ severity, address, what, mend }) =>
      [`${severity === "stop" ? "✗" : "!"} ${address}`, `  ${what}`, ...(mend ? [`  To allow it: ${mend}`] : [])].join("\n"),
    )
    .join("\n");
