export interface FillJob {
  readonly n: number;
  readonly d: number;
  readonly seed: number;
}

export interface BuiltReport {
  /** From the moment at which work on the index was told of to the one at which it had ended. */
  readonly buildMs: number;
  readonly msByStage: Readonly<Record<string, number>>;
  readonly warnings: string | null;
}

export interface OpenedReport {
  /** From the worker's start to the first answer. */
  readonly firstAnswerMs: number;
  /** Of it, opening the index; and how long reading alone takes, done once more. */
  readonly openMs: number;
  readonly readMs: number;
}

export interface SearchReport {
  readonly spec: unknown;
  readonly recall10: number;
  readonly msPerQuery: number;
  readonly p99Ms: number;
  readonly codesScanned: number;
  readonly addMs: number;
  readonly bytes: number;
  readonly rerankBytes: number;
  /** On disk. */
  readonly exactBytes: number;
}

/** What the worker of `bench:browser-million` answers. */
export interface MillionContract {
  /** Writes `n` seeded vectors into a database of their own. Gives milliseconds. */
  fill(job: FillJob): number;
  /** Opens the index of what was filled in, and waits until it is trained and saved. */
  build(d: number): BuiltReport;
  /** Opens the saved index, and searches for one photo. */
  open(d: number): OpenedReport;
  /** Searches for some, and adds one: time, and recall against exact comparison. */
  search(queries: number): SearchReport;
}
