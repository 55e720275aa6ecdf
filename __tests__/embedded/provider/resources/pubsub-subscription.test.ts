import * as path from "node:path";
import { temporaryFolder } from "../temporary-folder";
import { TerraformCore } from "../terraform-core";

const SUBSCRIPTION = "google_pubsub_subscription";
const folder = temporaryFolder();
let count = 0;
const newCore = () => new TerraformCore("google", path.join(folder, String(count++)), { project: "acme-dev" });
const topic = "projects/acme-dev/topics/reminders";
const reminders = { name: "reminders", topic, expiration_policy: [{ ttl: "" }] };

describe("google_pubsub_subscription", () => {
  test("is created, and planned again without a change; without a word it expires after 31 days", () => {
    expect(newCore().create(SUBSCRIPTION, reminders)).toMatchObject({
      id: "projects/acme-dev/subscriptions/reminders",
      ack_deadline_seconds: 10,
      message_retention_duration: "604800s",
      expiration_policy: [{ ttl: "" }],
    });
    expect(newCore().create(SUBSCRIPTION, { name: "reminders", topic }).expiration_policy).toEqual([{ ttl: "2678400s" }]);
  });

  test("retention changes in place, another topic replaces it, its short name doesn't", () => {
    const core = newCore();
    const state = core.create(SUBSCRIPTION, reminders);
    const changed = { ...reminders, message_retention_duration: "86400s" };

    expect(core.plan(SUBSCRIPTION, changed, state).action).toBe("update");
    expect(core.plan(SUBSCRIPTION, changed, core.apply(SUBSCRIPTION, changed, state)).action).toBe("nothing");
    expect(core.plan(SUBSCRIPTION, { ...reminders, topic: "reminders" }, state).action).toBe("nothing");
    expect(core.plan(SUBSCRIPTION, { ...reminders, topic: "other" }, state)).toMatchObject({ action: "replace", replacedBy: ["topic"] });
  });

  test("a name that Google keeps for itself is refused", () => {
    expect(newCore().complaints(SUBSCRIPTION, { ...reminders, name: "google-x" })).toEqual([expect.stringMatching(/not with goog/)]);
  });
});
