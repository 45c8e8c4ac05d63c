/** How often pg-boss looks for what is due, in seconds. */
export interface JobRhythm {
  /** For runs whose process has died: such a one is noticed after its heartbeat's time and this. */
  readonly deadSeconds: number
  /** For schedules that are due, which one of all replicas looks for. */
  readonly schedulesSeconds: number
  /** For runs that are due; those that are asked for at once are told of. */
  readonly runsSeconds: number
}

/** A run whose process has died is noticed within 45 seconds. */
export const usualJobRhythm: JobRhythm = { deadSeconds: 15, schedulesSeconds: 10, runsSeconds: 2 }
