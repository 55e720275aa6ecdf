import { spawn } from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";
import { buildProvider } from "../../../../embedded/provider/build";
import { root, startProvider, startedByTerraform } from "../built-provider";
import { until } from "../deadline";
import { temporaryFolder } from "../temporary-folder";

const embedded = path.join(temporaryFolder(), ".embedded");
const environment = { ...startedByTerraform, EMBEDDED_ROOT: embedded };
const socketOf = (line: string) => line.split("|")[3] ?? "";
let bundle = "";

beforeAll(async () => {
  ({ bundle } = await buildProvider(root, embedded));
}, 30_000);

describe("the bundled provider", () => {
  test.each(["google", "docker"])("%s listens on the socket that it names", async (name) => {
    const provider = startProvider(bundle, environment, name);

    const line = await provider.line();
    expect(line).toMatch(/^1\|5\|unix\|\/.+\.sock\|grpc\|$/);
    expect(fs.statSync(socketOf(line)).isSocket()).toBe(true);

    provider.process.kill("SIGTERM");
    expect(await provider.exit()).toBe(0);
    expect(fs.existsSync(path.dirname(socketOf(line)))).toBe(false);
  });

  test.each([
    ["by hand", { TF_PLUGIN_MAGIC_COOKIE: "" }, /started by Terraform, not by hand/],
    ["by a Terraform of another protocol", { PLUGIN_PROTOCOL_VERSIONS: "6" }, /speaks plugin protocol 5, this Terraform only 6/],
    ["with TLS", { PLUGIN_CLIENT_CERT: "-----BEGIN" }, /TF_DISABLE_PLUGIN_TLS=1/],
    ["without its environment", { EMBEDDED_ROOT: "" }, /source \.embedded\/environment\.sh/],
  ])("started %s it says what to do, and ends", async (_how, wrong, message) => {
    const provider = startProvider(bundle, { ...environment, ...wrong });

    expect(await provider.line()).toMatch(message);
    expect(await provider.exit()).toBe(1);
  });

  test("Ctrl-C leaves the end to Terraform", async () => {
    const provider = startProvider(bundle, environment);
    const socket = socketOf(await provider.line());
    provider.process.kill("SIGINT");
    provider.process.kill("SIGTERM");

    // Signals arrive in order: had SIGINT ended it, the exit code would be none.
    expect(await provider.exit()).toBe(0);
    expect(fs.existsSync(socket)).toBe(false);
  });

  test("ends when its parent is killed", async () => {
    const script = `
      const { spawn } = require("node:child_process");
      const provider = spawn(process.execPath, [${JSON.stringify(bundle)}, "google"], { stdio: ["ignore", "inherit", "ignore"] });
      console.error(provider.pid);`;
    const parent = spawn(process.execPath, ["-e", script], { env: { ...process.env, ...environment }, stdio: ["ignore", "pipe", "pipe"] });
    let [line, pid] = ["", ""];
    parent.stdout.on("data", (data: Buffer) => (line += data.toString()));
    parent.stderr.on("data", (data: Buffer) => (pid += data.toString()));
    await until("the handshake", () => line.includes("\n") && pid.includes("\n"));
    const folder = path.dirname(socketOf(line));
    expect(fs.existsSync(folder)).toBe(true);

    parent.kill("SIGKILL");
    try {
      await until("the provider's socket to go", () => !fs.existsSync(folder));
    } finally {
      if (fs.existsSync(folder)) process.kill(Number(pid), "SIGKILL");
    }
  });
});
