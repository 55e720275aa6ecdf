import { TerraformStack, Testing } from "cdktf";
import { allRules, describeFinding } from "../../policies";
import { assess } from "../../policies/assess";
import { cases } from "./cases";
import type { Case } from "./cases/case";

function whatIsFound(ruleId: string, { build, options }: Case): string[] {
  const stack = new TerraformStack(Testing.app(), "test");
  build(stack);
  const rules = allRules.filter(({ id }) => id === ruleId);
  return assess(stack, { rules, ...options }).map(({ finding }) => describeFinding(finding));
}

test("every rule has a case in which it fires and one in which it is quiet", () => {
  const tested = Object.entries(cases).map(([id, all]) => {
    const fire = Object.values(all).filter(({ says }) => says !== undefined).length;
    return { id, fires: fire > 0, quiet: fire < Object.keys(all).length };
  });

  expect(tested.sort((one, other) => (one.id < other.id ? -1 : 1))).toEqual(
    allRules.map(({ id }) => ({ id, fires: true, quiet: true })).sort((one, other) => (one.id < other.id ? -1 : 1)),
  );
});

describe.each(Object.entries(cases))("%s", (rule, all) => {
  test.each(Object.entries(all))("%s", (_, one) => {
    const found = whatIsFound(rule, one);

    expect(found).toEqual(one.says === undefined ? [] : [expect.stringContaining(one.says)]);
  });
});
