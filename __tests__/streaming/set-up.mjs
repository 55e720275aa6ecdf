import { join } from "node:path";
import { embedded } from "../../scripts/setup/places.mjs";
import { findPython } from "../../scripts/setup/python.mjs";
import { writeWhole } from "../../scripts/setup/stamp.mjs";
import { java, kafka, libs } from "../../scripts/setup/steps/kafka.mjs";
import { pythonEnvironment } from "../../scripts/setup/steps/python-environment.mjs";

/** Before the tests: Kafka's jars by their lock, and the Java runtime that Spark has here. Where they can't be had the tests are skipped, and it is said. */
export default async function setUp() {
  let tools = { java, libs };
  try {
    const context = { python: findPython() };
    for (const step of [pythonEnvironment("spark"), kafka]) if (!step.isDone(context)) await step.run(context);
  } catch (error) {
    const missing = [error.message, error.next ?? ""].join("\n").trim();
    console.warn(`\nSKIPPED: no broker is started, for what it runs couldn't be had.\n${missing}\n`);
    tools = { missing };
  }
  writeWhole(join(embedded, "test/streaming/tools.json"), JSON.stringify(tools));
}
