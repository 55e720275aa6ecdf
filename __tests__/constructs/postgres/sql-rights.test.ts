import { execFileSync } from "node:child_process";
import { chmodSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { rightsOf } from "../../../constructs/postgres/sql-rights";
import { PostgresServer, reconcilePostgres } from "../../../embedded/engines/postgres/postgres";
import { EmbeddedPaths } from "../../../embedded/paths";
import { freePort } from "../../system/scratch-project";

const root = resolve(__dirname, "../../..");
const python = join(root, ".embedded/python/data/bin/python");
const versions = join(root, ".embedded/postgres");
const binaries = join(versions, readdirSync(versions).sort().at(-1) ?? "");
const writer = "trips-ingest@acme-dev.iam";
const reader = "trips-dashboards@acme-dev.iam";
const rights = rightsOf({ database: "trips", schema: "trips", writer, readers: [reader] });

let folder: string;
let paths: EmbeddedPaths;
let port: number;

jest.setTimeout(60_000);

// Cloud SQL's users stand here with the same names; its administrator is no superuser, but owns the database as this one does.
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "sql-rights-"));
  chmodSync(folder, 0o700);
  paths = new EmbeddedPaths(folder, "dev");
  port = await freePort();
  const passwordFile = join(folder, "password");
  writeFileSync(passwordFile, "s3cret-of-the-test\n", { mode: 0o600 });
  const deployed = {
    container: "postgres",
    volume: "data",
    host: "127.0.0.1",
    port,
    database: "trips",
    user: "administrator",
    passwordFile,
  };
  await new PostgresServer(deployed, paths, binaries).start();
  for (const user of [writer, reader]) query("administrator", `create role "${user}" login password 's3cret-of-the-test'`);
});

afterAll(async () => {
  await reconcilePostgres([], paths);
  rmSync(folder, { recursive: true, force: true });
});

function query(user: string, sql: string): string {
  const program =
    "import sys, psycopg\nwith psycopg.connect(host='127.0.0.1', port=sys.argv[1], dbname='trips', user=sys.argv[2], password='s3cret-of-the-test', autocommit=True) as c:\n  r = c.execute(sys.argv[3])\n  print(r.fetchall() if r.description else 'done')";
  return execFileSync(python, ["-c", program, String(port), user, sql], { encoding: "utf8", stdio: "pipe" }).trim();
}

test("without the rights the writer can't begin; with them it makes tables that readers read, also later ones, and don't change", () => {
  expect(() => query(writer, "create schema trips")).toThrow(/permission denied for database trips/);

  query("administrator", rights.asAdministrator);
  query(writer, "create schema trips; create table trips.before as select 1 as n");
  expect(() => query(reader, "select n from trips.before")).toThrow(/permission denied for schema trips/);

  query(writer, rights.asWriter);
  query(writer, "create table trips.after as select 2 as n");
  expect([query(reader, "select n from trips.before"), query(reader, "select n from trips.after")]).toEqual(["[(1,)]", "[(2,)]"]);
  expect(() => query(reader, "delete from trips.after")).toThrow(/permission denied for table after/);
  expect(() => query(reader, "create table trips.own as select 1")).toThrow(/permission denied for schema trips/);
});

test("to give them again changes nothing", () => {
  query("administrator", rights.asAdministrator);
  query(writer, rights.asWriter);

  expect(query(reader, "select n from trips.after")).toBe("[(2,)]");
});
