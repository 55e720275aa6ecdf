import { parsedLine } from "../terminal/command-line";
import { examine } from "../../operations/doctor/doctor";
import { configurationOf } from "../../operations/doctor/surroundings";
import { conclusion, diagnosisText } from "../operations/diagnosis-text";
import { surroundings } from "../operations/surroundings";
import { runCommand } from "../terminal/failure";
import { usageOf } from "../terminal/usage";

const usage = usageOf("doctor");

/** `npm run doctor`. */
void runCommand(async (signal) => {
  const { values, environment } = parsedLine(process.argv.slice(2), { here: { type: "boolean" }, json: { type: "boolean" } }, usage);
  if (values.help) {
    console.log(usage);
    return 0;
  }
  const name = environment ?? "dev";
  const at = await surroundings(name, environment !== undefined && !values.here, signal);
  const diagnoses = await examine(at, (diagnosis) => {
    if (!values.json) console.log(diagnosisText(diagnosis));
  });
  console.log(values.json ? JSON.stringify({ environment: name, diagnoses }, null, 2) : `\n${conclusion(diagnoses, configurationOf(at))}`);
  return diagnoses.some(({ status }) => status === "fail") ? 1 : 0;
});
