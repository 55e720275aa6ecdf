import type { Change, Outlook, Step } from "../../operations/onboarding/step";

const MARKS: Readonly<Record<Outlook["kind"], string>> = { done: "✓", note: "!", stuck: "✗", change: "+" };
const TITLE = 24;

/** What a step found, for people. */
export function outlookText({ title, why }: Step, outlook: Outlook): string {
  const first = `${MARKS[outlook.kind]} ${title.padEnd(TITLE)} ${outlook.kind === "change" ? outlook.what : outlook.found}`;
  if (outlook.kind === "note") return [first, ...indented(outlook.advice)].join("\n");
  return outlook.kind === "stuck" ? [first, ...indented(`why   ${why}\nmend  ${outlook.mend}`)].join("\n") : first;
}

/** What would be done, each call as it would be made. */
export const changeText = (step: Step, outlook: Outlook & { readonly kind: "change" }): string =>
  [outlookText(step, outlook), ...indented(`why   ${step.why}`), ...outlook.changes.flatMap((one) => indented(callText(one)))].join("\n");

function callText(one: Change): string {
  switch (one.kind) {
    case "call": {
      const [service = "", ...path] = one.address.split("/");
      const body = one.body === undefined ? "" : ` ${JSON.stringify(one.body)}`;
      return `${one.method} https://${service}.googleapis.com/${path.join("/")}${body}`;
    }
    case "file":
      return `write ${one.file}: ${one.what}`;
    case "command":
      return `npm run ${one.command[0] ?? ""} -- ${one.command.slice(1).join(" ")}`;
  }
}

const indented = (text: string): string[] => text.split("\n").map((line) => `    ${line}`);
