import { connectPlugins } from "./steps/connect-plugins.mjs";
import { embeddedCloud } from "./steps/embedded-cloud.mjs";
import { kafka } from "./steps/kafka.mjs";
import { npmPackages } from "./steps/npm-packages.mjs";
import { postgres } from "./steps/postgres.mjs";
import { pythonEnvironment } from "./steps/python-environment.mjs";
import { secrets } from "./steps/secrets.mjs";
import { sparkKafkaJars } from "./steps/spark-kafka-jars.mjs";
import { terraform } from "./steps/terraform.mjs";
import { uv } from "./steps/uv.mjs";

/**
 * What set-up makes. A step: `name`; `title` for people; `needs`, the names of the steps that must be finished before it;
 * `isDone(context)`, quick and without a side effect; `run(context)`, which leaves nothing that `isDone` takes for finished when killed.
 */
export const steps = [
  npmPackages,
  uv,
  pythonEnvironment("data", { sources: ["pipelines/ingest/src", "pipelines/streaming/sinks/src"] }),
  pythonEnvironment("orchestration", { newest: [3, 13] }), // as Airflow 3.1 declares
  pythonEnvironment("spark"),
  kafka,
  postgres,
  terraform,
  secrets,
  embeddedCloud,
];

/** What only tests need, or one command. */
const testSteps = [
  pythonEnvironment("composer", { newest: [3, 13] }),
  pythonEnvironment("emulators"),
  connectPlugins,
  sparkKafkaJars,
  pythonEnvironment("lakehouse", { sources: ["pipelines/lakehouse/src", "pipelines/ingest/src"] }),
];

/** What one command needs, and no test. */
const labSteps = [pythonEnvironment("flink", { newest: [3, 12] })]; // as apache-flink declares

const all = [...steps, ...testSteps, ...labSteps];

const few = {
  test: [...steps, ...testSteps].map(({ name }) => name),
  generate: ["npm"],
  down: ["npm"],
  sql: ["npm"],
  up: ["npm", "uv", "python-spark", "kafka", "postgres"],
  produce: ["npm", "uv", "python-spark", "kafka"],
  consume: ["npm", "uv", "python-spark", "kafka"],
  live: ["npm", "uv", "python-spark", "kafka"],
  connect: ["npm", "uv", "python-data", "python-spark", "kafka", "postgres", "connect-plugins"],
  sink: ["npm", "uv", "python-data", "python-spark", "kafka"],
  topics: ["npm", "uv", "python-spark", "kafka"],
  streams: ["npm", "uv", "python-spark", "kafka"],
  deploy: ["npm", "terraform"],
  guard: ["npm", "terraform"],
  "postgres-load": ["npm", "uv", "python-data", "terraform"],
  image: ["npm"],
  lakehouse: ["npm", "uv", "python-lakehouse"],
  "lab-spark": ["npm", "uv", "python-spark"],
  "lab-flink": ["npm", "uv", "python-flink"],
  "ci-plan": ["npm", "terraform"],
  "ci-synth": ["npm"],
  doctor: ["npm"],
  onboard: ["npm", "terraform"],
  bootstrap: ["npm", "terraform"],
  "contracts-check": ["npm"],
  "check-cdktn": ["npm"],
  "bench-synth": ["npm"],
  destroy: ["npm", "terraform", "embedded"],
  lint: ["npm", "uv", "python-data", "python-orchestration", "python-composer", "python-spark", "python-lakehouse"],
};

/** The steps that a command needs finished, in order: all, but for some commands. */
export function stepsFor(command) {
  const names = Object.hasOwn(few, command) ? few[command] : undefined;
  return names ? all.filter(({ name }) => names.includes(name)) : steps;
}
