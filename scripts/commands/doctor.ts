import { parseArgs } from "node:util";
import { examine } from "../../operations/doctor/doctor";
import { configurationOf } from "../../operations/doctor/surroundings";
import { conclusion, diagnosisText } from "../operations/diagnosis-text";
import { surroundings } from "../operations/surroundings";
import { CommandError, runCommand } from "../terminal/failure";
import { usageOf } from "../terminal/usage";

const usage = usageOf("doctor");

/** `npm run doctor`. */
void runCommand(async (signal) => {
  const { values, positionals } = parsed();
  if (values.help) {
    console.log(usage);
    return 0;
  }
  const [name = "dev"] = positionals;
  const at = await surroundings(name, positionals.length > 0 && !values.here, signal);
  const diagnoses = await examine(at, (diagnosis) => {
    if (!values.json) console.log(diagnosisText(diagnosis));
  });
  console.log(values.json ? JSON.stringify({ environment: name, diagnoses }, null, 2) : `\n${conclusion(diagnoses, configurationOf(at))}`);
  return diagnoses.some(({ status }) => status === "fail") ? 1 : 0;
});

function parsed() {
  try {
    return parseArgs({
      allowPositionals: true,
      options: { here: { type: "boolean" }, json: { type: "boolean" }, debug: { type: "boolean" }, help: { type: "boolean", short: "h" } },
    });
  } catch (error) {
    throw new CommandError(`${(error as Error).message}\n\n${usage}`);
  }
}
