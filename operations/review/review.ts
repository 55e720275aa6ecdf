import type { Verdict } from "../guard/judge";
import type { Plan, ResourceChange } from "../guard/plan";
import { isEmpty, summary } from "../guard/summary";

/** What there is to say of one stack: its plan and the guard's verdicts, or why there is no plan. */
export type StackReview =
  | { readonly stack: string; readonly plan: Plan; readonly verdicts: readonly Verdict[] }
  | { readonly stack: string; readonly problem: string };

/** By this line the workflow finds the comment of an earlier run again. */
export const REVIEW_MARK = "<!-- trips-platform: plan -->";

/** GitHub refuses a comment of more than 65,536 characters; the whole text is in the job's log. */
const MOST_CHARACTERS = 60_000;

/** Whether what the change does may go on by itself: everything could be planned, and no data is lost that wasn't given up. */
export const isClear = (reviews: readonly StackReview[]): boolean =>
  reviews.every((review) => "plan" in review && review.verdicts.every(({ severity }) => severity !== "stop"));

/** The review as Markdown: a table of stacks, then per stack what the guard says and each change. */
export const reviewText = (reviews: readonly StackReview[]): string => textOf(reviews, Infinity);

/** The same as one comment that GitHub takes: of each stack as much as there is room for, whole lines only. */
export const commentText = (reviews: readonly StackReview[]): string => textOf(reviews, MOST_CHARACTERS);

function textOf(reviews: readonly StackReview[], most: number): string {
  const table = ["| stack | plan | guard |", "|---|---|---|", ...reviews.map(row)];
  const head = [REVIEW_MARK, "## What this change does", "", ...table].join("\n");
  const room = (most - head.length) / reviews.length;
  return [head, ...reviews.flatMap((review) => details(review, room)), ""].join("\n");
}

function row(review: StackReview): string {
  if ("problem" in review) return `| \`${review.stack}\` | ✗ none | – |`;
  const stops = review.verdicts.filter(({ severity }) => severity === "stop").length;
  const guard = stops > 0 ? `✗ stops ${String(stops)}` : review.verdicts.length > 0 ? `! warns of ${String(review.verdicts.length)}` : "✓";
  return `| \`${review.stack}\` | ${isEmpty(review.plan) ? "no changes" : summary(review.plan)} | ${guard} |`;
}

/** Lines from the first on, as far as they have room; the last then says what is missing. */
function within(lines: readonly string[], room: number): string[] {
  let left = room;
  const fitting = lines.findIndex((line) => (left -= line.length + 1) < 0);
  return fitting === -1
    ? [...lines]
    : [...lines.slice(0, fitting), `… cut: ${String(lines.length - fitting)} more lines are in the job's log.`];
}

/** Half of the room is for what the guard says, which matters more; all but half a thousand characters of the other for the changes. */
function details(review: StackReview, room: number): string[] {
  if ("problem" in review)
    return ["", `### ${review.stack}: no plan`, "", "```text", ...within(review.problem.trim().split("\n"), room / 2), "```"];
  const { stack, verdicts, plan } = review;
  const changes = changesOf(plan);
  const said = verdicts.map(
    ({ severity, address, what, mend }) =>
      `- ${severity === "stop" ? "✗" : "!"} \`${address}\`: ${what}${mend === "" ? "" : ` To allow it: ${mend}`}`,
  );
  return [
    ...(said.length > 0 ? ["", `### ${stack}: what the guard says`, "", ...within(said, room / 2)] : []),
    ...(changes.length > 0
      ? ["", `<details><summary>${stack}: ${String(changes.length)} changes</summary>`, "", "```diff"].concat(
          within(changes.map(line), room / 2 - 500),
          ["```", "", "</details>"],
        )
      : []),
  ];
}

const changesOf = ({ resource_changes: changes = [] }: Plan): ResourceChange[] =>
  changes.filter(({ change }) => !change.actions.every((action) => action === "no-op" || action === "read"));

const MARKS: Readonly<Record<string, string>> = { add: "+", change: "!", replace: "-", destroy: "-", forget: "-" };

function line(change: ResourceChange): string {
  const kind = kindOf(change);
  const because = (change.change.replace_paths ?? []).map((path) => path.join("."));
  return `${MARKS[kind] ?? "!"} ${kind.padEnd(8)}${change.address}${because.length > 0 ? ` (because of ${because.join(", ")})` : ""}`;
}

function kindOf({ change: { actions } }: ResourceChange): string {
  if (actions.length > 1) return "replace";
  return { create: "add", update: "change", delete: "destroy" }[actions[0] ?? ""] ?? actions[0] ?? "";
}
