import { judge, type Keys } from "../../../operations/guard/judge";
import type { Plan, ResourceChange } from "../../../operations/guard/plan";
import { commentText, isClear, REVIEW_MARK, reviewText, type StackReview } from "../../../operations/review/review";

const keys: Keys = { environment: "dev", allowsDataDeletion: false, allowedLosses: new Set() };

const change = (address: string, actions: string[], more: object = {}): ResourceChange => ({
  address,
  type: address.split(".")[0] ?? "",
  change: { actions, before: actions.includes("create") && actions.length === 1 ? null : {}, after: {}, ...more },
});

function reviewed(...resource_changes: ResourceChange[]): StackReview {
  const plan: Plan = { format_version: "1.2", resource_changes };
  return { stack: "dev", plan, verdicts: judge(plan, keys) };
}

test("names each change, and why what is replaced must be", () => {
  const text = reviewText([
    reviewed(
      change("google_service_account.a", ["create"]),
      change("google_service_account.b", ["update"]),
      change("google_compute_network.c", ["delete", "create"], { replace_paths: [["name"]] }),
      change("google_service_account.d", ["no-op"]),
    ),
  ]);

  expect(text.startsWith(REVIEW_MARK)).toBe(true);
  expect(text).toContain("| `dev` | 1 to add, 1 to change, 1 to replace, 0 to destroy | ✓ |");
  expect(text).toContain(
    "+ add     google_service_account.a\n! change  google_service_account.b\n- replace google_compute_network.c (because of name)",
  );
  expect(text).not.toContain("google_service_account.d");
});

test("a loss of data stops, and says what would allow it", () => {
  const review = reviewed(change("google_storage_bucket.raw", ["delete"]));

  expect(isClear([review])).toBe(false);
  expect(reviewText([review])).toMatch(/✗ stops 1[^]*✗ `google_storage_bucket\.raw`: It would be destroyed[^]*allowsDataDeletion/);
});

test("a stack without a plan isn't clear, and says why", () => {
  const review: StackReview = { stack: "prod", problem: "The stacks break 1 rule in 1 place:\n  public-access: …" };

  expect(isClear([reviewed(), review])).toBe(false);
  expect(reviewText([review])).toContain("### prod: no plan\n\n```text\nThe stacks break 1 rule");
});

test("nothing to do is said in two words", () => {
  expect(isClear([reviewed()])).toBe(true);
  expect(reviewText([reviewed()])).toContain("| `dev` | no changes | ✓ |");
});

test("a comment never grows beyond what GitHub takes", () => {
  const many = Array.from({ length: 3000 }, (_, index) => change(`google_service_account.account_number_${String(index)}`, ["create"]));
  const reviews = [reviewed(...many), reviewed(...many), { stack: "prod", problem: "wrong\n".repeat(20_000) }];
  const text = commentText(reviews);

  expect(text.length).toBeLessThan(65_536);
  expect(text.match(/… cut: \d+ more lines are in the job's log\./g)).toHaveLength(3);
  // Each stack is there, and what was opened is closed.
  for (const [opened, closed] of [
    ["<details>", "</details>"],
    ["```diff\n", "\n```\n\n</details>"],
    ["```text\n", "\n```\n"],
  ] as const)
    expect(text.split(closed).length).toBeGreaterThanOrEqual(text.split(opened).length);
  expect(text.split("<details>")).toHaveLength(3);
  expect(text.trimEnd().endsWith("```")).toBe(true);

  const whole = reviewText(reviews);
  expect(whole.match(/account_number_2999\n/g)).toHaveLength(2);
  expect(whole).not.toContain("… cut");
});
