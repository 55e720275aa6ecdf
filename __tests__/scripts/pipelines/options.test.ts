import { resolve } from "node:path";
import { existingFolder, monthsBetween, servicesIn, sourceIn } from "../../../scripts/pipelines/options";
import { parsedLine } from "../../../scripts/terminal/command-line";

const today = new Date("2024-06-20T00:00:00Z");
const months = (from?: string, to?: string, source = "tlc") => monthsBetween(from, to, { source, today });

describe("months", () => {
  test("from one to another, across a year's end", () => {
    expect(months("2023-11", "2024-02")).toEqual(["2023-11", "2023-12", "2024-01", "2024-02"]);
    expect(months("2024-01", "2024-01")).toEqual(["2024-01"]);
  });

  test("without an end up to the newest that the TLC can have published", () => {
    expect(months("2024-02")).toEqual(["2024-02", "2024-03", "2024-04"]);
  });

  test("none asked for", () => {
    expect(months()).toBeUndefined();
  });

  test.each([
    ["an end without a beginning", undefined, "2024-01", "tlc", /--to needs --from/],
    ["a beginning alone with a folder", "2024-01", undefined, "/data", /--from with a folder needs --to/],
    ["an end before the beginning", "2024-03", "2024-01", "tlc", /2024-01 lies before --from 2024-03/],
    ["a month to come", "2024-05", undefined, "tlc", /2024-05 can't be published yet; the newest is 2024-04/],
    ["another form", "2024-13", "2024-14", "tlc", /--from: expected a month such as 2024-01, but there stands "2024-13"/],
  ])("%s is refused", (_, from, to, source, message) => {
    expect(() => months(from, to, source)).toThrow(message);
  });
});

test("the environment's name stands first, options anywhere", () => {
  const line = parsedLine(["--json", "dev"], { json: { type: "boolean" } }, "usage");
  expect(line.environment).toBe("dev");
  expect(line.values.json).toBe(true);
});

test.each([
  [["dev", "prod"], /One environment at a time, but there stand dev, prod\.\n\nusage/],
  [["--jsn"], /Unknown option '--jsn'[^]*usage/],
])("%j is refused with the usage", (args, message) => {
  expect(() => parsedLine(args, { json: { type: "boolean" } }, "usage")).toThrow(message);
});

test("services and sources", () => {
  expect(servicesIn("--service", "yellow, green", ["yellow", "green"])).toEqual(["yellow", "green"]);
  expect(servicesIn("--service", undefined, ["yellow"])).toBeUndefined();
  expect(() => servicesIn("--service", "blue", ["yellow", "green"])).toThrow(
    '--service: there is no service "blue"; there are yellow, green.',
  );
  expect(["tlc", "lake", "synthetic", "auto"].map((name) => sourceIn("--source", name))).toEqual(["tlc", "lake", "synthetic", "auto"]);
  expect(sourceIn("--source", ".")).toBe(resolve("."));
  expect(() => sourceIn("--source", "/nowhere/at/all")).toThrow("--source: there is no folder /nowhere/at/all.");
  expect(() => existingFolder("--data", __filename)).toThrow("is a file. Name the folder that holds it");
});
