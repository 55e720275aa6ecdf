import { requireHere } from "../../../scripts/pipelines/environment";

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
  ["prod", /^prod isn't on this machine: only dev is deployed here\. There, run the DAG "trips"/],
  ["stage", /^There is no environment "stage"; there are dev, prod\. On this machine: dev\.$/],
  [undefined, /^Name the environment, e\.g\. dev\.\n\nthe usage$/],
])("%s is refused, with the way on", (environment, message) => {
  expect(check(environment)).toThrow(message);
});
