export interface FillJob {
  readonly n: number;
  readonly d: number;
  readonly seed: number;
}

export interface BuiltReport {
  /** From the event that index work started to its end. */
  readonly buildMs: number;
  readonly msByStage: Readonly<Record<string, number>>;
  readonly warnings: string | null;
}

export interface OpenedReport {
  /** From the worker's start to the first answer. */
  readonly firstAnswerMs: number;
  /** The part spent on opening the index; and the time to read it once more, alone. */
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

/** API of the `bench:browser-million` worker. */
export interface MillionContract {
  /** Writes `n` seeded vectors to a separate database. Returns milliseconds. */
  fill(job: FillJob): number;
  /** Opens the index of the filled database, and waits until it is trained and saved. */
  build(d: number): BuiltReport;
  /** Opens the saved index, and searches for one photo. */
  open(d: number): OpenedReport;
  /** Runs some searches, and adds one photo: time, and recall against exact search. */
  search(queries: number): SearchReport;
}
