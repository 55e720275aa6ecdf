/** What Connect says of a connector. */
export interface ConnectorStatus {
  readonly connector: { readonly state: string; readonly trace?: string };
  readonly tasks: readonly { readonly id: number; readonly state: string; readonly trace?: string }[];
}

/** Connect refused, or has no plug-in for it. */
export class ConnectError extends Error {}

/** Connectors of a worker, by its interface: https://kafka.apache.org/41/documentation.html#connect_rest */
export class Connectors {
  /** @param url such as `http://127.0.0.1:8183` */
  constructor(private readonly url: string) {}

  /** Makes the connector, or changes it to be as described; one that is so already goes on. @throws ConnectError with Connect's own words. */
  public async apply(name: string, configuration: Readonly<Record<string, string>>): Promise<void> {
    await this.ask("PUT", `/connectors/${name}/config`, configuration);
  }

  /** `undefined` where there is none, or its worker is just being chosen. */
  public async status(name: string): Promise<ConnectorStatus | undefined> {
    const answer = await fetch(`${this.url}/connectors/${name}/status`);
    return answer.ok ? ((await answer.json()) as ConnectorStatus) : undefined;
  }

  /** Starts what has failed anew. */
  public async restart(name: string): Promise<void> {
    await this.ask("POST", `/connectors/${name}/restart?includeTasks=true&onlyFailed=true`);
  }

  /** Removes the connector; what it has written stays, and its group's offsets. */
  public async remove(name: string): Promise<void> {
    const answer = await fetch(`${this.url}/connectors/${name}`, { method: "DELETE" });
    if (!answer.ok && answer.status !== 404) throw await refusal(answer);
  }

  private async ask(method: string, path: string, body?: unknown): Promise<void> {
    const headers = { "Content-Type": "application/json" };
    const answer = await fetch(this.url + path, { method, headers, body: body === undefined ? undefined : JSON.stringify(body) });
    if (!answer.ok) throw await refusal(answer);
  }
}

/** The connector runs, and all that it does. */
export const isRunning = (status: ConnectorStatus | undefined): boolean =>
  status?.connector.state === "RUNNING" && status.tasks.length > 0 && status.tasks.every(({ state }) => state === "RUNNING");

/** The first line of why it failed; `undefined` where it didn't. */
export function failureOf(status: ConnectorStatus | undefined): string | undefined {
  const failed = [status?.connector, ...(status?.tasks ?? [])].find((part) => part?.state === "FAILED");
  return failed && (causes(failed.trace ?? "") || "it has failed, and doesn't say why");
}

/** The last cause of a Java stack trace says the most. */
const causes = (trace: string): string =>
  (/.*Caused by: (.*)/s.exec(trace)?.[1] ?? trace).split("\n")[0]?.replace(/^[\w.$]+(?:Exception|Error): /, "") ?? "";

async function refusal(answer: Response): Promise<ConnectError> {
  const text = await answer.text();
  let message = text;
  try {
    message = (JSON.parse(text) as { message?: string }).message ?? text;
  } catch {
    // Not Connect itself, but what stands before it.
  }
  return new ConnectError(`Connect refused (HTTP ${String(answer.status)}): ${message}`);
}
