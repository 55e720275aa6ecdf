import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { mendStateFile } from "../../../embedded/terraform/state-file";

let folder: string;
let state: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "state-file-"));
  state = join(folder, "terraform.tfstate");
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

test("a whole state, or none, is left as it is", () => {
  expect(mendStateFile(state)).toBeUndefined();
  writeFileSync(state, '{"version":4}');
  expect(mendStateFile(state)).toBeUndefined();
  expect(readFileSync(state, "utf8")).toBe('{"version":4}');
});

test.each(["", '{"version":4,"resou'])("half a state (%j) is set aside for the one of before", (half) => {
  writeFileSync(state, half);
  writeFileSync(`${state}.backup`, '{"version":4,"serial":7}');
  expect(mendStateFile(state)).toBe(`${state}.damaged`);
  expect(readFileSync(state, "utf8")).toBe('{"version":4,"serial":7}');
  expect(readFileSync(`${state}.damaged`, "utf8")).toBe(half);
});

test("without a whole one of before there is none at all", () => {
  writeFileSync(state, "{");
  writeFileSync(`${state}.backup`, "{");
  mendStateFile(state);
  expect(existsSync(state)).toBe(false);
});
