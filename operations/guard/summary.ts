import type { Plan, ResourceChange } from "./plan";

/** How many resources a plan would make, change, replace and destroy, and what else it would do, if anything. */
export function summary(plan: Plan): string {
  const { resource_changes: changes = [] } = plan;
  const count = (is: (actions: readonly string[]) => boolean): string => String(changes.filter(({ change }) => is(change.actions)).length);
  const parts = [
    `${count((actions) => actions.join() === "create")} to add`,
    `${count((actions) => actions.join() === "update")} to change`,
    `${count((actions) => actions.length === 2)} to replace`,
    `${count((actions) => actions.join() === "delete")} to destroy`,
  ];
  const others = [
    ["", changes.filter(({ change }) => change.actions.includes("forget")).length, "to forget"],
    ["", changes.filter(isImported).length, "to import"],
    ["", changes.filter(isMoved).length, "to move within the state"],
    ["outputs: ", changedOutputs(plan), "to change"],
  ] as const;
  const told = others.filter(([, number]) => number > 0);
  return [...parts, ...told.map(([where, number, what]) => `${where}${String(number)} ${what}`)].join(", ");
}

/** Whether a plan does nothing at all: neither to what is deployed nor to the state. */
export const isEmpty = (plan: Plan): boolean =>
  changedOutputs(plan) === 0 &&
  (plan.resource_changes ?? []).every(
    (resource) =>
      resource.change.actions.every((action) => action === "no-op" || action === "read") && !isImported(resource) && !isMoved(resource),
  );

const changedOutputs = ({ output_changes: outputs = {} }: Plan): number =>
  Object.values(outputs).filter(({ actions }) => actions.join() !== "no-op").length;

const isImported = ({ change }: ResourceChange): boolean => change.importing !== undefined;

const isMoved = ({ address, previous_address: before = address }: ResourceChange): boolean => before !== address;
