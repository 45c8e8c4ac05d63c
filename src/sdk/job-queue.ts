export interface EnqueueOptions {
  /** Not before: a moment, or milliseconds from now. @default at once */
  readonly after?: Date | number
}

/** Asks for work to be done later. */
export interface JobQueue {
  /**
   * Has one of the extension's own jobs run after the commit of the transaction that it is called in. Answers the id of the run.
   *
   * @throws Error when there is no such job, or the data is not JSON of 64 KiB at most
   */
  enqueue(name: string, data?: unknown, options?: EnqueueOptions): Promise<string>
}
