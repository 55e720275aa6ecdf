import { setTimeout as pause } from "node:timers/promises";
import { StreamingError } from "../client/streaming-error";

/** The registry can't be had, or refuses; the message says which, where, and what to do. */
export class RegistryError extends StreamingError {
  public override readonly name = "RegistryError";

  /** @param unknown whether it answered, and doesn't know what was asked for */
  constructor(
    message: string,
    public readonly unknown = false,
  ) {
    super(message);
  }
}

/** How a registry is spoken to. */
export interface SchemaRegistryOptions {
  /** Where its API begins, e.g. `http://127.0.0.1:8181/apis/ccompat/v7`. */
  readonly url: string;

  /** Ends the waiting for a registry that doesn't answer. */
  readonly signal?: AbortSignal;

  /**
   * Milliseconds for which a registry that doesn't answer, or answers with an error of its own, is asked again.
   * @default 30000
   */
  readonly patience?: number;

  /** Told once when it has to wait. */
  readonly onWait?: (why: string) => void;
}

const JSON_TYPE = "application/vnd.schemaregistry.v1+json";
const PAUSE_MILLISECONDS = 500;
const ANSWER_MILLISECONDS = 10_000;

/** A schema registry with Confluent's API, as far as producers and consumers need it; ids don't change, so each is asked for once. */
export class SchemaRegistry {
  private readonly schemas = new Map<number, Promise<string>>();

  constructor(private readonly options: SchemaRegistryOptions) {}

  /**
   * Makes the schema known for a topic's values, where it isn't yet: subject `<topic>-value`, as TopicNameStrategy has it. From then on only
   * schemas are accepted that read what was written before.
   *
   * @returns its id
   * @throws RegistryError where it isn't compatible with the one before, or the registry can't be had
   */
  public async register(topic: string, schema: string): Promise<number> {
    const subject = encodeURIComponent(`${topic}-value`);
    const { id } = await this.ask<{ id: number }>(`/subjects/${subject}/versions`, { method: "POST", body: JSON.stringify({ schema }) });
    // Apicurio has no rule of its own, and knows a subject by its first schema.
    await this.ask(`/config/${subject}`, { method: "PUT", body: JSON.stringify({ compatibility: "BACKWARD" }) });
    return id;
  }

  /** The schema of that id, as text. @throws RegistryError where there is none, or the registry can't be had */
  public byId(id: number): Promise<string> {
    const known = this.schemas.get(id) ?? this.ask<{ schema: string }>(`/schemas/ids/${String(id)}`).then(({ schema }) => schema);
    this.schemas.set(id, known);
    // Only what was told is kept: a failure may be over next time.
    known.catch(() => this.schemas.delete(id));
    return known;
  }

  private async ask<Answer>(path: string, request: RequestInit = {}): Promise<Answer> {
    const { url, signal, patience = 30_000, onWait } = this.options;
    const deadline = Date.now() + patience;
    for (let tries = 0; ; tries += 1) {
      const response = await this.once(path, request);
      if (response instanceof Response && response.ok) return (await response.json()) as Answer;
      if (response instanceof Response && response.status < 500)
        throw new RegistryError(await refusal(url, path, response), response.status === 404);
      const why = response instanceof Response ? `it answers ${String(response.status)}` : response;
      if (Date.now() + PAUSE_MILLISECONDS > deadline) throw new RegistryError(unreachable(url, why));
      if (tries === 0) onWait?.(`the schema registry at ${new URL(url).host}: ${why}`);
      await pause(PAUSE_MILLISECONDS, undefined, { signal });
    }
  }

  /** The answer, or why there is none. */
  private async once(path: string, request: RequestInit): Promise<Response | string> {
    const patience = AbortSignal.timeout(ANSWER_MILLISECONDS);
    const signal = this.options.signal ? AbortSignal.any([this.options.signal, patience]) : patience;
    try {
      return await fetch(`${this.options.url}${path}`, { ...request, signal, headers: { "Content-Type": JSON_TYPE, Accept: JSON_TYPE } });
    } catch (error) {
      this.options.signal?.throwIfAborted();
      const { cause, message } = error as Error & { cause?: { code?: string } };
      return cause?.code ?? message;
    }
  }
}

const unreachable = (url: string, why: string): string =>
  `The schema registry at ${url} can't be had: ${why}. On this machine npm run up starts it; for another cluster, look at --registry and at the tunnel.`;

async function refusal(url: string, path: string, response: Response): Promise<string> {
  const text = await response.text();
  const said = /"message"\s*:\s*"((?:[^"\\]|\\.)*)"/.exec(text)?.[1] ?? text.slice(0, 200);
  if (response.status === 409) {
    return `The schema registry at ${url} refuses the schema for ${decodeURIComponent(path.split("/")[2] ?? "")}: it isn't compatible with the one before (${said}). npm run contracts:check says what changed.`;
  }
  return `The schema registry at ${url} answers ${String(response.status)} for ${path}: ${said}`;
}
