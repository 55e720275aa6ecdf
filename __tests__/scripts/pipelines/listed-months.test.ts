import { askedMonths } from "../../../scripts/pipelines/listed-months";

test.each([
  ["2024-01", ["2024-01"]],
  ["2024-01..03", ["2024-01", "2024-02", "2024-03"]],
  ["2023-11..2024-01", ["2023-11", "2023-12", "2024-01"]],
  ["2024-03, 2024-01..02,2024-01", ["2024-01", "2024-02", "2024-03"]],
])("%s", (months, expected) => {
  expect(askedMonths({ months }, "/a/folder")).toEqual(expected);
});

test.each([
  ["2024-13", /^--months: expected a month such as 2024-01, but there stands "2024-13"/],
  ["2024-01..", /there stands ""/],
  ["2024-01..02..03", /expected such as 2024-01\.\.03/],
  ["2024-03..01", /^--months: 2024-01 lies before 2024-03/],
])("%s is refused", (months, message) => {
  expect(() => askedMonths({ months }, "tlc")).toThrow(message);
});

test("--from and --to say the same in another way, but not both at once", () => {
  expect(askedMonths({ from: "2024-01", to: "2024-02" }, "tlc")).toEqual(["2024-01", "2024-02"]);
  expect(askedMonths({}, "tlc")).toBeUndefined();
  expect(() => askedMonths({ months: "2024-01", to: "2024-02" }, "tlc")).toThrow("leave out --from and --to");
});
