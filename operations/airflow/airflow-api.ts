import { setTimeout as delay } from "node:timers/promises";
import { AirflowApiError } from "./airflow-api-error";
import type { Login } from "./login";

/** Which Airflow is called, and by whom. */
export interface AirflowApiOptions {
  /** Address of Airflow's page. */
  readonly url: string;
  readonly login: Login;
  readonly signal: AbortSignal;

  /**
   * Milliseconds before the first of up to five repetitions of a question that wasn't answered; each waits twice as long.
   *
   * @default 1000
   */
  readonly patience?: number;
}

const REPETITIONS = 5;
const PASSING = new Set([0, 429, 500, 502, 503, 504]);
const MOST_SECONDS = 30;

/** Airflow 3's REST API. @see https://airflow.apache.org/docs/apache-airflow/stable/stable-rest-api-ref.html */
export class AirflowApi {
  private answered = false;

  constructor(private readonly options: AirflowApiOptions) {}

  /** Address of Airflow's page. */
  public get url(): string {
    return this.options.url;
  }

  /** Asked again where the network fails for a moment: a run goes on for longer than many a network. */
  public async get<Answer>(path: string): Promise<Answer> {
    const { patience = 1000, signal } = this.options;
    for (let repetition = 0; ; repetition++) {
      try {
        return await this.call<Answer>("GET", path);
      } catch (error) {
        // The first question tells whether there is an Airflow at all.
        const passing = this.answered && error instanceof AirflowApiError && PASSING.has(error.status);
        if (!passing || repetition === REPETITIONS) throw error;
        await delay(patience * 2 ** repetition, undefined, { signal });
      }
    }
  }

  /** All pages of a list, under the name that the answer has them by. */
  public async list<Item>(path: string, name: string): Promise<Item[]> {
    const items: Item[] = [];
    for (;;) {
      const page = `${path}${path.includes("?") ? "&" : "?"}limit=100&offset=${String(items.length)}`;
      const answer = await this.get<Record<string, unknown>>(page);
      const some = answer[name] as Item[];
      items.push(...some);
      if (some.length === 0 || items.length >= (answer.total_entries as number)) return items;
    }
  }

  public post<Answer>(path: string, body: unknown): Promise<Answer> {
    return this.call<Answer>("POST", path, body);
  }

  public patch<Answer>(path: string, body: unknown): Promise<Answer> {
    return this.call<Answer>("PATCH", path, body);
  }

  private async call<Answer>(method: string, path: string, body?: unknown): Promise<Answer> {
    const { url, login, signal } = this.options;
    const headers = { authorization: `Bearer ${await login.token(signal)}`, "content-type": "application/json" };
    const response = await fetch(`${url}/api/v2/${path}`, {
      method,
      headers,
      body: body === undefined ? undefined : JSON.stringify(body),
      // Google sends who isn't signed in to a page for people.
      redirect: "manual",
      signal: AbortSignal.any([signal, AbortSignal.timeout(MOST_SECONDS * 1000)]),
    }).catch((error: unknown) => {
      signal.throwIfAborted();
      throw new AirflowApiError(`Airflow doesn't answer at ${url} (${causeOf(error)}).\n${login.reach}`, 0);
    });
    const text = await response.text();
    if (!response.ok) throw this.refusal(response.status, text, `${method} ${path.split("?")[0] ?? ""}`);
    this.answered = true;
    try {
      return JSON.parse(text) as Answer;
    } catch {
      throw new AirflowApiError(`What answers at ${url} isn't Airflow's API: it sent no JSON.`, response.status);
    }
  }

  private refusal(status: number, text: string, what: string): AirflowApiError {
    const { url, login } = this.options;
    if (status === 401 || (status >= 300 && status < 400))
      return new AirflowApiError(`Airflow at ${url} doesn't know who calls (HTTP ${String(status)}).\n${login.right}`, status);
    if (status === 403) return new AirflowApiError(`Airflow at ${url} refuses ${what}: ${detailOf(text)}.\n${login.right}`, status);
    return new AirflowApiError(`Airflow refuses ${what} (HTTP ${String(status)}): ${detailOf(text)}`, status);
  }
}

/** FastAPI's `detail` is a text, or a list of what is wrong with the call. */
function detailOf(text: string): string {
  try {
    const { detail } = JSON.parse(text) as { detail?: unknown };
    return typeof detail === "string" ? detail : JSON.stringify(detail ?? text);
  } catch {
    return text.trim().slice(0, 200) || "it doesn't say why";
  }
}

const causeOf = (error: unknown): string => {
  const { cause, message } = error as Error;
  return cause instanceof Error ? cause.message : message;
};
