import { keepers } from "../guard/keepers";
import type { Plan } from "../guard/plan";

/** Something that holds data, and goes with the environment. */
export interface LostData {
  readonly address: string;

  /** Its name in the cloud, as far as the state tells. */
  readonly name: string;

  /** What is lost with it. */
  readonly what: string;
}

/** What a plan to destroy takes along that may hold data. */
export const lostData = ({ resource_changes: changes = [] }: Plan): LostData[] =>
  changes.flatMap(({ address, type, change: { actions, before } }) => {
    const keeper = keepers[type];
    if (!keeper || !before || !actions.includes("delete") || keeper.holdsNothing?.(before)) return [];
    return [{ address, name: nameIn(before), what: keeper.loses.replace(/,$/, "") }];
  });

const NAMES = ["name", "table_id", "dataset_id", "secret_id", "repository_id", "type"] as const;

function nameIn(attributes: Readonly<Record<string, unknown>>): string {
  const found = NAMES.map((name) => attributes[name]).find((value) => typeof value === "string" && value !== "");
  return typeof found === "string" ? found : "?";
}
