import { randomBytes } from "node:crypto";
import * as fs from "node:fs";
import * as path from "node:path";
import { CatalogError } from "./catalog-error";
import type { DeployedObject, DeployedObjects } from "./deployed-objects";
import { fileNameOf } from "./file-name";

/**
 * What was deployed to the embedded cloud, kept on disk: one JSON file per object, `<folder>/<Terraform type>/<name>.json`.
 *
 * A file is written beside its place, synced and renamed into it, so a reader sees the old object or the new one and a process
 * killed in between leaves nothing worse than a `.tmp` file, which nobody reads.
 */
export class Catalog {
  constructor(
    /** Absolute path of the catalogue's folder; made by the first write. */
    public readonly folder: string,
  ) {}

  /**
   * All objects of one Terraform type, ordered by id; none is an empty list.
   *
   * @throws CatalogError naming the file that can't be read as an object.
   */
  public list<Type extends string>(type: Type): ObjectOf<Type>[] {
    return this.filesOf(type)
      .map((file) => read(file) as ObjectOf<Type>)
      .sort((one, other) => (one.id < other.id ? -1 : 1));
  }

  /** The object with this id, `undefined` if there is none. @throws CatalogError naming a file that can't be read as an object. */
  public get<Type extends string>(type: Type, id: string): ObjectOf<Type> | undefined {
    const file = this.fileOf(type, id);
    return fs.existsSync(file) ? (read(file) as ObjectOf<Type>) : undefined;
  }

  /** Creates the object or replaces the one with its id. */
  public put(type: string, object: DeployedObject): void {
    replaceFile(this.fileOf(type, object.id), `${JSON.stringify(object, null, 2)}\n`);
  }

  /** Removes the object and its content; it is no error if there is none. */
  public delete(type: string, id: string): void {
    fs.rmSync(this.fileOf(type, id), { force: true });
    fs.rmSync(this.contentFile(type, id), { force: true });
  }

  /** Absolute path of the bytes kept beside an object (a bucket object's, say), whether or not there are any. */
  public contentFile(type: string, id: string): string {
    return path.join(this.folder, type, `${fileNameOf(id)}.content`);
  }

  /** Keeps bytes beside an object. Write them before the object itself: whoever lists the object then finds them. */
  public putContent(type: string, id: string, content: Uint8Array): void {
    replaceFile(this.contentFile(type, id), content);
  }

  private fileOf(type: string, id: string): string {
    return path.join(this.folder, type, `${fileNameOf(id)}.json`);
  }

  private filesOf(type: string): string[] {
    const folder = path.join(this.folder, type);
    if (!fs.existsSync(folder)) return [];
    const names = fs.readdirSync(folder).filter((name) => name.endsWith(".json"));
    return names.map((name) => path.join(folder, name));
  }
}

/** The shape of a type's objects: described where an engine reads them, just an object with an id elsewhere. */
export type ObjectOf<Type extends string> = Type extends keyof DeployedObjects ? DeployedObjects[Type] : DeployedObject;

function read(file: string): DeployedObject {
  const text = fs.readFileSync(file, "utf8");
  let object: unknown;
  try {
    object = JSON.parse(text);
  } catch (error) {
    throw new CatalogError(file, error instanceof Error ? error.message : String(error));
  }
  if (typeof object !== "object" || object === null || !("id" in object) || typeof object.id !== "string") {
    throw new CatalogError(file, `expected a JSON object with a text "id"`);
  }
  return object as DeployedObject;
}

function replaceFile(file: string, content: string | Uint8Array): void {
  fs.mkdirSync(path.dirname(file), { recursive: true });
  const temporary = `${file}.${process.pid}-${randomBytes(4).toString("hex")}.tmp`;
  try {
    // flush: an object that Terraform's state knows must outlive a crash of the machine too.
    fs.writeFileSync(temporary, content, { flush: true });
    fs.renameSync(temporary, file);
  } catch (error) {
    fs.rmSync(temporary, { force: true });
    throw error;
  }
}
