import { blocksOf, isObject, textOf, type ValueObject } from "../../protocol/value";
import type { Complaint } from "../rules";
import { mustMatch } from "./must-match";

const ENVIRONMENTS = ["", "EXECUTION_ENVIRONMENT_GEN1", "EXECUTION_ENVIRONMENT_GEN2"];
const EGRESS = ["", "ALL_TRAFFIC", "PRIVATE_RANGES_ONLY"];
const SECONDS = /^[0-9]+(?:\.[0-9]{1,9})?s$/;

/** What the real provider, or Cloud Run itself, would refuse of a job. */
export function jobComplaints(config: ValueObject): Complaint[] {
  const tasks = blocksOf(config, "template").flatMap((template) => blocksOf(template, "template"));
  return [
    ...mustMatch(config, "name", /^[a-z]([a-z0-9-]{0,61}[a-z0-9])?$/, "1 to 63 of a-z, 0-9 and dashes, a letter first, no dash at the end"),
    ...tasks.flatMap((task) => taskMessages(task).map((message) => ({ attribute: "template", message }))),
  ];
}

function taskMessages(task: ValueObject): string[] {
  const environment = textOf(task, "execution_environment");
  const timeout = textOf(task, "timeout");
  const volumes = new Set(blocksOf(task, "volumes").map((volume) => textOf(volume, "name")));
  const mounts = blocksOf(task, "containers").flatMap((container) => blocksOf(container, "volume_mounts"));
  return [
    ...(ENVIRONMENTS.includes(environment)
      ? []
      : [`execution_environment "${environment}" must be one of ${ENVIRONMENTS.slice(1).join(", ")}.`]),
    ...(timeout === "" || SECONDS.test(timeout) ? [] : [`timeout "${timeout}" must be seconds such as "600s".`]),
    ...mounts
      .map((mount) => textOf(mount, "name"))
      .filter((name) => name !== "" && !volumes.has(name))
      .map(
        (name) => `A container mounts the volume "${name}", which the job hasn't: name one of ${[...volumes].join(", ") || "its volumes"}.`,
      ),
    ...blocksOf(task, "containers").flatMap(sizeMessages),
    ...blocksOf(task, "vpc_access").flatMap(networkMessages),
  ];
}

/** @see https://cloud.google.com/run/docs/configuring/jobs/cpu */
function sizeMessages(container: ValueObject): string[] {
  return blocksOf(container, "resources").flatMap(({ limits }) => {
    if (limits === undefined || !isObject(limits) || typeof limits.cpu !== "string") return [];
    return ["1", "2", "4", "8", "1000m", "2000m", "4000m", "8000m"].includes(limits.cpu)
      ? []
      : [`cpu "${limits.cpu}" must be 1, 2, 4 or 8.`];
  });
}

function networkMessages(access: ValueObject): string[] {
  const egress = textOf(access, "egress");
  const nowhere = blocksOf(access, "network_interfaces").filter(({ network, subnetwork }) => network === null && subnetwork === null);
  return [
    ...(EGRESS.includes(egress) ? [] : [`egress "${egress}" must be ALL_TRAFFIC or PRIVATE_RANGES_ONLY.`]),
    ...nowhere.map(() => "A network interface must name its network, its subnetwork, or both."),
  ];
}
