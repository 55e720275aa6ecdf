import { GcsBackend, LocalBackend, type TerraformStack } from "cdktf";
import type { Backend } from "../config/configuration";

/** Tells a stack where its state lives. */
export function useBackend(stack: TerraformStack, backend: Backend): void {
  if (backend.kind === "gcs") new GcsBackend(stack, { bucket: backend.bucket, prefix: backend.prefix });
  else new LocalBackend(stack, { path: backend.path });
}
