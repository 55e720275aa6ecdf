import { join, resolve } from "node:path";
import type { Backend, Configuration } from "./configuration";
import { ConfigurationError } from "./configuration-error";
import type { EnvironmentFile } from "./schema";

/**
 * Where an environment's states lie: in the bucket, or on this machine.
 *
 * @throws ConfigurationError when the target is neither cloud nor embedded.
 */
export function statesOf(
  name: string,
  projectId: string,
  { bucket = `${projectId}-terraform-state`, prefix }: EnvironmentFile["state"],
  root: string,
  variables: Readonly<Record<string, string | undefined>>,
): Pick<Configuration, "backend" | "bootstrapBackend" | "stateBucket"> {
  const target = variables.PLATFORM_TARGET ?? "cloud";
  if (target === "cloud") {
    const inBucket = (folder: string): Backend => ({ kind: "gcs", bucket, prefix: `${folder}/${name}` });
    return { stateBucket: bucket, backend: inBucket(prefix), bootstrapBackend: inBucket("bootstrap") };
  }
  if (target === "embedded") {
    const folder = join(resolve(root, variables.EMBEDDED_ROOT ?? ".embedded"), name);
    const here = (file: string): Backend => ({ kind: "local", path: join(folder, file) });
    return { stateBucket: bucket, backend: here("terraform.tfstate"), bootstrapBackend: here("bootstrap.tfstate") };
  }
  throw new ConfigurationError([`PLATFORM_TARGET: expected cloud or embedded, but there stands ${JSON.stringify(target)}`]);
}
