import { existsSync, readFileSync } from "node:fs";
import { ConfigurationError } from "../../../config/configuration-error";
import { readEnvironmentText } from "../../../config/read-environment-file";
import { type Setting, withSettings } from "../../../config/edit-environment-file";
import { change, type Desk, done, type Step, stuck } from "../step";

/** The environment's file, its comments kept. */
export const configuration: Step = {
  title: "Configuration",
  why: "Every later command reads from it which project it works on.",
  look: (desk) => Promise.resolve(look(desk)),
};

function look(desk: Desk) {
  const { configFile } = desk;
  try {
    const { text, changed } = withSettings(existsSync(configFile) ? readFileSync(configFile, "utf8") : "", settings(desk), configFile);
    if (changed.length === 0) return done(configFile);
    // Better refused here than by each later command.
    readEnvironmentText(text, configFile);
    const what = changed.map(([path]) => path.join(".")).join(", ");
    return change(`Write ${what} into ${configFile}`, { kind: "file", file: configFile, text, what });
  } catch (error) {
    if (error instanceof ConfigurationError) return stuck(error.problems.join("; "), "Mend the file, and repeat.");
    throw error;
  }
}

function settings({ wishes: { projectId, billingAccount, github, location }, projectNumber }: Desk): Setting[] {
  const optional: readonly Setting[] = [
    [["location"], location],
    [["bootstrap", "billingAccount"], billingAccount],
    [["bootstrap", "github", "ownerId"], github?.ownerId],
    [["bootstrap", "github", "repositoryId"], github?.repositoryId],
    [["bootstrap", "github", "repository"], github?.repository],
  ];
  return [[["project", "id"], projectId], [["project", "number"], projectNumber], ...optional.filter(([, value]) => value !== undefined)];
}
