import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { dockerAnswers, dockerBuilder } from "../../../operations/image/docker";
import { temporaryFolder } from "../../embedded/provider/temporary-folder";

const folder = temporaryFolder();
const tag = "europe-west1-docker.pkg.dev/acme-dev/trips-docker/data:0123456789abcdef";
const credentials = { token: () => Promise.resolve("token-of-ada") };
const source = { folder: "/environments", files: new Map(), hash: "0123456789abcdef" };
const PATH = process.env.PATH ?? "";
afterEach(() => {
  process.env.PATH = PATH;
});

/** Puts a `docker` before the others that notes what it is asked, and does what is said in words of the shell. */
function stands(behaviour: string): () => string {
  const place = mkdtempSync(join(folder, "docker-"));
  const notes = join(place, "notes");
  const script = `#!/bin/sh
echo "$@" >> "${notes}"
if [ "$1" = context ]; then echo unix:///run/somewhere.sock; exit 0; fi
if [ "$1" = push ]; then echo "at $DOCKER_HOST with $(cat "$DOCKER_CONFIG/config.json")" >> "${notes}"; fi
${behaviour}
`;
  writeFileSync(join(place, "docker"), script, { mode: 0o755 });
  process.env.PATH = `${place}${delimiter}${PATH}`;
  return () => readFileSync(notes, "utf8");
}

const run = (): Promise<void> => dockerBuilder(credentials).build(source, tag, () => undefined, new AbortController().signal);

describe("Docker", () => {
  test("builds for Cloud Run's machines, and pushes with the person's token to where his daemon is", async () => {
    const notes = stands("exit 0");

    await run();

    expect(notes().split("\n")).toEqual([
      `build --platform linux/amd64 --tag ${tag} --file /environments/data.Dockerfile /environments`,
      "context inspect --format {{.Endpoints.docker.Host}}",
      `push ${tag}`,
      `at unix:///run/somewhere.sock with {"auths":{"europe-west1-docker.pkg.dev":{"auth":"${Buffer.from("oauth2accesstoken:token-of-ada").toString("base64")}"}}}`,
      "",
    ]);
  });

  test("what it says of a failure is shown, without the token", async () => {
    stands('if [ "$1" = push ]; then echo "denied: Permission artifactregistry.repositories.uploadArtifacts" >&2; exit 1; fi');

    await expect(run()).rejects.toThrow(/^docker push failed:\ndenied: Permission artifactregistry/);
  });

  test("it answers when its daemon does", async () => {
    const { signal } = new AbortController();
    stands("exit 0");
    expect(await dockerAnswers(signal)).toBe(true);

    stands("exit 1");
    expect(await dockerAnswers(signal)).toBe(false);

    process.env.PATH = folder;
    expect(await dockerAnswers(signal)).toBe(false);
  });
});
