import type { Program } from "./program";

/** What a cluster consists of: a broker, its registry, Connect. */
export interface Member {
  /** Of its service, and its log. */
  readonly name: string;

  /** Folder of what it keeps. */
  readonly data: string;

  /** Where it listens, on 127.0.0.1. */
  readonly ports: readonly number[];
  readonly program: Program;

  /** Before it is started: the same whether or not it was done before. */
  prepare(signal?: AbortSignal): Promise<void>;

  /** Whether it does its work. */
  answers(): Promise<boolean>;
}
