import type { Job } from '@trellis/sdk'
import type { PgBoss } from 'pg-boss'

/** How long a schedule is kept that no process tells of: upgrades and rollbacks are over by then. */
const keptMs = 24 * 3600 * 1000

/** Where the runs of a job wait: `loyalty/expire-points`. */
export const queueOf = (extension: string, name: string): string => `${extension}/${name}`

export interface QueuedJob {
  readonly queue: string
  readonly job: Job
}

/** What a run carries that came by its schedule; what was asked for is an object. */
export const isBySchedule = (data: unknown): boolean => data === null || data === undefined

/** Says when it is to run, and that there is somebody who says so. What came due while nobody was there is made up for, once. */
export async function schedule(
  boss: PgBoss,
  { queue, job: { schedule: cron, timeZone = 'UTC' } }: QueuedJob,
): Promise<void> {
  if (cron !== undefined) await boss.schedule(queue, cron, null, { tz: timeZone, missed: 'once' })
}

/** Of runs that came due one after the other while nobody did this job, the last one is done. */
export async function keepOneMissed(boss: PgBoss, { queue }: Pick<QueuedJob, 'queue'>): Promise<void> {
  const waiting = (await boss.findJobs(queue, { queued: true }))
    .filter(({ state, data }) => state === 'created' && isBySchedule(data))
    .toSorted((one, other) => one.createdOn.getTime() - other.createdOn.getTime())
    .slice(0, -1)
  if (waiting.length > 0)
    await boss.deleteJob(
      queue,
      waiting.map(({ id }) => id),
    )
}

export interface UnscheduleOptions {
  readonly here: readonly QueuedJob[]
  /** Names of the extensions that an administrator has switched off. */
  readonly disabled: readonly string[]
}

/**
 * Ends the schedules of what was switched off, and those that nobody has told of for long. Any other may be that of
 * another replica: of an extension that does not run here at present, or of a version that this process is not.
 */
export async function unscheduleOthers(boss: PgBoss, { here, disabled }: UnscheduleOptions): Promise<void> {
  const own = new Set(here.flatMap(({ queue, job }) => (job.schedule === undefined ? [] : [queue])))
  for (const { name, key, updatedOn } of await boss.getSchedules()) {
    const isOff = disabled.some(extension => name.startsWith(queueOf(extension, '')))
    if (isOff || (!own.has(name) && updatedOn.getTime() < Date.now() - keptMs))
      await boss.unschedule(name, key)
  }
}
