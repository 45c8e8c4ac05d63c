import type { Context } from '@trellis/sdk'
import { nextMoment } from '../../lib/cron.ts'
import type { ExtensionModel } from './extension-model.ts'

/** The jobs of an extension by name, how the last run of each went, and when it runs next. */
export async function describeJobs(
  { name: extension, status, extension: { jobs = {} } }: ExtensionModel,
  { loaders, viewer, now }: Pick<Context, 'loaders' | 'viewer' | 'now'>,
) {
  const runs = new Map((await loaders.extensionWork.lastRuns(extension)).map(run => [run.name, run]))
  const byName = Object.entries(jobs).toSorted(([left], [right]) => (left < right ? -1 : 1))
  return byName.map(([name, { schedule = null, timeZone = 'UTC' }]) => {
    const run = runs.get(name)
    const isComing = schedule !== null && status === 'ENABLED'
    return {
      name,
      schedule,
      timeZone: schedule === null ? null : timeZone,
      status: run?.status ?? ('IDLE' as const),
      lastRun: run?.startedAt ?? null,
      lastFinished: run?.finishedAt ?? null,
      lastError: viewer.role === 'ADMINISTRATOR' ? (run?.error ?? null) : null,
      nextRun: isComing ? nextMoment({ expression: schedule, timeZone }, now()) : null,
    }
  })
}
