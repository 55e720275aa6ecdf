import { refuseDockerOnGitHub } from "../../../scripts/operations/on-github";

test("a job on GitHub plans and deploys no container of its own machine, and says what to write", () => {
  expect(() => {
    refuseDockerOnGitHub("dev", { GITHUB_ACTIONS: "true" });
  }).toThrow(/postgres\.kind of dev is docker[^]*Set postgres\.kind to none or cloud_sql in config\/dev\.yaml/);
});

test.each([
  ["on somebody's own machine", "dev", {}],
  ["without such a container", "prod", { GITHUB_ACTIONS: "true" }],
  ["in a stack without one", "dev-bootstrap", { GITHUB_ACTIONS: "true" }],
])("nothing is refused %s", (_, stack, variables) => {
  expect(() => {
    refuseDockerOnGitHub(stack, variables);
  }).not.toThrow();
});
