import { bootstrap } from "../../config/parts/bootstrap";

const github = { ownerId: "1", repositoryId: "2", repository: "acme/trips" };

describe("bootstrap", () => {
  test("nothing set: no billing account and no repository, so neither budget nor identities", () => {
    expect(bootstrap.parse({})).toEqual({ budget: { amount: 50, thresholds: [0.5, 0.9, 1], emails: [] } });
  });

  test("a repository deploys from main unless told otherwise", () => {
    expect(bootstrap.parse({ github }).github).toEqual({ ...github, deployBranch: "main" });
  });

  test.each([
    ["a billing account's name", { billingAccount: "My Account" }, /a billing account's id such as 01ABCD-23EF45-6789AB/],
    ["an amount of nothing", { budget: { amount: 0 } }, />=1/],
    ["a currency's sign", { budget: { currency: "€" } }, /an ISO 4217 code such as EUR/],
    ["a threshold of 0", { budget: { thresholds: [0] } }, /0.5 is half/],
    ["a name for an address", { budget: { emails: ["finance"] } }, /an e-mail address such as/],
    ["six addresses", { budget: { emails: Array(6).fill("a@example.com") } }, /at most 5 addresses/],
    ["an owner's name for the number", { github: { ...github, ownerId: "acme" } }, /the owner's number on GitHub/],
    ["a repository without its owner", { github: { ...github, repository: "trips" } }, /<owner>\/<name>/],
    ["a branch that closes the expression", { github: { ...github, deployBranch: 'main" || true || "' } }, /a branch's name/],
    [
      "an environment that closes the expression",
      { github: { ...github, environment: '" || true || "' } },
      /a deployment environment's name/,
    ],
    ["a misspelt key", { githup: github }, /githup/],
  ])("%s is refused", (_, content, message) => {
    expect(bootstrap.safeParse(content).error?.message).toMatch(message);
  });
});
