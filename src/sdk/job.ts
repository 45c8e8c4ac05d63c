import type { BackgroundContext } from './background.ts'

/** One run of a job. */
export interface JobRun {
  /** The same each time that the run is tried. */
  readonly id: string
  /** 1 the first time. */
  readonly attempt: number
  /** What it was enqueued with; `null` for a run by schedule. */
  readonly data: unknown
}

/** Work that is done beside requests: at times, or when it is asked for. */
export interface Job {
  /** When it runs by itself: a cron expression of five fields, such as `0 3 * * *`. @default only when it is enqueued */
  readonly schedule?: string
  /** The time zone of the schedule, such as `Europe/Paris`. @default 'UTC' */
  readonly timeZone?: string
  /** How long a run may take before `signal` is aborted and the run has failed, in milliseconds, an hour at most. @default 300000 */
  readonly deadlineMs?: number
  /** How often a run that failed is tried again, 0 to 20 times, later each time. @default 5 */
  readonly retries?: number
  readonly run: (context: BackgroundContext, run: JobRun) => void | Promise<void>
}
