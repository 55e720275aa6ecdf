import { StorageBucket } from "@cdktf/provider-google/lib/storage-bucket";
import { TerraformStack, Testing } from "cdktf";
import { suppress, type Finding } from "../../policies";
import { twoRules, twoStacks, type BucketHolder } from "./two-stacks";

const RULE = "uniform-bucket-access";
const REASON = "The old loader still needs access lists.";

/** What is found of one rule and of suppressions, after something was suppressed in `dev`. */
function found(suppressing: (dev: BucketHolder) => void): string[] {
  const app = Testing.app();
  const [dev] = twoStacks(app);
  suppressing(dev);
  return twoRules
    .findings(app)
    .filter(({ rule }: Finding) => rule !== "labels")
    .map(({ rule, path }) => `${rule} ${path}`);
}

const inProd = `${RULE} prod/lake/bucket`;

test("a rule is suppressed on a resource, and on nothing else", () => {
  expect(found(() => {})).toEqual([`${RULE} dev/lake/bucket`, inProd]);
  expect(found(({ bucket }) => suppress(bucket, RULE, REASON))).toEqual([inProd]);
});

test("a suppression holds for all that is below the construct", () => {
  expect(found(({ holder }) => suppress(holder, RULE, REASON))).toEqual([inProd]);
  expect(found(({ bucket }) => suppress(bucket.cdktfStack, RULE, REASON))).toEqual([inProd]);
});

test("another rule's suppression doesn't help, and is reported as unused, where it stands", () => {
  expect(found(({ holder }) => suppress(holder, "public-access", REASON))).toEqual([
    `${RULE} dev/lake/bucket`,
    "unused-suppression dev/lake",
    inProd,
  ]);
});

test.each(["", "  ", "because", "not needed"])("a reason that says nothing is refused: %j", (reason) => {
  expect(() => found(({ bucket }) => suppress(bucket, RULE, reason))).toThrow(
    /suppression of rule "uniform-bucket-access" at dev\/lake\/bucket gives .* say in a sentence why/,
  );
});

test("a rule that is wrong everywhere is left out of the pack, not suppressed on the app", () => {
  expect(() => suppress(Testing.app(), RULE, REASON)).toThrow("leave it out of the rule pack");
});

test("a stack's suppressions are its own business, wherever it is nested", () => {
  const app = Testing.app();
  const [dev, prod] = twoStacks(app);
  const nested = new TerraformStack(dev.holder, "nested");
  const bucket = new StorageBucket(nested, "bucket", { name: "acme-nested", location: "EU" });
  for (const one of [dev.bucket, prod.bucket, bucket]) suppress(one, RULE, REASON);

  expect(twoRules.findings(app).map(({ rule, path }) => `${rule} ${path}`)).toEqual([
    "labels dev/lake/bucket",
    "labels dev/lake/nested/bucket",
    "labels prod/lake/bucket",
  ]);
});
