import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, statSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);
const root = resolve(__dirname, "../..");

/** Sources of the stream application. */
const SOURCES = join(root, "pipelines/streaming/streams/src/main/java");

/** What of the contracts it finds beside its classes: by its path below `contracts/generated`, and there. */
const RESOURCES: readonly string[] = ["avro", "windows.json"];

/** What compiles. */
export interface Compiler {
  /** A Java runtime: the compiler is one of the jars. */
  readonly java: string;

  /** Folder of the locked jars. */
  readonly libs: string;
}

/**
 * Compiles the stream application, unless it is compiled as it is now.
 *
 * @param folder gets a folder for each state of the sources, since a running application reads its classes as it needs them
 * @returns the classes' folder, to be first on the class path
 */
export async function compileStreams(compiler: Compiler, folder: string): Promise<string> {
  const classes = join(folder, applicationPrint());
  if (existsSync(classes)) return classes;
  mkdirSync(folder, { recursive: true });
  const unfinished = mkdtempSync(join(folder, "unfinished-"));
  try {
    await compileJava(compiler, { sources: SOURCES, classes: unfinished });
    for (const resource of RESOURCES) cpSync(generated(resource), join(unfinished, resource), { recursive: true });
    renameSync(unfinished, classes);
  } catch (error) {
    // Another command has just compiled the same.
    if (!existsSync(classes)) throw error;
  } finally {
    rmSync(unfinished, { recursive: true, force: true });
  }
  return classes;
}

/** Of all that the application is made of. */
export const applicationPrint = (): string => printOf(SOURCES, ...RESOURCES.map(generated));

/** Java to be compiled. */
export interface JavaSources {
  readonly sources: string;

  /** Where the classes go. */
  readonly classes: string;

  /** Folders of classes, or jars, beside those of the lock. @default - none */
  readonly classPath?: readonly string[];
}

/** Compiles all Java below a folder. @throws Error with what the compiler says */
export async function compileJava({ java, libs }: Compiler, { sources, classes, classPath = [] }: JavaSources): Promise<void> {
  const jars = readdirSync(libs).filter((name) => name.endsWith(".jar"));
  const compiler = jars.find((name) => name.startsWith("ecj-"));
  if (compiler === undefined) throw new Error(`There is no compiler (ecj-….jar) in ${libs}: npm run setup fetches it.`);
  const path = [...classPath, ...jars.map((name) => join(libs, name))].join(":");
  await run(java, ["-jar", join(libs, compiler), "-17", "-nowarn", "-d", classes, "-cp", path, sources]);
}

const generated = (path: string): string => join(root, "contracts/generated", path);

function printOf(...paths: readonly string[]): string {
  const print = createHash("sha256");
  for (const path of paths.flatMap(filesBelow)) print.update(relative(root, path)).update(readFileSync(path));
  return print.digest("hex").slice(0, 16);
}

/** A file, or all files of a folder, in order. */
export function filesBelow(path: string): string[] {
  if (statSync(path).isFile()) return [path];
  const entries = readdirSync(path, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  return files.map((entry) => join(entry.parentPath, entry.name)).sort();
}
