import { GoogleProvider } from "@cdktf/provider-google/lib/provider";
import { StorageBucket } from "@cdktf/provider-google/lib/storage-bucket";
import { TerraformStack, type App } from "cdktf";
import { Construct } from "constructs";
import { allRules, RulePack } from "../../policies";

/** A construct that holds a bucket. */
export interface BucketHolder {
  readonly holder: Construct;
  readonly bucket: StorageBucket;
}

/** Stacks `dev` and `prod`, in each of which a bucket without labels lets objects have access lists of their own. */
export function twoStacks(app: App): [dev: BucketHolder, prod: BucketHolder] {
  const holding = (name: string): BucketHolder => {
    const stack = new TerraformStack(app, name);
    new GoogleProvider(stack, "google", { project: `acme-${name}` });
    const holder = new Construct(stack, "lake");
    return { holder, bucket: new StorageBucket(holder, "bucket", { name: `acme-${name}-lake`, location: "EU" }) };
  };
  return [holding("dev"), holding("prod")];
}

/** A pack of two rules that both buckets break: an error and a warning. */
export const twoRules = new RulePack({
  rules: allRules
    .filter(({ id }) => ["uniform-bucket-access", "labels"].includes(id))
    .map((rule) => (rule.id === "labels" ? { ...rule, severity: "warning" } : rule)),
});
