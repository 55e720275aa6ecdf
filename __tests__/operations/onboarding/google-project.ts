import { type Call, GoogleDouble, refusal, type Reply } from "../google/double";

const ID = "acme-dev";
const NUMBER = "123456789012";

/** A Google project that nobody has touched yet, in the double: what is changed in it stays changed. */
export class GoogleProject {
  public billing: string | undefined;

  /** APIs that are on; of a project that was just made, one that can switch on others. */
  public readonly services = new Set(["serviceusage.googleapis.com"]);

  /** Times that an API which was just switched on still answers that it is off. */
  public moment = 2;
  public readonly agents = new Set<string>();
  public hasState = false;

  /** What was changed, in order: a repetition that changes nothing isn't here. */
  public readonly changes: string[] = [];

  /** Called after each change, before it is answered. */
  public afterChange: (number: number) => void = () => undefined;
  private readonly running = new Map<string, number>();
  private readonly waking = new Map<string, number>();

  constructor(public readonly double: GoogleDouble) {
    const project = { projectId: ID, projectNumber: NUMBER, name: "Acme development", lifecycleState: "ACTIVE" };
    double.gate = (call) => this.refused(call);
    double
      .on("GET", /^cloudresourcemanager\/v1\/projects$/, { body: { projects: [project] } })
      .on("GET", /^cloudresourcemanager\/v1\/projects\/(.*)$/, (_, id) =>
        id === ID ? { body: project } : { status: 403, body: { error: { code: 403, message: "The caller does not have permission" } } },
      )
      .on("GET", /^cloudbilling\/v1\/projects\/acme-dev\/billingInfo$/, () => ({
        body: { billingEnabled: this.billing !== undefined, billingAccountName: this.billing ?? "" },
      }))
      .on("PUT", /^cloudbilling\/v1\/projects\/acme-dev\/billingInfo$/, ({ body }) => this.link(body.billingAccountName as string))
      .on("GET", /^cloudbilling\/v1\/billingAccounts$/, {
        body: { billingAccounts: [{ name: "billingAccounts/01ABCD-23EF45-6789AB", displayName: "Acme", open: true }] },
      })
      .on("GET", /^serviceusage\/v1\/projects\/acme-dev\/services$/, () => ({
        body: {
          services: [...this.services].map((name) => ({
            name: `projects/${NUMBER}/services/${name}`,
            parent: `projects/${NUMBER}`,
            config: { name },
            state: "ENABLED",
          })),
        },
      }))
      .on("GET", /^serviceusage\/v1\/projects\/(?!acme-dev\/)(.*)\/services$/, (_, id = "") =>
        refusal(403, `Permission denied to list services for consumer container [projects/${id}]`, "AUTH_PERMISSION_DENIED"),
      )
      .on("POST", /^serviceusage\/v1\/projects\/acme-dev\/services:batchEnable$/, ({ body }) => this.enable(body.serviceIds as string[]))
      .on("POST", /^serviceusage\/v1beta1\/projects\/acme-dev\/services\/(.*):generateServiceIdentity$/, (_, service = "") =>
        this.makeAgent(service),
      )
      .on("GET", /^(storage)\/storage\/v1\/projects\/acme-dev\/serviceAccount$/, (_, service = "") => this.nameAgent(service))
      .on("GET", /^(bigquery)\/bigquery\/v2\/projects\/acme-dev\/serviceAccount$/, (_, service = "") => this.nameAgent(service))
      .on("GET", /^serviceusage\/v1\/(operations\/.*)$/, (_, name = "") => this.operation(name))
      .on("GET", /^orgpolicy\/v2\/projects\/123456789012\/policies\/.*:getEffectivePolicy$/, {
        body: { spec: { rules: [{ allowAll: true }] } },
      })
      .on("GET", /^compute\/compute\/v1\/projects\/acme-dev\/regions$/, {
        body: { items: ["europe-west1", "us-central1"].map((name) => ({ name, quotas: [{ metric: "CPUS", limit: 200, usage: 0 }] })) },
      })
      .on("GET", /^storage\/storage\/v1\/b\/acme-dev-terraform-state\/o\/.*$/, () =>
        this.hasState
          ? { body: { name: "bootstrap/dev/default.tfstate" } }
          : { status: 404, body: { error: { code: 404, message: "No such object" } } },
      );
  }

  /** @see https://cloud.google.com/service-usage/docs/enable-disable: it takes minutes until an API that was switched on answers */
  private refused({ address }: Call): Reply | undefined {
    const service = `${address.split("/")[0] ?? ""}.googleapis.com`;
    const left = this.waking.get(service) ?? 0;
    if (this.services.has(service) && left === 0) return undefined;
    this.waking.set(service, Math.max(left - 1, 0));
    return refusal(
      403,
      `${service} has not been used in project ${NUMBER} before or it is disabled. If you enabled this API recently, wait a few minutes for the action to propagate to our systems and retry.`,
      "SERVICE_DISABLED",
      { service, consumer: `projects/${NUMBER}` },
    );
  }

  /** Without the wait. */
  public has(...services: string[]): void {
    for (const service of services) this.services.add(`${service}.googleapis.com`);
  }

  private link(account: string): Reply {
    if (this.billing !== account) {
      this.billing = account;
      this.changed(`billing ${account}`);
    }
    return { body: { billingEnabled: true, billingAccountName: account } };
  }

  /** Google takes its time: the operation is done, and what it did shows, only at the second look. */
  private enable(services: string[]): Reply {
    const name = `operations/acat.${String(this.running.size)}`;
    this.running.set(name, 0);
    const fresh = services.filter((service) => !this.services.has(service));
    for (const service of fresh) {
      this.services.add(service);
      this.waking.set(service, this.moment);
    }
    if (fresh.length > 0) this.changed(`services ${String(fresh.length)}`);
    return { body: { name, done: false } };
  }

  private operation(name: string): Reply {
    const looks = (this.running.get(name) ?? 0) + 1;
    this.running.set(name, looks);
    return { body: { name, done: looks > 1 } };
  }

  /** The accounts of the two oldest services are made when somebody asks what they are called. */
  private nameAgent(name: string): Reply {
    const service = `${name}.googleapis.com`;
    if (!this.agents.has(service)) {
      this.agents.add(service);
      this.changed(`agent ${service}`);
    }
    return { body: {} };
  }

  private makeAgent(service: string): Reply {
    // Google makes no identity of these by this call.
    if (/^(storage|bigquery|compute)\./.test(service))
      return refusal(400, `Service ${service} doesn't support generating a service identity`);
    if (!this.services.has(service)) return { status: 400, body: { error: { code: 400, message: `${service} is not enabled` } } };
    if (!this.agents.has(service)) {
      this.agents.add(service);
      this.changed(`agent ${service}`);
    }
    return { body: { name: "operations/done", done: true } };
  }

  private changed(what: string): void {
    this.changes.push(what);
    this.afterChange(this.changes.length);
  }
}
