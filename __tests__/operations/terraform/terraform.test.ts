import { run, TerraformError } from "../../../operations/terraform/terraform";

const options = { folder: __dirname, variables: process.env, signal: new AbortController().signal };
const node = (script: string, more = {}) => run(process.execPath, ["-e", script], { ...options, ...more });

test("lines are told as they come, warnings once all went well", async () => {
  const lines: string[] = [];
  const warnings: string[] = [];
  const told = { onLine: (line: string) => lines.push(line), onWarnings: (text: string) => warnings.push(text) };

  expect(await node(`console.log("one\\ntwo"); console.error("mind this")`, told)).toBe("one\ntwo\n");
  expect([lines, warnings]).toEqual([["one", "two"], ["mind this\n"]]);
});

test("what went wrong is an error without Terraform's frame, and no warning", async () => {
  const onWarnings = jest.fn();

  await expect(node(`console.error("╷\\n│ Error: no such bucket\\n╵"); process.exit(1)`, { onWarnings })).rejects.toEqual(
    new TerraformError("Error: no such bucket"),
  );
  expect(onWarnings).not.toHaveBeenCalled();
});

test("a program that isn't there is named, with the command that brings it", async () => {
  await expect(run("terraform-that-is-nowhere", [], options)).rejects.toThrow(
    /no terraform-that-is-nowhere on this machine: npm run setup/,
  );
});
