import type { Verdict } from "../../operations/guard/judge";

/** The verdicts for people, a paragraph each. */
export const verdictText = (verdicts: readonly Verdict[]): string =>
  verdicts
    .map(({ severity, address, what, mend }) =>
      [`${severity === "stop" ? "✗" : "!"} ${address}`, `  ${what}`, ...(mend ? [`  To allow it: ${mend}`] : [])].join("\n"),
    )
    .join("\n");
