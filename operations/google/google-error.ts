/** A call of one of Google's APIs that was refused, or couldn't be made. */
export class GoogleError extends Error {
  public override readonly name = "GoogleError";

  constructor(
    message: string,
    /** HTTP status; 0 where there was no answer. */
    public readonly status: number,

    /** Google's reason, such as `SERVICE_DISABLED`; empty where none was given. */
    public readonly reason = "",

    /** What Google says besides, by its own names: `service`, `consumer`, `permission`, … */
    public readonly details: Readonly<Record<string, string>> = {},
  ) {
    super(message);
  }

  /** The API that would have to be switched on, if that is what is wrong. */
  public get disabledService(): string | undefined {
    return this.reason === "SERVICE_DISABLED" ? this.details.service : undefined;
  }

  /** The permission that is missing, if that is what is wrong and Google says which. */
  public get missingPermission(): string | undefined {
    return this.status === 403 ? (this.details.permission ?? /permission '?([a-z]+(?:\.[a-zA-Z]+)+)/i.exec(this.message)?.[1]) : undefined;
  }
}

/**
 * The error that an answer stands for. Google's APIs agree on one form; the oldest (storage, compute) have `errors` in place of `details`.
 *
 * @see https://cloud.google.com/apis/design/errors
 */
export function errorOf(status: number, body: unknown, what: string): GoogleError {
  const { error } = (body ?? {}) as { error?: { message?: string; details?: Detail[]; errors?: { reason?: string }[] } | string };
  if (error === undefined || typeof error === "string") return new GoogleError(`${what}: ${error ?? `HTTP ${String(status)}`}`, status);
  const info = error.details?.find((detail) => detail["@type"]?.endsWith("google.rpc.ErrorInfo"));
  const reason = info?.reason ?? error.errors?.[0]?.reason ?? "";
  return new GoogleError(`${what}: ${error.message ?? `HTTP ${String(status)}`}`, status, reason, info?.metadata);
}

interface Detail {
  readonly "@type"?: string;
  readonly reason?: string;
  readonly metadata?: Record<string, string>;
}
