import { execFileSync, spawnSync } from "node:child_process";
import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { root } from "../local-dev";
import { compileJava, compileStreams } from "./compile-streams";
import { kafkaSoftware } from "./local-kafka";

const { java, libs } = kafkaSoftware;
const streams = join(root, "pipelines/streaming/streams");
const testLibs = join(dirname(libs), "test-libs");

/**
 * Runs the stream application's own tests, without Maven: JUnit's runner is one of the jars that tests.lock names.
 *
 *     tsx scripts/streaming/test-streams.ts <python> <JUnit XML to write>
 */
async function main(python = "", report = ""): Promise<number> {
  execFileSync(python, [join(root, "pipelines/jars/maven_jars.py"), join(streams, "tests.lock"), testLibs], { stdio: "inherit" });
  const scratch = mkdtempSync(join(dirname(libs), "streams-tests-"));
  try {
    const classes = await compileStreams({ java, libs }, join(dirname(libs), "streams"));
    const classPath = [classes, ...readdirSync(testLibs).map((name) => join(testLibs, name))];
    await compileJava({ java, libs }, { sources: join(streams, "src/test/java"), classes: join(scratch, "classes"), classPath });
    const path = [join(scratch, "classes"), ...classPath, join(libs, "*")].join(":");
    const runner = ["org.junit.platform.console.ConsoleLauncher", "execute", `--scan-class-path=${join(scratch, "classes")}`];
    const quick = ["-XX:TieredStopAtLevel=1", "-Xmx384m", "-Dorg.slf4j.simpleLogger.defaultLogLevel=off"];
    const telling = ["--disable-banner", "--disable-ansi-colors", "--details=tree", `--reports-dir=${join(scratch, "reports")}`];
    const { status } = spawnSync(java, [...quick, "-cp", path, ...runner, ...telling], { stdio: "inherit" });
    mkdirSync(dirname(report), { recursive: true });
    copyFileSync(join(scratch, "reports/TEST-junit-jupiter.xml"), report);
    return status ?? 1;
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

void main(...process.argv.slice(2)).then(
  (status) => {
    process.exitCode = status;
  },
  (error: unknown) => {
    console.error((error as Error).message);
    process.exitCode = 1;
  },
);
