import { isInCloud, requireHere } from "../../../scripts/pipelines/environment";

const check =
  (environment: string | undefined, isDeployed = true) =>
  () => {
    requireHere(environment, "the usage", isDeployed);
  };

test("dev is on this machine once it is deployed", () => {
  expect(check("dev")).not.toThrow();
  expect(check("dev", false)).toThrow("dev isn't deployed to this machine yet: run npm start.");
});

test.each([
  ["prod", /^prod isn't on this machine: only dev is deployed here\. In the cloud there are npm run pipelines, backfill and status/],
  ["stage", /^There is no environment "stage"; there are dev, prod\. On this machine: dev\.$/],
  [undefined, /^Name the environment, e\.g\. dev\.\n\nthe usage$/],
])("%s is refused, with the way on", (environment, message) => {
  expect(check(environment)).toThrow(message);
});

test.each([
  ["prod", undefined, {}, true],
  ["dev", undefined, {}, false],
  ["dev", true, {}, true],
  ["stage", true, {}, false],
  [undefined, undefined, {}, false],
  ["prod", undefined, { PLATFORM_TARGET: "embedded" }, false],
])("%s (--cloud %s, in %j) is in the cloud: %s", (environment, cloud, variables, expected) => {
  expect(isInCloud(environment, cloud, variables)).toBe(expected);
});
