import { execFileSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { Catalog } from "../../../embedded/catalog/catalog";
import { cloudSqlNotServed, deployedPostgres } from "../../../embedded/engines/postgres/deployed-postgres";
import { PostgresServer, reconcilePostgres } from "../../../embedded/engines/postgres/postgres";
import { EmbeddedPaths } from "../../../embedded/paths";
import { freePort } from "../../system/scratch-project";

const root = resolve(__dirname, "../../..");
const python = join(root, ".embedded/python/data/bin/python");
const versions = join(root, ".embedded/postgres");
const binaries = join(versions, readdirSync(versions).sort().at(-1) ?? "");

let folder: string;
let paths: EmbeddedPaths;
let catalog: Catalog;

jest.setTimeout(60_000);

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "postgres-"));
  // As closed as a home folder: root's server runs as somebody else and must get through.
  chmodSync(folder, 0o700);
  paths = new EmbeddedPaths(folder, "dev");
  catalog = new Catalog(paths.catalog());
});

afterEach(async () => {
  await reconcilePostgres([], paths);
  rmSync(folder, { recursive: true, force: true });
});

function deploy(port: number): PostgresServer {
  const passwordFile = join(folder, "password");
  writeFileSync(passwordFile, "s3cret-of-the-test\n", { mode: 0o600 });
  catalog.put("docker_image", { id: "sha256:1postgres:17.10", name: "postgres:17.10", image_id: "sha256:1" } as never);
  catalog.put("docker_container", {
    id: "c1",
    name: "trips-dev-postgres",
    image: "sha256:1",
    env: ["POSTGRES_DB=trips", "POSTGRES_USER=taxi", "POSTGRES_PASSWORD_FILE=/run/secrets/postgres-password"],
    ports: [{ ip: "127.0.0.1", internal: 5432, external: port }],
    volumes: [
      { volume_name: "data", host_path: null, container_path: "/var/lib/postgresql/data", read_only: null },
      { volume_name: null, host_path: passwordFile, container_path: "/run/secrets/postgres-password", read_only: true },
    ],
  } as never);
  return new PostgresServer(deployedPostgres(catalog)!, paths, binaries);
}

function query(port: number, sql: string, password = "s3cret-of-the-test"): string {
  const program =
    "import sys, psycopg\nwith psycopg.connect(sys.argv[1], autocommit=True) as c:\n  r = c.execute(sys.argv[2])\n  print(r.fetchall() if r.description else 'done')";
  const address = `postgresql://taxi:${password}@127.0.0.1:${String(port)}/trips`;
  return execFileSync(python, ["-c", program, address, sql], { encoding: "utf8", stdio: "pipe" }).trim();
}

describe("PostgresServer", () => {
  test("serves database, user and password of the deployed container, keeps rows over a restart, and moves to another port", async () => {
    const port = await freePort();
    const server = deploy(port);

    await server.start();
    await server.start();
    query(port, "create table t as select 42 as n");
    expect(() => query(port, "select 1", "wrong")).toThrow(/password authentication failed/);

    const other = await freePort();
    await deploy(other).start();
    expect(query(other, "select n from t")).toBe("[(42,)]");
    expect(() => query(port, "select 1")).toThrow(/refused/);

    await server.stop();
    expect(() => query(other, "select 1")).toThrow(/refused/);
  });

  test("a port that another program holds is refused with that program's number and what to do", async () => {
    const taken = createServer();
    const port = await new Promise<number>((done) =>
      taken.listen(0, "127.0.0.1", () => {
        done((taken.address() as { port: number }).port);
      }),
    );
    try {
      await expect(deploy(port).start()).rejects.toThrow(
        new RegExp(`Port ${String(port)} .* taken by process ${String(process.pid)} [^]*postgres.port`),
      );
    } finally {
      taken.close();
    }
  });

  test("a new password is taken on; another database or user is refused and said how to mend", async () => {
    const port = await freePort();
    await deploy(port).start();
    await reconcilePostgres(["data"], paths);
    const server = deploy(port);
    writeFileSync(join(folder, "password"), "an'other");

    await server.start();
    expect(query(port, "select 1", "an'other".replace("'", "%27"))).toBe("[(1,)]");
    await server.stop();

    const container = catalog.list("docker_container")[0]!;
    catalog.put("docker_container", { ...container, env: container.env!.map((entry) => entry.replace("=taxi", "=other")) } as never);
    const other = new PostgresServer(deployedPostgres(catalog)!, paths, binaries);
    await expect(other.start()).rejects.toThrow(/made for database "trips" and user "taxi", but "trips" and "other"[^]*npm run destroy/);
  });

  test("what a killed server left behind does not keep the next one from starting", async () => {
    const port = await freePort();
    const server = deploy(port);
    await server.start();
    await server.stop();
    // The number of a program that lives, but is none of ours.
    writeFileSync(
      join(paths.postgres(), "data/postmaster.pid"),
      `${String(process.ppid)}\n${join(paths.postgres(), "data")}\n0\n${String(port)}\n`,
    );

    await server.start();
    expect(query(port, "select 1")).toBe("[(1,)]");
  });

  test("a half-made data folder is made anew, and a volume that is gone takes its data along", async () => {
    const port = await freePort();
    const server = deploy(port);
    mkdirSync(join(paths.postgres(), "data/base"), { recursive: true });
    writeFileSync(join(paths.postgres(), "data/PG_VERSION"), "17");

    await server.start();
    expect(query(port, "select 1")).toBe("[(1,)]");
    await reconcilePostgres([], paths);
    expect(existsSync(join(paths.postgres(), "data"))).toBe(false);
    expect(() => query(port, "select 1")).toThrow(/refused/);
  });
});

test("an instance of Cloud SQL is told of as not served", () => {
  expect(cloudSqlNotServed(catalog)).toEqual([]);
  catalog.put("google_sql_database_instance", { id: "trips", name: "trips" } as never);

  expect(cloudSqlNotServed(catalog)).toEqual([expect.stringMatching(/Cloud SQL "trips" .* postgres\.kind docker is served/)]);
  expect(deployedPostgres(catalog)).toBeUndefined();
});
