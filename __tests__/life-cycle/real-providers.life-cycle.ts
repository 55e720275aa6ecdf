import { App } from "cdktf";
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:net";
import { delimiter, join, resolve } from "node:path";
import { loadConfigurations } from "../../config/load";
import { terraform } from "../../operations/terraform/terraform";
import { BootstrapStack } from "../../stacks/bootstrap-stack";
import { PlatformStack } from "../../stacks/platform-stack";
import { temporaryFolder } from "../embedded/provider/temporary-folder";

/**
 * What the stand-in can't prove: that the real providers know every argument, and accept every value as far as they check it themselves.
 * They come from the registry, or from a filesystem mirror that the variable REAL_PROVIDERS_MIRROR names.
 */
const root = resolve(__dirname, "../..");
const folder = temporaryFolder();
const mirror = process.env.REAL_PROVIDERS_MIRROR;
const names = ["dev-bootstrap", "dev", "prod-bootstrap", "prod"];
const configurations = {
  "as configured": join(root, "config"),
  "everything switched on": resolve(__dirname, "../fixtures/everything"),
  "Airflow on a machine": resolve(__dirname, "../fixtures/machine"),
};
const cases = Object.entries(configurations).flatMap(([title, config]) => names.map((name) => ({ title, config, name })));

let proxy: Server;
const calls: string[] = [];

const probe = `fetch("https://registry.terraform.io/.well-known/terraform.json", { signal: AbortSignal.timeout(3000) }).then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))`;
const canBeHad = mirror !== undefined || spawnSync(process.execPath, ["-e", probe]).status === 0;
if (!canBeHad) {
  console.warn(
    "NOT CHECKED with the real providers: neither does registry.terraform.io answer, nor does REAL_PROVIDERS_MIRROR name a mirror.",
  );
}

beforeAll(async () => {
  // Whoever calls an API goes through here, and is noted; nobody is let through.
  proxy = createServer((socket) => {
    socket
      .on("error", () => undefined)
      .once("data", (data) => {
        calls.push(data.toString().split(" ")[1] ?? "");
        socket.end("HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n");
      });
  });
  await new Promise<void>((listening) => proxy.listen(0, "127.0.0.1", listening));
});

afterAll(() => {
  proxy.close();
});

(canBeHad ? test : test.skip).each(cases)(
  "$name, $title: validate and plan, without a call of any API",
  async ({ config, name, title }) => {
    const stack = synthesise(config, name, title);
    const options = { folder: stack, variables: variables(), signal: new AbortController().signal };

    await terraform(["init", "-no-color"], options);
    const { valid, diagnostics } = JSON.parse(await terraform(["validate", "-json"], options)) as {
      valid: boolean;
      diagnostics: unknown[];
    };
    expect({ valid, diagnostics }).toEqual({ valid: true, diagnostics: [] });

    withoutDockerWhereNoneRuns(stack);
    await terraform(["init", "-no-color", "-reconfigure"], options);
    const { port } = proxy.address() as { port: number };
    const through = { HTTPS_PROXY: `http://127.0.0.1:${String(port)}`, HTTP_PROXY: `http://127.0.0.1:${String(port)}`, NO_PROXY: "" };
    const plan = await terraform(["plan", "-no-color"], { ...options, variables: { ...options.variables, ...through } });

    expect(plan).toMatch(/Plan: \d+ to add, 0 to change, 0 to destroy/);
    // The provider asks whose the token is, to log it; a plan goes on without the answer.
    expect(calls.filter((host) => host !== "openidconnect.googleapis.com:443")).toEqual([]);
  },
  300_000,
);

/** The stack with a state on this machine: a backend of Google's would ask for the bucket. */
function synthesise(config: string, name: string, title: string): string {
  const out = join(folder, title.replaceAll(" ", "-"));
  const app = new App({ outdir: out });
  const known = { GCP_PROJECT_DEV: "acme-trips-dev", GCP_PROJECT_PROD: "acme-trips-prod" };
  const numbers = { GCP_PROJECT_NUMBER_DEV: "123456789012", GCP_PROJECT_NUMBER_PROD: "210987654321" };
  // Terraform looks for the file, not into it.
  const passwordFile = join(folder, "postgres-password");
  writeFileSync(passwordFile, "not a password");
  for (const { postgres, ...others } of loadConfigurations({ folder: config, root, variables: { ...known, ...numbers } })) {
    const configuration = { ...others, postgres: { ...postgres, passwordFile } };
    new BootstrapStack(app, `${configuration.name}-bootstrap`, configuration);
    new PlatformStack(app, configuration.name, configuration);
  }
  app.synth();
  const stack = join(out, "stacks", name);
  change(stack, (json) => {
    json.terraform.backend = { local: { path: join(stack, "terraform.tfstate") } };
  });
  return stack;
}

/** Docker's provider asks the daemon while it plans. */
function withoutDockerWhereNoneRuns(stack: string): void {
  if (existsSync("/var/run/docker.sock")) return;
  change(stack, (json) => {
    if (!json.provider.docker) return;
    console.warn("Docker doesn't run here: what is Docker's was validated, not planned.");
    delete json.provider.docker;
    json.resource = Object.fromEntries(Object.entries(json.resource).filter(([type]) => !type.startsWith("docker_")));
  });
}

function change(stack: string, edit: (json: any) => void): void {
  const file = join(stack, "cdk.tf.json");
  const json = JSON.parse(readFileSync(file, "utf8"));
  edit(json);
  writeFileSync(file, JSON.stringify(json));
}

function variables(): NodeJS.ProcessEnv {
  const own: NodeJS.ProcessEnv = {
    ...process.env,
    PATH: [process.env.PATH, join(root, ".embedded/bin")].join(delimiter),
    CHECKPOINT_DISABLE: "1",
    GOOGLE_OAUTH_ACCESS_TOKEN: "no-token",
  };
  if (mirror === undefined) return own;
  const file = join(folder, "terraform.rc");
  writeFileSync(file, `provider_installation {\n  filesystem_mirror {\n    path = ${JSON.stringify(mirror)}\n  }\n}\n`);
  return { ...own, TF_CLI_CONFIG_FILE: file };
}
