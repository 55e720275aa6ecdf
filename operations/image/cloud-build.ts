import { setTimeout as sleep } from "node:timers/promises";
import type { GoogleApi } from "../google/google-api";
import { GoogleError } from "../google/google-error";
import type { ImageBuilder } from "./image-builder";
import { ImageError } from "./image-error";
import { DOCKERFILE, type ImageSource } from "./image-source";
import type { ImageTarget } from "./image-target";
import { tarball } from "./tarball";

/** What is read of a build. @see https://cloud.google.com/build/docs/api/reference/rest/v1/projects.builds */
interface Build {
  readonly id: string;
  readonly status: string;
  readonly statusDetail?: string;
  readonly logUrl?: string;
  readonly failureInfo?: { readonly detail?: string };
}

const RUNNING = ["STATUS_UNKNOWN", "PENDING", "QUEUED", "WORKING"];

/**
 * Builds in the project's Cloud Build, as an account that may do nothing else: where there is no Docker.
 *
 * @param patience Milliseconds between two looks at the build.
 */
export const cloudBuilder = (google: GoogleApi, target: ImageTarget, patience = 5000): ImageBuilder => ({
  how: "by Cloud Build",
  build: async (source, tag, say, signal) => {
    const object = await refusing(target, () => upload(google, target, source));
    const builds = `cloudbuild/v1/projects/${target.projectId}/locations/${target.location}/builds`;
    const started = await refusing(target, () => google.post<{ metadata: { build: Build } }>(builds, request(target, object, tag)));
    const { id, logUrl } = started.metadata.build;
    say(`build ${id}${logUrl === undefined ? "" : `: ${logUrl}`}`);
    const ended = await ending(() => google.get<Build>(`${builds}/${id}`), patience, signal);
    if (ended.status !== "SUCCESS") {
      const why = ended.failureInfo?.detail ?? ended.statusDetail ?? "its log says why";
      throw new ImageError(`Cloud Build ended with ${ended.status}: ${why}\nIts log: ${ended.logUrl ?? `gcloud builds log ${id}`}`);
    }
  },
});

/** @see https://cloud.google.com/build/docs/api/reference/rest/v1/projects.locations.builds/create */
const request = ({ projectId, sourceBucket, builder }: ImageTarget, object: string, tag: string) => ({
  source: { storageSource: { bucket: sourceBucket, object } },
  steps: [{ name: "gcr.io/cloud-builders/docker", args: ["build", "--tag", tag, "--file", DOCKERFILE, "."] }],
  images: [tag],
  timeout: "1800s",
  serviceAccount: `projects/${projectId}/serviceAccounts/${builder}`,
  options: { logging: "CLOUD_LOGGING_ONLY" },
});

async function upload(google: GoogleApi, { sourceBucket }: ImageTarget, { files, hash }: ImageSource): Promise<string> {
  const object = `data-${hash}.tar.gz`;
  const address = `storage/upload/storage/v1/b/${sourceBucket}/o?uploadType=media&name=${object}`;
  await google.upload(address, { type: "application/gzip", bytes: tarball(files) });
  return object;
}

async function ending(build: () => Promise<Build>, patience: number, signal: AbortSignal): Promise<Build> {
  for (;;) {
    const found = await build();
    if (!RUNNING.includes(found.status)) return found;
    await sleep(patience, undefined, { signal });
  }
}

/** What isn't there is named by the setting that makes it; all else is told in Google's words. */
async function refusing<Answer>({ sourceBucket }: ImageTarget, called: () => Promise<Answer>): Promise<Answer> {
  try {
    return await called();
  } catch (error) {
    if (!(error instanceof GoogleError) || (error.status !== 404 && error.disabledService === undefined)) throw error;
    throw new ImageError(
      `What Cloud Build needs isn't deployed (the bucket ${sourceBucket}, or the API): ${error.message}\nWrite security: {registry: {cloudBuild: true}}, and deploy; or start Docker.`,
    );
  }
}
