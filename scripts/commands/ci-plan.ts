import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { commentText, isClear, reviewText, type StackReview } from "../../operations/review/review";
import { root } from "../local-dev";
import { project } from "../operations/project";
import { reviewStack } from "../operations/review-stack";
import { isEmpty } from "../../operations/guard/summary";
import { CommandError, runCommand } from "../terminal/failure";
import { usageOf } from "../terminal/usage";

const usage = usageOf("ci-plan");

/** `npm run ci:plan`. */
void runCommand(async (signal) => {
  const { values, positionals: stacks } = parsed();
  if (values.help) {
    console.log(usage);
    return 0;
  }
  if (stacks.length === 0) throw new CommandError(`Name the stacks, e.g. dev.\n\n${usage}`);
  const reviews: StackReview[] = values.add ? earlier() : [];
  for (const stack of stacks) reviews.push(await reviewStack(stack, project(signal)));
  mkdirSync(dirname(kept), { recursive: true });
  writeFileSync(kept, JSON.stringify(reviews));
  if (values.comment !== undefined) writeFileSync(resolve(values.comment), commentText(reviews));
  console.log(reviewText(reviews));
  const changed = reviews.some((review) => "plan" in review && !isEmpty(review.plan));
  return isClear(reviews) && !(values["no-changes"] && changed) ? 0 : 1;
});

/** Where a run leaves its reviews, for the next one to add to. */
const kept = join(root, ".embedded/ci/reviews.json");

const earlier = (): StackReview[] => (existsSync(kept) ? (JSON.parse(readFileSync(kept, "utf8")) as StackReview[]) : []);

function parsed() {
  try {
    return parseArgs({
      allowPositionals: true,
      options: {
        comment: { type: "string" },
        add: { type: "boolean" },
        "no-changes": { type: "boolean" },
        debug: { type: "boolean" },
        help: { type: "boolean", short: "h" },
      },
    });
  } catch (error) {
    throw new CommandError(`${(error as Error).message}\n\n${usage}`);
  }
}
