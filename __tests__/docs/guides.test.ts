import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { asksCloud, type Command, commandsIn, guides, othersAskCloud, root, textOf, typedLines } from "./guide";

const { scripts } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as { scripts: Record<string, string> };
const MARK = "(needs a cloud account)";

/** The command behind a script of package.json: `node scripts/run.mjs ci-plan` is ci-plan. */
const commandOf = (script: string): string => {
  const [, file = "", name] = /^node scripts\/(\w+)\.mjs(?: ([\w-]+))?$/.exec(scripts[script] ?? "") ?? [];
  return name ?? file;
};

/** Which test runs what the guides have people type, and how it says so. */
const ranBy: Readonly<Record<string, readonly [file: string, mention: string]>> = {
  start: ["system/start.life-cycle.ts", 'command("start"'],
  sql: ["system/start.life-cycle.ts", 'command("sql"'],
  up: ["system/start.life-cycle.ts", 'command("up"'],
  down: ["system/start.life-cycle.ts", 'command("down"'],
  destroy: ["system/start.life-cycle.ts", 'command("destroy"'],
  quarantine: ["system/quarantine.life-cycle.ts", 'command("quarantine"'],
  pipelines: ["system/quarantine.life-cycle.ts", 'command("pipelines"'],
  generate: ["system/quarantine.life-cycle.ts", 'command("generate"'],
  "ci:synth": ["system/newcomer.life-cycle.ts", 'command("ci-synth"'],
  topics: ["system/start.life-cycle.ts", 'command("topics"'],
  streams: ["system/start.life-cycle.ts", 'command("streams"'],
  produce: ["streaming/producer.streaming.ts", 'command("produce"'],
  live: ["streaming/live.streaming.ts", "scripts/commands/live.ts"],
  status: ["system/guides.life-cycle.ts", 'run("status"'],
  backfill: ["system/guides.life-cycle.ts", 'run("backfill"'],
  rollback: ["system/guides.life-cycle.ts", 'run("rollback"'],
  "contracts:check": ["system/guides.life-cycle.ts", 'run("contracts-check"'],
  doctor: ["system/guides.life-cycle.ts", 'command("doctor"'],
  guard: ["system/guides.life-cycle.ts", 'start("guard"'],
  setup: ["scripts/setup/set-up.test.ts", "setUp("],
};

/** Commands that are tests themselves, or install from npm what tests don't have. */
const NOT_RUN = ["test", "ci:test", "test:faults", "lint", "check:cdktn"];

const commands = guides.flatMap((file) => commandsIn(textOf(file)).map((command) => ({ file, ...command })));
const typed = guides.flatMap(typedLines);

test("there is something to check", () => {
  expect(commands.length).toBeGreaterThan(60);
  expect(typed.length).toBeGreaterThan(60);
});

test("each command exists", () => {
  const file = ({ script }: Command) => join(root, "scripts/commands", `${commandOf(script)}.ts`);
  const suites = ["test", "lint", "setup"];

  expect(commands.filter((command) => !suites.includes(commandOf(command.script)) && !existsSync(file(command)))).toEqual([]);
});

test("each takes the arguments that it is given", () => {
  const usage = (command: Command) => join(root, "scripts/usage", `${commandOf(command.script)}.txt`);
  const given = commands.filter((command) => existsSync(usage(command))).map(({ script, args }) => [commandOf(script), args]);
  // By what the commands themselves ask before anything is set up.
  const program = `
    import { answered } from ${JSON.stringify(pathToFileURL(join(root, "scripts/setup/usage.mjs")).href)};
    for (const [command, args] of JSON.parse(process.argv[1])) {
      try {
        answered(command, args.filter((word) => word !== "--help"));
      } catch (error) {
        console.log(command, args.join(" "), error.message);
      }
    }`;
  const { stdout, stderr } = spawnSync(process.execPath, ["--input-type=module", "--eval", program, JSON.stringify(given)], {
    encoding: "utf8",
  });

  expect(stdout + stderr).toBe("");
});

test("what asks a cloud is marked, in its line or in a heading above it", () => {
  const asking = typed.filter((line) => othersAskCloud(line) || commandsIn(line.line).some(asksCloud));

  expect(asking.length).toBeGreaterThan(20);
  expect(asking.filter(({ line, headings }) => !line.includes(MARK) && !headings.some((title) => title.includes(MARK)))).toEqual([]);
});

test("all other commands are run by a test", () => {
  const names = new Set(commands.filter((command) => !asksCloud(command)).map(({ script }) => script));

  expect([...names].filter((name) => !Object.hasOwn(ranBy, name) && !NOT_RUN.includes(name))).toEqual([]);
  expect([...Object.keys(ranBy), ...NOT_RUN].filter((name) => !commands.some(({ script }) => script === name))).toEqual([]);
});

test.each(Object.entries(ranBy))("%s is run where it is said to be", (_, [file, mention]) => {
  expect(textOf(join("__tests__", file))).toContain(mention);
});

test.each(guides)("%s: each link leads to a file, and to a heading in it", (file) => {
  const links = [...textOf(file).matchAll(/\]\((?!https?:)([^)\s]+)\)/g)].map(([, link]) => link ?? "");
  const lost = links.filter((link) => {
    const [path = "", anchor] = link.split("#");
    const target = path === "" ? file : join(dirname(file), path);
    return !existsSync(join(root, target)) || (anchor !== undefined && !anchorsIn(target).includes(anchor));
  });

  expect(lost).toEqual([]);
});

/** As GitHub names headings. */
const anchorsIn = (file: string): string[] =>
  [...textOf(file).matchAll(/^#+ (.*)$/gm)].map(([, title = ""]) =>
    title
      .toLowerCase()
      .replace(/[^\p{L}\p{N} _-]/gu, "")
      .replaceAll(" ", "-"),
  );

test.each(guides)("%s names no place that only its author has", (file) => {
  expect(textOf(file)).not.toMatch(/(?<![\w.~/-])\/(tmp|work|root)\b|\bsessions?\b|registry\.npmjs|pypi\.org|pythonhosted/i);
});
