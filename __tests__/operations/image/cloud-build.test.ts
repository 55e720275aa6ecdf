import { gunzipSync } from "node:zlib";
import { GoogleApi } from "../../../operations/google/google-api";
import { cloudBuilder } from "../../../operations/image/cloud-build";
import type { ImageSource } from "../../../operations/image/image-source";
import { byDigest, imageTarget, tagged } from "../../../operations/image/image-target";
import { digestOf } from "../../../operations/image/registry";
import { type Answer, type Asked, GoogleDouble } from "./google-double";

const google = new GoogleDouble();
beforeAll(() => google.start());
afterAll(() => google.stop());
beforeEach(() => google.asked.splice(0));

const target = imageTarget("acme-dev", "europe-west1");
const source: ImageSource = {
  folder: "/nowhere",
  files: new Map([["data.Dockerfile", Buffer.from("FROM scratch\n")]]),
  hash: "0123456789abcdef",
};
const tag = tagged(target, source.hash);
const signal = new AbortController().signal;
const api = (): GoogleApi =>
  new GoogleApi({
    credentials: { kind: "a person", quotaProject: "acme-dev", token: () => Promise.resolve("token-of-ada") },
    signal,
    endpoint: google.origin,
    patience: 1,
  });

const LOG = "https://console.cloud.google.com/cloud-build/builds/b1";
const BUILDS = "/cloudbuild/v1/projects/acme-dev/locations/europe-west1/builds";
const said: string[] = [];
const build = (): Promise<void> => cloudBuilder(api(), target, 1).build(source, tag, (line) => said.push(line), signal);

/** Answers as the APIs do when all goes well, with a build that is in these states, one after the other. */
const going = (states: string[], last: object = {}, other: (asked: Asked) => Answer | undefined = () => undefined) => {
  google.answer = (asked) => {
    const answered = other(asked);
    if (answered) return answered;
    if (asked.path.startsWith("/storage/upload/")) return { body: { kind: "storage#object", generation: "1" } };
    if (asked.method === "POST")
      return { body: { name: "operations/build/acme-dev/x", metadata: { build: { id: "b1", status: "QUEUED", logUrl: LOG } } } };
    const status = states.shift()!;
    return { body: { id: "b1", status, logUrl: LOG, ...(states.length === 0 ? last : {}) } };
  };
};

describe("Cloud Build", () => {
  test("gets the source, is asked for an image, as an account of its own, and is waited for", async () => {
    going(["QUEUED", "WORKING", "SUCCESS"]);

    await build();

    const [upload, create, ...gets] = google.asked;
    expect(upload!.path).toBe("/storage/upload/storage/v1/b/acme-dev-image-sources/o?uploadType=media&name=data-0123456789abcdef.tar.gz");
    expect(gunzipSync(upload!.body).toString()).toContain("FROM scratch\n");
    expect(create!.path).toBe(BUILDS);
    expect(JSON.parse(create!.body.toString())).toEqual({
      source: { storageSource: { bucket: "acme-dev-image-sources", object: "data-0123456789abcdef.tar.gz" } },
      steps: [{ name: "gcr.io/cloud-builders/docker", args: ["build", "--tag", tag, "--file", "data.Dockerfile", "."] }],
      images: [tag],
      timeout: "1800s",
      serviceAccount: "projects/acme-dev/serviceAccounts/trips-image@acme-dev.iam.gserviceaccount.com",
      options: { logging: "CLOUD_LOGGING_ONLY" },
    });
    expect(gets.map(({ method, path }) => `${method} ${path}`)).toEqual(Array(3).fill(`GET ${BUILDS}/b1`));
    expect(new Set(google.asked.map(({ headers }) => headers.authorization))).toEqual(new Set(["Bearer token-of-ada"]));
    expect(new Set(google.asked.map(({ headers }) => headers["x-goog-user-project"]))).toEqual(new Set(["acme-dev"]));
    expect(said).toContain(`build b1: ${LOG}`);
  });

  test.each([
    [
      "FAILURE",
      { failureInfo: { type: "USER_BUILD_STEP", detail: "step 0 failed" } },
      /ended with FAILURE: step 0 failed\nIts log: https:/,
    ],
    ["TIMEOUT", { statusDetail: "took too long" }, /ended with TIMEOUT: took too long/],
    ["EXPIRED", {}, /ended with EXPIRED: its log says why/],
  ])("a build that ends with %s is an error that names the log", async (status, last, message) => {
    going(["WORKING", status], last);

    await expect(build()).rejects.toThrow(message);
  });

  test("where its bucket isn't deployed the setting is named", async () => {
    going([], {}, () => ({ status: 404, body: { error: { code: 404, message: "The specified bucket does not exist." } } }));

    await expect(build()).rejects.toThrow(
      /bucket acme-dev-image-sources.*does not exist\.\nWrite security: \{registry: \{cloudBuild: true\}\}/,
    );
  });

  test("what else it refuses is said in its own words", async () => {
    going([], {}, ({ path }) => (path === BUILDS ? { status: 400, body: { error: { message: "invalid build" } } } : undefined));

    await expect(build()).rejects.toThrow(/builds: invalid build$/);
  });
});

describe("the registry", () => {
  const digest = `sha256:${"c".repeat(64)}`;
  const look = (): Promise<string | undefined> => digestOf(api(), target, source.hash);

  test("tells a tag's digest, of images of every form", async () => {
    google.answer = () => ({ headers: { "docker-content-digest": digest } });

    expect(await look()).toBe(digest);
    expect(byDigest(target, digest)).toBe(`europe-west1-docker.pkg.dev/acme-dev/trips-docker/data@${digest}`);
    expect(google.asked[0]).toMatchObject({
      method: "HEAD",
      path: "/europe-west1-docker.pkg.dev/v2/acme-dev/trips-docker/data/manifests/0123456789abcdef",
    });
    expect(google.asked[0]!.headers.accept).toContain("application/vnd.oci.image.manifest.v1+json");
  });

  test("a tag that isn't there is none; an answer without a digest is an error", async () => {
    google.answer = () => ({ status: 404 });
    expect(await look()).toBeUndefined();

    google.answer = () => ({ status: 200 });
    await expect(look()).rejects.toThrow(/europe-west1-docker\.pkg\.dev tells no digest of acme-dev\/trips-docker\/data/);
  });

  test("what it can't answer for the moment is asked again, and who may not ask is told so", async () => {
    const statuses = [503, 429, 200];
    google.answer = () => ({ status: statuses.shift(), headers: { "docker-content-digest": digest } });
    expect(await look()).toBe(digest);

    google.answer = () => ({ status: 403 });
    await expect(look()).rejects.toMatchObject({ status: 403, message: expect.stringMatching(/manifests\/0123456789abcdef: HTTP 403/) });
  });
});
