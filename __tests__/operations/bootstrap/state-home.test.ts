import { homeOf, parseState } from "../../../operations/bootstrap/state-home";

const state = (lineage: string, serial: number) => ({ lineage, serial, resources: 3 });

describe("homeOf", () => {
  test.each([
    ["nothing anywhere", undefined, undefined, "machine"],
    ["deployed, not moved", state("a", 4), undefined, "machine"],
    ["moved", undefined, state("a", 5), "bucket"],
    ["moved, and the copy left behind", state("a", 4), state("a", 5), "bucket"],
    ["moved, and not written since", state("a", 5), state("a", 5), "bucket"],
  ])("%s", (_, local, remote, home) => expect(homeOf(local, remote)).toBe(home));

  test("two states of different deployments are a person's matter", () => {
    expect(() => homeOf(state("a", 1), state("b", 9))).toThrow("different deployments");
  });

  test("so is a copy that somebody went on with", () => {
    expect(() => homeOf(state("a", 9), state("a", 5))).toThrow("the one on this machine is newer");
  });
});

describe("parseState", () => {
  test("a state without resources is as good as none: the backend makes one when it is first looked at", () => {
    expect(parseState("")).toBeUndefined();
    expect(parseState('{"lineage":"a","serial":1,"resources":[]}')).toBeUndefined();
  });

  test("what matters of a state", () => {
    expect(parseState('{"lineage":"a","serial":7,"resources":[{},{}]}')).toEqual({ lineage: "a", serial: 7, resources: 2 });
  });

  test("half a file is no state", () => {
    expect(() => parseState('{"lineage":')).toThrow(SyntaxError);
  });
});
