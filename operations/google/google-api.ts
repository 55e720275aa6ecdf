import { setTimeout as delay } from "node:timers/promises";
import type { Credentials } from "./credentials";
import { errorOf, GoogleError } from "./google-error";

/** How Google's APIs are called. */
export interface GoogleApiOptions {
  readonly credentials: Credentials;
  readonly signal: AbortSignal;

  /**
   * Where every API is answered, at `<endpoint>/<service>/…` in place of `https://<service>.googleapis.com/…`: for tests.
   *
   * @default - Google
   */
  readonly endpoint?: string;

  /**
   * Milliseconds before the first of up to three repetitions of a call that Google couldn't answer; each waits twice as long.
   *
   * @default 1000
   */
  readonly patience?: number;
}

const REPETITIONS = 3;
const PASSING = new Set([429, 500, 502, 503, 504]);
const MOST_SECONDS = 30;

/** What is sent, and of what kind. */
export interface Content {
  readonly type: string;
  readonly bytes: string | Uint8Array<ArrayBuffer>;
}

/** What an answer consists of. */
interface Received {
  readonly text: string;
  readonly headers: Headers;
}

/** A call's form: its content, and the media types that are taken in answer. */
interface Sent {
  readonly content?: Content;
  readonly accept?: string;
}

/**
 * Calls Google's REST APIs. Addresses are written as `storage/storage/v1/b`: the service, then the path; of a host of another domain the whole
 * name, as `europe-west1-docker.pkg.dev/v2/`.
 */
export class GoogleApi {
  /** Seconds by which this machine's clock is ahead of Google's, by the last answer; undefined before the first. */
  public clockAhead: number | undefined;

  constructor(private readonly options: GoogleApiOptions) {}

  public get<Answer>(address: string): Promise<Answer> {
    return this.call<Answer>("GET", address);
  }

  /** An answer that isn't JSON, such as an object's content. */
  public async text(address: string): Promise<string> {
    return (await this.send("GET", address)).text;
  }

  /** Headers of what is asked for, without itself. */
  public async head(address: string, accept: string): Promise<Headers> {
    return (await this.send("HEAD", address, { accept })).headers;
  }

  /** Sends what isn't JSON, such as an object's content. */
  public async upload<Answer>(address: string, content: Content): Promise<Answer> {
    return parsed((await this.send("POST", address, { content })).text) as Answer;
  }

  public post<Answer>(address: string, body: unknown = {}): Promise<Answer> {
    return this.call<Answer>("POST", address, body);
  }

  public put<Answer>(address: string, body: unknown): Promise<Answer> {
    return this.call<Answer>("PUT", address, body);
  }

  public delete<Answer>(address: string): Promise<Answer> {
    return this.call<Answer>("DELETE", address);
  }

  /** All pages of a list, under the name that the answer has them by. */
  public async list<Item>(address: string, name: string): Promise<Item[]> {
    const items: Item[] = [];
    let page: string | undefined;
    do {
      const next = page === undefined ? address : `${address}${address.includes("?") ? "&" : "?"}pageToken=${encodeURIComponent(page)}`;
      const answer = await this.get<Record<string, unknown>>(next);
      items.push(...((answer[name] ?? []) as Item[]));
      page = answer.nextPageToken as string | undefined;
    } while (page);
    return items;
  }

  private async call<Answer>(method: string, address: string, body?: unknown): Promise<Answer> {
    const content = body === undefined ? undefined : { type: "application/json", bytes: JSON.stringify(body) };
    return parsed((await this.send(method, address, { content })).text) as Answer;
  }

  /** @throws GoogleError in Google's own words, also where there is no answer */
  private async send(method: string, address: string, sent: Sent = {}): Promise<Received> {
    for (let repetition = 0; ; repetition++) {
      try {
        return await this.once(method, address, sent);
      } catch (error) {
        const passing = error instanceof GoogleError && (PASSING.has(error.status) || error.reason === "NO_ANSWER");
        if (!passing || repetition === REPETITIONS) throw error;
        await delay((this.options.patience ?? 1000) * 2 ** repetition, undefined, { signal: this.options.signal });
      }
    }
  }

  private async once(method: string, address: string, { content, accept }: Sent): Promise<Received> {
    const { credentials, signal } = this.options;
    const headers = {
      authorization: `Bearer ${await credentials.token()}`,
      // Hosts of other domains, such as registries, count calls by themselves.
      ...(credentials.quotaProject && !isHost(address) ? { "x-goog-user-project": credentials.quotaProject } : {}),
      ...(content && { "content-type": content.type }),
      ...(accept !== undefined && { accept }),
    };
    const what = `${method} ${address.split("?")[0] ?? ""}`;
    const timeout = AbortSignal.timeout(MOST_SECONDS * 1000);
    const sent = Date.now();
    const response = await fetch(this.url(address), {
      method,
      headers,
      body: content?.bytes,
      signal: AbortSignal.any([signal, timeout]),
    }).catch((error: unknown) => {
      signal.throwIfAborted();
      throw new GoogleError(`${what}: no answer (${causeOf(error)}). Is there a network, or a proxy in the way?`, 0, "NO_ANSWER");
    });
    const date = response.headers.get("date");
    if (date !== null) this.clockAhead = Math.round((sent - Date.parse(date)) / 1000);
    const text = await response.text().catch((error: unknown) => {
      signal.throwIfAborted();
      throw new GoogleError(`${what}: the answer broke off (${causeOf(error)}).`, 0, "NO_ANSWER");
    });
    if (!response.ok) throw errorOf(response.status, parsed(text), what);
    return { text, headers: response.headers };
  }

  private url(address: string): string {
    const { endpoint } = this.options;
    if (endpoint !== undefined) return `${endpoint}/${address}`;
    const slash = address.indexOf("/");
    const host = address.slice(0, slash);
    return `https://${isHost(address) ? host : `${host}.googleapis.com`}/${address.slice(slash + 1)}`;
  }
}

const isHost = (address: string): boolean => address.slice(0, address.indexOf("/")).includes(".");

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const causeOf = (error: unknown): string => {
  const { cause, message } = error as Error;
  return cause instanceof Error ? cause.message : message;
};
