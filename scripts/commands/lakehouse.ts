import { relative } from "node:path";
import { tripTables } from "../../contracts/tables";
import { alone, isDeployed, paths } from "../local-dev";
import { requireHere } from "../pipelines/environment";
import { deriveTables, formats, lakehouseReport } from "../pipelines/lakehouse";
import { askedMonths } from "../pipelines/listed-months";
import { servicesIn } from "../pipelines/options";
import { parsedLine } from "../terminal/command-line";
import { CommandError, runCommand } from "../terminal/failure";
import { step } from "../terminal/steps";
import { usageOf } from "../terminal/usage";

const usage = usageOf("lakehouse");

const options = {
  format: { type: "string", default: "both" },
  service: { type: "string" },
  months: { type: "string" },
  compact: { type: "boolean" },
  rebuild: { type: "boolean" },
  json: { type: "boolean" },
} as const;

/** `npm run lakehouse`: Iceberg and Delta tables from the clean lake. */
void runCommand(async (signal) => {
  const { values, environment } = parsedLine(process.argv.slice(2), options, usage);
  if (values.help) {
    console.log(usage);
    return 0;
  }
  requireHere(environment, usage, isDeployed());
  const args = argumentsOf(values);
  const derived = await alone(
    "npm run lakehouse",
    () =>
      values.json
        ? deriveTables(args, (line) => void process.stderr.write(`${line}\n`), signal)
        : step(
            "Derive from the clean lake",
            (say) => deriveTables(args, say, signal),
            (tables) => `${String(tables.length)} tables`,
            (tables) => tables.some(({ equal }) => !equal),
          ),
    signal,
  );
  console.log(
    values.json ? JSON.stringify(derived) : `\n${lakehouseReport(derived)}\n\nBelow ${relative(process.cwd(), paths.lakehouse())}`,
  );
  return derived.every(({ equal }) => equal) ? 0 : 1;
});

/** As the derivation takes them. */
function argumentsOf({
  format,
  service,
  compact,
  rebuild,
  debug,
  ...values
}: ReturnType<typeof parsedLine<typeof options>>["values"]): string[] {
  if (!formats.includes(format)) throw new CommandError(`--format: there is no "${format}"; there are ${formats.join(", ")}.`);
  const known = tripTables.map((table) => table.service);
  const services = servicesIn("--service", service, known);
  const months = askedMonths({ months: values.months }, "lake");
  return [
    ...["--format", format],
    ...(services === undefined ? [] : ["--services", services.join(",")]),
    ...(months === undefined ? [] : ["--months", months.join(",")]),
    ...Object.entries({ compact, rebuild, debug }).flatMap(([name, asked]) => (asked ? [`--${name}`] : [])),
  ];
}
