import * as fs from "node:fs";
import * as path from "node:path";
import { prepareTerraform } from "../../../embedded/terraform/prepare";
import { root } from "../../embedded/provider/built-provider";
import { temporaryFolder } from "../../embedded/provider/temporary-folder";
import { Bootstrapping } from "./bootstrapping";
import { StorageEmulator } from "./storage-emulator";

const BUCKET = "acme-dev-terraform-state";
const STATE = "bootstrap/dev/default.tfstate";

const folder = temporaryFolder();
const embedded = path.join(folder, ".embedded");
// A bucket can be reached as soon as Terraform has made it, and not before.
const emulator: StorageEmulator = new StorageEmulator((name) => bootstrapping.catalog.get("google_storage_bucket", name) !== undefined);
let bootstrapping: Bootstrapping;

const stateInBucket = (): { lineage: string; serial: number; resources: unknown[] } | undefined =>
  JSON.parse(emulator.read(BUCKET, STATE) ?? "null") ?? undefined;

/** One story: each test goes on from where the one before it ended. */
describe("npm run bootstrap, with Terraform's gcs backend and an emulator of Cloud Storage", () => {
  beforeAll(async () => {
    await prepareTerraform(root, embedded);
    bootstrapping = new Bootstrapping(folder, embedded, await emulator.start());
  }, 30_000);
  afterAll(() => emulator.stop());

  test("without a project it says what to set; without a stack trace", async () => {
    const { code, output } = await bootstrapping.run(["prod"]);

    expect(code).toBe(1);
    expect(output).toContain("Set project.id in config/prod.yaml, or the variable GCP_PROJECT_PROD.");
    expect(output).not.toMatch(/^\s+at /m);
  }, 30_000);

  test("a dry run says what would happen, and leaves nothing", async () => {
    const { code, output } = await bootstrapping.run(["dev", "--dry-run"]);

    expect(output).toMatch(/Plan dev-bootstrap: \d+ to add, 0 to change, 0 to replace, 0 to destroy/);
    expect(output).toContain(`Then the state would move from ${bootstrapping.stateFile} to gs://${BUCKET}/bootstrap/dev.`);
    expect(code).toBe(0);
    expect(bootstrapping.resourcesOnMachine()).toBeUndefined();
    expect(bootstrapping.catalog.list("google_storage_bucket")).toEqual([]);
  }, 60_000);

  test("without a terminal nothing is deployed unasked", async () => {
    expect(await bootstrapping.run(["dev"])).toMatchObject({ code: 1, output: expect.stringContaining("--yes") });
    expect(bootstrapping.catalog.list("google_storage_bucket")).toEqual([]);
  }, 60_000);

  test("killed between deploying and moving the state, it leaves the state on this machine", async () => {
    const { code } = await bootstrapping.run(["dev", "--yes"], { KILL: "1" });

    expect(code).toBeNull();
    expect(bootstrapping.catalog.list("google_storage_bucket").map(({ name }) => name)).toEqual([BUCKET]);
    expect(bootstrapping.resourcesOnMachine()).toBeGreaterThan(8);
    expect(emulator.names()).toEqual([]);
  }, 60_000);

  test("while another Terraform holds the lock, the state isn't moved", async () => {
    const other = await bootstrapping.holdLock();
    expect(emulator.names()).toContain(`${BUCKET}/bootstrap/dev/default.tflock`);

    const { code, output } = await bootstrapping.run(["dev", "--yes"]);

    expect(code).toBe(1);
    expect(output).toMatch(/Error acquiring the state lock[^]*Error 412[^]*Who: /);
    expect(output).toContain("Another command is at work on this state");
    expect(output).not.toMatch(/^\s+at /m);
    expect(bootstrapping.resourcesOnMachine()).toBeGreaterThan(8);
    expect(stateInBucket()?.resources).toEqual([]);
    await other.release();
    expect(emulator.names()).toEqual([`${BUCKET}/${STATE}`]);
  }, 60_000);

  test("the same command goes on where it was killed", async () => {
    const before = JSON.parse(fs.readFileSync(bootstrapping.stateFile, "utf8"));

    const { code, output } = await bootstrapping.run(["dev", "--yes"]);

    expect(output).toContain("Plan dev-bootstrap: 0 to add, 0 to change, 0 to replace, 0 to destroy");
    expect(output).toContain(`Move the state into its bucket: gs://${BUCKET}/bootstrap/dev`);
    expect(code).toBe(0);
    expect(stateInBucket()).toMatchObject({ lineage: before.lineage, resources: before.resources });
    expect(bootstrapping.resourcesOnMachine()).toBeUndefined();
    expect(emulator.names()).toEqual([`${BUCKET}/${STATE}`]);
  }, 60_000);

  test("repeated it changes nothing, and puts aside the copy that a kill after the move leaves on this machine", async () => {
    const before = emulator.read(BUCKET, STATE);
    fs.renameSync(`${bootstrapping.stateFile}.moved`, bootstrapping.stateFile);

    const { code, output } = await bootstrapping.run(["dev", "--yes"]);

    expect(code).toBe(0);
    expect(output).toContain(`Look where the state is: gs://${BUCKET}/bootstrap/dev`);
    expect(output).not.toContain("Move the state");
    expect(emulator.read(BUCKET, STATE)).toBe(before);
    expect(bootstrapping.resourcesOnMachine()).toBeUndefined();
  }, 60_000);

  test("from now on only the bucket's state counts", async () => {
    const before = stateInBucket()!;
    const byHand = { force_destroy: true, soft_delete_policy: [{ retention_duration_seconds: 7_776_000 }] };
    const [bucket] = bootstrapping.catalog.list("google_storage_bucket");
    bootstrapping.catalog.put("google_storage_bucket", Object.assign({}, bucket, { id: bucket!.id, ...byHand }));

    const { code, output } = await bootstrapping.run(["dev", "--yes"]);

    expect(code).toBe(0);
    expect(output).toContain("0 to add, 1 to change");
    // The guard's word, as before any deploy.
    expect(output).toMatch(/! google_storage_bucket\.\S+\n {2}The update shortens soft delete \(seconds\) from 7776000 to 2592000/);
    expect(bootstrapping.catalog.get("google_storage_bucket", bucket!.id)).toMatchObject({ force_destroy: false });
    expect(stateInBucket()).toMatchObject({ lineage: before.lineage });
    expect(stateInBucket()!.serial).toBeGreaterThan(before.serial);
    expect(bootstrapping.resourcesOnMachine()).toBeUndefined();
  }, 60_000);

  test("another deployment's state on this machine is refused, and neither is touched", async () => {
    const before = emulator.read(BUCKET, STATE);
    const stranger = JSON.stringify({ ...JSON.parse(before!), lineage: "another" });
    fs.writeFileSync(bootstrapping.stateFile, stranger);

    const { code, output } = await bootstrapping.run(["dev", "--yes"]);

    expect(code).toBe(1);
    expect(output).toContain(`There are two states of dev-bootstrap, in the bucket ${BUCKET} and in ${bootstrapping.stateFile}`);
    expect([fs.readFileSync(bootstrapping.stateFile, "utf8"), emulator.read(BUCKET, STATE)]).toEqual([stranger, before]);
  }, 60_000);
});
