import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Credentials } from "../google/credentials";
import type { ImageBuilder } from "./image-builder";
import { ImageError } from "./image-error";
import { DOCKERFILE } from "./image-source";

/** Lines of a failed command that are shown. */
const LAST_LINES = 15;

/** Whether Docker is here, and its daemon answers. */
export async function dockerAnswers(signal: AbortSignal): Promise<boolean> {
  try {
    await docker(["version", "--format", "{{.Server.Version}}"], { signal });
    return true;
  } catch {
    signal.throwIfAborted();
    return false;
  }
}

/** Builds on this machine. */
export const dockerBuilder = (credentials: Pick<Credentials, "token">): ImageBuilder => ({
  how: "by Docker on this machine",
  build: async ({ folder }, tag, say, signal) => {
    say(`docker build ${tag}`);
    // Cloud Run runs x86-64, whatever this machine is.
    const build = ["build", "--platform", "linux/amd64", "--tag", tag, "--file", join(folder, DOCKERFILE), folder];
    // Without notes on who built it the tag names the image itself, not a list with it.
    await docker(build, { signal, env: { BUILDX_NO_DEFAULT_ATTESTATIONS: "1" } });
    say(`docker push ${tag}`);
    await push(tag, await credentials.token(), signal);
  },
});

/**
 * With a token of an hour's life as the password, in a configuration of its own that is gone afterwards: the person's may have helpers that take
 * no password. Where the daemon is, the person's says.
 */
async function push(tag: string, token: string, signal: AbortSignal): Promise<void> {
  const host = await docker(["context", "inspect", "--format", "{{.Endpoints.docker.Host}}"], { signal });
  const folder = mkdtempSync(join(tmpdir(), "trips-docker-"));
  try {
    const auth = Buffer.from(`oauth2accesstoken:${token}`).toString("base64");
    writeFileSync(join(folder, "config.json"), JSON.stringify({ auths: { [tag.split("/")[0] ?? ""]: { auth } } }), { mode: 0o600 });
    await docker(["push", tag], { signal, env: { DOCKER_CONFIG: folder, DOCKER_HOST: host.trim() } });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

interface DockerOptions {
  readonly signal: AbortSignal;
  readonly env?: Readonly<Record<string, string>>;
}

/** @returns what it says. */
function docker(args: readonly string[], { signal, env }: DockerOptions): Promise<string> {
  return new Promise((done, failed) => {
    const child = spawn("docker", args, { signal, env: { ...process.env, ...env }, stdio: ["ignore", "pipe", "pipe"] });
    let output = "";
    const keep = (chunk: Buffer): void => void (output += chunk.toString());
    child.stdout.on("data", keep);
    child.stderr.on("data", keep);
    child.on("error", (error) => {
      failed(signal.aborted ? error : new ImageError(`docker can't be run: ${error.message}`));
    });
    child.on("close", (code) => {
      if (code === 0) done(output);
      else failed(new ImageError(`docker ${args[0] ?? ""} failed:\n${output.trimEnd().split("\n").slice(-LAST_LINES).join("\n")}`));
    });
  });
}
