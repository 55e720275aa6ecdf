import { ComputeResourcePolicy } from "@cdktf/provider-google/lib/compute-resource-policy";
import { ProjectIamMember } from "@cdktf/provider-google/lib/project-iam-member";
import { TerraformStack } from "cdktf";
import { Construct } from "constructs";
import type { Environment } from "../environment/environment";
import { serviceAgent } from "../project/service-agents";
import type { NightScheduleProps } from "./night-schedule-props";

/**
 * Switches machines off for the night and on again, with the right that Compute Engine needs to do so.
 *
 * ### Cost
 * None. A machine that is off costs its disks only: with the defaults about a third of what it costs around the clock.
 *
 * @throws Error for what is no cron expression or no time zone.
 * @see https://cloud.google.com/compute/docs/instances/schedule-instance-start-stop
 */
export class NightSchedule extends Construct {
  /** What a machine names as its policy. A machine has one at most, and they must be of one region. */
  public readonly policy: ComputeResourcePolicy;

  /** Google refuses the policy to a machine that Compute Engine may not start. */
  public readonly grant: ProjectIamMember;

  constructor(scope: Construct, id: string, props: NightScheduleProps) {
    super(scope, id);
    const { environment, name, stop = "0 20 * * *", start = "0 7 * * 1-5", timeZone = "UTC" } = props;
    checkCron("stop", stop);
    if (start !== "") checkCron("start", start);
    checkTimeZone(timeZone);
    this.policy = new ComputeResourcePolicy(this, "policy", {
      project: environment.projectId,
      region: environment.location,
      name: `trips-${name}-nights`,
      description: "Switched off at night.",
      instanceSchedulePolicy: {
        timeZone,
        vmStopSchedule: { schedule: stop },
        vmStartSchedule: start === "" ? undefined : { schedule: start },
      },
    });
    this.grant = mayStartMachines(this, environment);
  }
}

/** Once per stack, however many schedules it has: the grant of one must not go with the other. */
function mayStartMachines(scope: Construct, environment: Environment): ProjectIamMember {
  const stack = TerraformStack.of(scope);
  const id = "machine-schedules";
  const before = stack.node.tryFindChild(id);
  if (before) return before as ProjectIamMember;
  return new ProjectIamMember(stack, id, {
    project: environment.projectId,
    // On the project: a machine that isn't there yet can't be granted, and its policy is checked when it is made.
    role: "roles/compute.instanceAdmin.v1",
    member: serviceAgent(environment, "compute"),
  });
}

function checkCron(prop: string, text: string): void {
  if (/^\d{1,2}( [\d*,/-]+){4}$/.test(text)) return;
  throw new Error(`${prop} must be minute, hour, day, month and weekday, e.g. "0 20 * * *", and at most once an hour: "${text}" isn't.`);
}

function checkTimeZone(timeZone: string): void {
  try {
    new Intl.DateTimeFormat("en", { timeZone });
  } catch {
    throw new Error(`timeZone must be a name of the tz database, e.g. "Europe/Brussels" or "UTC", not "${timeZone}".`);
  }
}
