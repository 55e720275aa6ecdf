import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { describeAnalysed, root, tools } from "./tools";

const content = "a jar's bytes";
const sha256 = createHash("sha256").update(content).digest("hex");

describeAnalysed("jars are fetched by their lock", () => {
  let folder: string;
  let server: Server;
  let address: string;
  let asked: string[];

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), "jars-"));
    asked = [];
    server = createServer((request, response) => {
      asked.push(String(request.url));
      response.end(content);
    });
    await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
    address = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}/maven/`;
  });

  afterEach(() => {
    server.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const fetchJar = (digest: string, env: NodeJS.ProcessEnv) => {
    writeFileSync(join(folder, "jars.lock"), `# a comment\norg.acme:widget:1.0 sha256:${digest}\n`);
    const script = join(root, "pipelines/jars/maven_jars.py");
    const options = { env: { PATH: process.env.PATH, HOME: folder, ...env } };
    return promisify(execFile)(tools().python, [script, join(folder, "jars.lock"), join(folder, "jars")], options);
  };

  test("from the repository that MVNW_REPOURL names", async () => {
    await fetchJar(sha256, { MVNW_REPOURL: address });
    expect(asked).toEqual(["/maven/org/acme/widget/1.0/widget-1.0.jar"]);
    expect(readFileSync(join(folder, "jars/widget-1.0.jar"), "utf8")).toBe(content);
  });

  test("from the mirror of central in Maven's settings, and once only", async () => {
    mkdirSync(join(folder, ".m2"));
    const mirror = `<mirror><id>ours</id><mirrorOf>central</mirrorOf><url>${address}</url></mirror>`;
    const settings = `<settings xmlns="http://maven.apache.org/SETTINGS/1.0.0"><mirrors>${mirror}</mirrors></settings>`;
    writeFileSync(join(folder, ".m2/settings.xml"), settings);
    await fetchJar(sha256, {});
    await fetchJar(sha256, {});
    expect(asked).toHaveLength(1);
  });

  test("an archive under its classifier and type, which stays as it came", async () => {
    writeFileSync(join(folder, "jars.lock"), `org.acme:widget:1.0:all:tar.gz sha256:${sha256}\n`);
    const script = join(root, "pipelines/jars/maven_jars.py");
    const env = { PATH: process.env.PATH, HOME: folder, MVNW_REPOURL: address };
    await promisify(execFile)(tools().python, [script, join(folder, "jars.lock"), join(folder, "jars")], { env });
    expect(asked).toEqual(["/maven/org/acme/widget/1.0/widget-1.0-all.tar.gz"]);
    expect(readdirSync(join(folder, "jars"))).toEqual(["widget-1.0-all.tar.gz"]);
  });

  test("and refused when they aren't what the lock names", async () => {
    await expect(fetchJar("0".repeat(64), { MVNW_REPOURL: address })).rejects.toThrow(`isn't the file that the lock names`);
    expect(readdirSync(join(folder, "jars"))).toEqual([]);
  });
});
