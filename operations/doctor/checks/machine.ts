import { type Check, fail, pass, skip, warn } from "../check";
import { configurationOf } from "../surroundings";

const GIB = 2 ** 30;

/** What the machine itself must have. */
export const machineChecks: readonly Check[] = [
  {
    group: "machine",
    title: "Node.js",
    why: "Set-up, the stacks and every command run on it.",
    look: ({ nodeVersion }) =>
      isAtLeast(nodeVersion, [20, 19])
        ? pass(nodeVersion)
        : fail(nodeVersion, "Install 20.19 or newer: nvm install 22, or your package manager."),
  },
  {
    group: "machine",
    title: "Python",
    why: "Ingest, dbt, Airflow and Spark run on it.",
    look: async (at) => {
      const named = at.variables.PYTHON;
      const seen: string[] = [];
      for (const name of named ? [named] : ["python3.13", "python3.12", "python3.11", "python3"]) {
        const version = versionIn((await at.ask(name, "--version"))?.output);
        if (version !== undefined && isAtLeast(version, [3, 11]) && !isAtLeast(version, [3, 14])) return pass(version);
        if (version !== undefined) seen.push(version);
      }
      const found = seen.length > 0 ? `only ${seen.join(", ")}` : "none";
      return fail(
        found,
        "Install Python 3.11 to 3.13 (apt install python3 python3-venv, brew install python@3.13), or name it: PYTHON=/path.",
      );
    },
  },
  {
    group: "machine",
    title: "Terraform",
    why: "It deploys; set-up installs one on Linux and macOS where there is none.",
    look: async (at) => {
      const name = at.variables.TERRAFORM_BINARY_NAME ?? "terraform";
      const version = versionIn((await at.ask(name, "version"))?.output);
      if (version === undefined) return warn("none on the PATH", "npm run setup installs one for this project, or says how to get it.");
      return isAtLeast(version, [1, 5]) ? pass(version) : fail(version, "Install 1.5 or newer: the stacks use what came with it.");
    },
  },
  {
    group: "machine",
    title: "Disk",
    why: "Set-up needs about 4 GB, the pipelines what they load.",
    look: ({ freeBytes, root }) => {
      const free = freeBytes(root) / GIB;
      const found = `${free.toFixed(1)} GiB free`;
      if (free < 1) return fail(found, `Make room on the disk of ${root}.`);
      return free < 5 ? warn(found, "Enough to run, not to set up anew: make room for 5 GiB.") : pass(found);
    },
  },
  {
    group: "machine",
    title: "Memory",
    why: "Airflow, Spark and Kafka beside each other need about 4 GB.",
    look: ({ memoryBytes }) => {
      const found = `${(memoryBytes / GIB).toFixed(1)} GiB`;
      return memoryBytes < 3.5 * GIB ? warn(found, "Close other programs, and leave Spark and Kafka out.") : pass(found);
    },
  },
  {
    group: "machine",
    title: "Java",
    why: "Spark 3.5 and Kafka run on Java 17; set-up brings its own, which another one named by JAVA_HOME would displace.",
    look: async (at) => {
      const home = at.variables.JAVA_HOME;
      if (!home) return pass("set-up's own, 17");
      const answer = await at.ask(`${home}/bin/java`, "-version");
      const version = versionIn(answer?.output);
      if (version === undefined) return fail(`JAVA_HOME names ${home}, where no Java answers`, "unset JAVA_HOME, or name a Java 17.");
      return version.startsWith("17.")
        ? pass(`${version} (JAVA_HOME)`)
        : warn(`${version} (JAVA_HOME)`, "unset JAVA_HOME, or name a Java 17.");
    },
  },
  {
    group: "machine",
    title: "Docker",
    why: "Only a deployment to Google Cloud with postgres.kind docker needs it, for a container on this machine.",
    look: async (at) => {
      if (!at.cloud || configurationOf(at)?.postgres.kind !== "docker") return skip("not needed");
      const answer = await at.ask("docker", "info", "--format", "{{.ServerVersion}}");
      if (answer?.code === 0) return pass(answer.output.trim());
      return fail(
        answer === undefined ? "not installed" : "its daemon doesn't answer",
        "Start Docker, or set postgres.kind to none or cloud_sql in the configuration.",
      );
    },
  },
];

/** The first version number in a text: `1.15.2`. */
export const versionIn = (text: string | undefined): string | undefined => /\d+\.\d+(\.\d+)?/.exec(text ?? "")?.[0];

/** Whether a version is of this major and minor number, or newer. */
export function isAtLeast(version: string, [major, minor]: readonly [number, number]): boolean {
  const [ownMajor = 0, ownMinor = 0] = (/\d+\.\d+/.exec(version)?.[0] ?? "0.0").split(".").map(Number);
  return ownMajor > major || (ownMajor === major && ownMinor >= minor);
}
