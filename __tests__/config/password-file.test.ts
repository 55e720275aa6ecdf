import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ensurePasswordFile } from "../../config/password-file";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "secrets-"));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

test("a password of 128 bits that only its owner may read, and that stays", () => {
  const file = join(folder, "below/password");
  ensurePasswordFile(file);
  const password = readFileSync(file, "utf8");
  chmodSync(file, 0o644);
  ensurePasswordFile(file);

  expect(password).toMatch(/^[0-9a-f]{32}$/);
  expect(readFileSync(file, "utf8")).toBe(password);
  expect(statSync(file).mode & 0o777).toBe(0o600);
  ensurePasswordFile(join(folder, "another"));
  expect(readFileSync(join(folder, "another"), "utf8")).not.toBe(password);
});
