import { setTimeout as sleep } from "node:timers/promises";
import { type GoogleApi, json, reasonOf } from "./google-api";
import type { ImageBuilder } from "./image-builder";
import { ImageError } from "./image-error";
import { DOCKERFILE, type ImageSource } from "./image-source";
import type { ImageTarget } from "./image-target";
import { tarball } from "./tarball";

/** Addresses of Google's APIs, and how often a build is asked for. */
export interface CloudBuildOptions {
  readonly storage: string;
  readonly cloudBuild: string;
  readonly pollMilliseconds: number;
}

const google: CloudBuildOptions = {
  storage: "https://storage.googleapis.com",
  cloudBuild: "https://cloudbuild.googleapis.com",
  pollMilliseconds: 5000,
};

/** What is read of a build. @see https://cloud.google.com/build/docs/api/reference/rest/v1/projects.builds */
interface Build {
  readonly id: string;
  readonly status: string;
  readonly statusDetail?: string;
  readonly logUrl?: string;
  readonly failureInfo?: { readonly detail?: string };
}

const RUNNING = ["STATUS_UNKNOWN", "PENDING", "QUEUED", "WORKING"];

/** Builds in the project's Cloud Build, as an account that may do nothing else: where there is no Docker. */
export const cloudBuilder = (api: GoogleApi, target: ImageTarget, options: CloudBuildOptions = google): ImageBuilder => ({
  how: "by Cloud Build",
  build: async (source, tag, say, signal) => {
    const object = await upload(api, target, source, options, signal);
    const builds = `${options.cloudBuild}/v1/projects/${target.projectId}/locations/${target.location}/builds`;
    const started = await answer<{ metadata: { build: Build } }>(
      api.call("POST", builds, { body: json(request(target, object, tag)), signal }),
      target,
    );
    const { id, logUrl } = started.metadata.build;
    say(`build ${id}${logUrl === undefined ? "" : `: ${logUrl}`}`);
    const ended = await ending(() => answer<Build>(api.call("GET", `${builds}/${id}`, { signal }), target), options, signal);
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

async function upload(
  api: GoogleApi,
  target: ImageTarget,
  { files, hash }: ImageSource,
  { storage }: CloudBuildOptions,
  signal: AbortSignal,
): Promise<string> {
  const object = `data-${hash}.tar.gz`;
  const url = `${storage}/upload/storage/v1/b/${target.sourceBucket}/o?uploadType=media&name=${object}`;
  await answer(api.call("POST", url, { body: { type: "application/gzip", content: tarball(files) }, signal }), target);
  return object;
}

async function ending(build: () => Promise<Build>, { pollMilliseconds }: CloudBuildOptions, signal: AbortSignal): Promise<Build> {
  for (;;) {
    const found = await build();
    if (!RUNNING.includes(found.status)) return found;
    await sleep(pollMilliseconds, undefined, { signal });
  }
}

async function answer<Content>(called: Promise<Response>, { sourceBucket }: ImageTarget): Promise<Content> {
  const response = await called;
  if (response.ok) return (await response.json()) as Content;
  const reason = await reasonOf(response);
  if (response.status !== 404) throw new ImageError(`Cloud Build wasn't asked: ${reason}`);
  throw new ImageError(
    `What Cloud Build needs isn't deployed (the bucket ${sourceBucket}, or the API): ${reason}\nWrite security: {registry: {cloudBuild: true}}, and deploy; or start Docker.`,
  );
}
