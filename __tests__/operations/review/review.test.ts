import { judge, type Keys } from "../../../operations/guard/judge";
import type { Plan, ResourceChange } from "../../../operations/guard/plan";
import { isClear, REVIEW_MARK, reviewText, type StackReview } from "../../../operations/review/review";

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
  const text = reviewText([reviewed(...many)]);

  expect(text.length).toBeLessThan(65_536);
  expect(text).toContain("the whole plan is in the job's log");
});
