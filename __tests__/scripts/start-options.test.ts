import { resolve } from "node:path";
import { startOptions } from "../../scripts/commands/start-options";

const options = (...args: string[]) => startOptions(args, ["yellow", "green"]);

test("without options the source is chosen by what can be reached", () => {
  expect(options()).toEqual({ source: "auto", help: false });
});

test.each(["2024-01", "none"])("%s is what goes through Kafka", (stream) => {
  expect(options("--stream", stream)).toMatchObject({ stream });
});

test("a folder, services and months are passed on", () => {
  expect(options("--data", __dirname, "--services", "yellow, green", "--months", "2024-01..2024-03,2024-06")).toEqual({
    source: resolve(__dirname),
    services: ["yellow", "green"],
    months: "2024-01..2024-03,2024-06",
    help: false,
  });
});

test("generated trips can be asked for", () => {
  expect(options("--synthetic").source).toBe("synthetic");
});

test.each([
  [
    "a folder that isn't there",
    ["--data", "/nowhere/at/all"],
    /--data: there is no folder \/nowhere\/at\/all. Name one that holds TLC's files/,
  ],
  ["a file for a folder", ["--data", __filename], /is a file. Name the folder that holds it/],
  ["two sources", ["--data", __dirname, "--synthetic"], /exclude each other/],
  ["an unknown service", ["--services", "blue"], /there is no service "blue"; there are yellow, green/],
  ["a month to stream of another form", ["--stream", "newest"], /--stream: expected a month such as 2024-01, but there stands "newest"/],
  ["months of another form", ["--months", "January"], /expected 2024-01,2024-02 or 2024-01..2024-06, but there stands "January"/],
  ["an unknown option", ["--dta", "x"], /Unknown option '--dta'[^]*--data <folder>/],
])("%s is refused", (_, args, message) => {
  expect(() => options(...args)).toThrow(message);
});
