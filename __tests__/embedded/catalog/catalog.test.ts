import { spawn } from "node:child_process";
import { once } from "node:events";
import * as fs from "node:fs";
import * as path from "node:path";
import { Catalog } from "../../../embedded/catalog/catalog";
import { until } from "../provider/deadline";
import { temporaryFolder } from "../provider/temporary-folder";

const folder = temporaryFolder();
let count = 0;
const newCatalog = () => new Catalog(path.join(folder, `catalog-${count++}`));
const bucket = (name: string, location = "EU") => ({ id: name, name, location });

describe("Catalog", () => {
  test("gives back what was put, ordered by id, and nothing after delete", () => {
    const catalog = newCatalog();
    catalog.put("google_storage_bucket", bucket("raw"));
    catalog.put("google_storage_bucket", bucket("clean"));

    expect(catalog.list("google_storage_bucket").map(({ name }) => name)).toEqual(["clean", "raw"]);
    expect(catalog.get("google_storage_bucket", "raw")).toEqual(bucket("raw"));

    catalog.delete("google_storage_bucket", "raw");
    catalog.delete("google_storage_bucket", "raw");
    expect(catalog.get("google_storage_bucket", "raw")).toBeUndefined();
    expect(catalog.list("google_storage_bucket")).toHaveLength(1);
  });

  test("an unused catalogue is empty, and reading it makes no folder", () => {
    const catalog = newCatalog();

    expect(catalog.list("google_storage_bucket")).toEqual([]);
    expect(catalog.get("google_storage_bucket", "raw")).toBeUndefined();
    expect(fs.existsSync(catalog.folder)).toBe(false);
  });

  test("ids with slashes, in other case, or longer than a file name stay apart", () => {
    const catalog = newCatalog();
    const ids = ["a/b", "a~b", "A/b", "a/../b", `${"x".repeat(300)}1`, `${"x".repeat(300)}2`];
    for (const id of ids) catalog.put("some_type", { id });

    expect(ids.map((id) => catalog.get("some_type", id)?.id)).toEqual(ids);
    expect(catalog.list("some_type")).toHaveLength(ids.length);
    expect(fs.readdirSync(catalog.folder)).toEqual(["some_type"]);
  });

  test("content lies beside its object and goes with it", () => {
    const catalog = newCatalog();
    catalog.putContent("google_storage_bucket_object", "raw-a.txt", Buffer.from("hello"));
    catalog.put("google_storage_bucket_object", { id: "raw-a.txt" });
    const file = catalog.contentFile("google_storage_bucket_object", "raw-a.txt");

    expect(fs.readFileSync(file, "utf8")).toBe("hello");
    expect(catalog.list("google_storage_bucket_object")).toHaveLength(1);
    catalog.delete("google_storage_bucket_object", "raw-a.txt");
    expect(fs.existsSync(file)).toBe(false);
  });

  test("what a killed writer left behind isn't read", () => {
    const catalog = newCatalog();
    catalog.put("google_storage_bucket", bucket("raw"));
    const [file = ""] = fs.readdirSync(path.join(catalog.folder, "google_storage_bucket"));
    fs.writeFileSync(path.join(catalog.folder, "google_storage_bucket", `${file}.123-abc.tmp`), '{"id": "ra');

    expect(catalog.list("google_storage_bucket")).toEqual([bucket("raw")]);
  });

  test("a write that fails leaves no leftover", () => {
    const catalog = newCatalog();
    catalog.put("google_storage_bucket", bucket("raw"));
    const folderOfType = path.join(catalog.folder, "google_storage_bucket");
    const [file = ""] = fs.readdirSync(folderOfType);
    fs.rmSync(path.join(folderOfType, file));
    fs.mkdirSync(path.join(folderOfType, file));

    expect(() => catalog.put("google_storage_bucket", bucket("raw"))).toThrow(/EISDIR|directory/);
    expect(fs.readdirSync(folderOfType)).toEqual([file]);
  });

  test.each([
    ["not JSON", "{", /raw\.\w+\.json \(.*JSON/],
    ["no object", "[]", /raw\.\w+\.json \(expected a JSON object with a text "id"\)/],
  ])("a damaged file is named: %s", (_what, text, message) => {
    const catalog = newCatalog();
    catalog.put("google_storage_bucket", bucket("raw"));
    const [file = ""] = fs.readdirSync(path.join(catalog.folder, "google_storage_bucket"));
    fs.writeFileSync(path.join(catalog.folder, "google_storage_bucket", file), text);

    expect(() => catalog.list("google_storage_bucket")).toThrow(message);
    expect(() => catalog.get("google_storage_bucket", "raw")).toThrow(/Delete the file and deploy again/);
  });

  test("beside a busy writer, and after it was killed, an object is whole", async () => {
    const catalog = newCatalog();
    catalog.put("google_storage_bucket", bucket("raw"));
    const root = path.join(__dirname, "..", "..", "..");
    const script = `
      const { Catalog } = require(${JSON.stringify(path.join(root, "embedded", "catalog", "catalog.ts"))});
      const catalog = new Catalog(${JSON.stringify(catalog.folder)});
      console.log("writing");
      for (;;) catalog.put("google_storage_bucket", { id: "raw", filler: "x".repeat(2_000_000) });`;
    const writer = spawn(process.execPath, ["--import", "tsx", "-e", script], { cwd: root });
    let output = "";
    writer.stdout.on("data", (data: Buffer) => (output += data.toString()));
    await until("the writer writes", () => output.includes("writing"));

    for (let reading = 0; reading < 200; reading++) expect(catalog.list("google_storage_bucket")).toHaveLength(1);
    writer.kill("SIGKILL");
    await once(writer, "exit");
    expect(catalog.list("google_storage_bucket")).toHaveLength(1);
  }, 30_000);
});
