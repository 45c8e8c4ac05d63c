import type { Kysely } from 'kysely'
import type { PgBoss } from 'pg-boss'
import { createAttempt } from './attempt.ts'
import type { BackgroundExtension, BackgroundLog, CreateBackgroundContext } from './background-options.ts'
import { consumersSeen, forgetTypes, registerConsumers } from './consumers.ts'
import { createDeliverers, hasJobs } from './deliverers.ts'
import type { JobRhythm } from './job-rhythm.ts'
import { createJobs } from './jobs.ts'
import { pruneEvents } from './prune-events.ts'
import { createRounds } from './rounds.ts'
import { createJobsStart } from './start-jobs.ts'

const second = 1000
const hour = 3600 * second

/** Eight times over about a day: what is down for a night is back before the last of them. */
export const usualRetryDelaysMs: readonly number[] = [
  30 * second,
  120 * second,
  600 * second,
  1800 * second,
  hour,
  3 * hour,
  6 * hour,
  12 * hour,
]

/** How long what another process wrote, or a retry that is due, waits at most. */
const pollMs = 2000

export interface BackgroundOptions {
  /** Its pool is the requests' own; what waits for a connection there waits here. */
  readonly database: Kysely<unknown>
  readonly extensions: readonly BackgroundExtension[]
  /** Names of all that are installed, those that do not run at present included. */
  readonly installed: readonly string[]
  /** Names of those that an administrator has switched off. */
  readonly disabled: readonly string[]
  readonly createContext: CreateBackgroundContext
  /** Done once, before the first context is made. */
  readonly prepare: () => Promise<void>
  readonly log: BackgroundLog
  /** Starts what keeps and schedules jobs; asked for once, where there are any. */
  readonly openBoss: () => Promise<PgBoss>
  /** @default that of `usualJobRhythm` */
  readonly jobRhythm?: JobRhythm
  /** How long events are kept that everybody has heard. */
  readonly retentionDays: number
  /** @default eight times over about a day */
  readonly retryDelaysMs?: readonly number[]
}

/** What goes on beside requests. */
export interface Background {
  /** Begins: after the gateway listens, so that nobody waits for it. */
  start(): Promise<void>
  /** A transaction has committed: if it left events, they are delivered now, not at the next poll. */
  wake(): void
  /** Delivers what is due, here and now, and answers when nothing is. */
  settle(): Promise<void>
  /** Begins nothing more, and lets what is being done finish, however long that takes: another one goes on in its place. */
  retire(): Promise<void>
  /** As `retire`, for some seconds; what is not finished then is aborted. */
  stop(): Promise<void>
}

/** What commits within this time is relayed together, so that many writes do not make as many rounds. */
const togetherMs = 100

/** How long handlers may take to finish on leaving. */
const graceMs = 5000

export function createBackground({
  database,
  extensions,
  installed,
  disabled,
  createContext,
  prepare,
  log,
  openBoss,
  jobRhythm,
  retentionDays,
  retryDelaysMs = usualRetryDelaysMs,
}: BackgroundOptions): Background {
  const leaving = new AbortController()
  const aborting = new AbortController()
  const attempt = createAttempt(log)
  const own = { database, createContext, log, leaving: leaving.signal, signal: aborting.signal }
  const withJobs = extensions.filter(hasJobs)
  const jobs = createJobs({
    ...own,
    extensions: withJobs,
    disabled,
    openBoss,
    ...(jobRhythm && { rhythm: jobRhythm }),
  })
  const deliverers = createDeliverers({ ...own, extensions, jobs, retryDelaysMs })
  const consumers = [...deliverers].map(([extension, { types }]) => ({ extension, types }))
  const rounds = createRounds({
    database,
    consumers,
    deliverers,
    prepare,
    attempt,
    leaving: leaving.signal,
  })
  const startOfJobs = createJobsStart({ jobs, log, leaving: leaving.signal })
  let isStarted = false
  let cleaning: Promise<void> = Promise.resolve()
  let waking: NodeJS.Timeout | undefined
  const timers: NodeJS.Timeout[] = []

  const keepHouse = async (): Promise<void> => {
    await registerConsumers(database, consumers)
    await consumersSeen(database, installed)
    await forgetTypes(
      database,
      extensions.map(({ name }) => name),
    )
    await pruneEvents(database, retentionDays)
  }
  const clean = (): void => {
    cleaning = attempt(keepHouse, 'old events were not removed')
  }
  const retire = async (): Promise<void> => {
    leaving.abort()
    clearTimeout(waking)
    for (const timer of timers) clearInterval(timer)
    await startOfJobs.end()
    const retiring = attempt(() => jobs.retire(), 'jobs were not left to others')
    await Promise.all([retiring, rounds.finished(), cleaning])
    await attempt(() => jobs.stop(), 'the queue of jobs was not closed')
  }
  // To wait for events alone is no reason to stay.
  const every = (ms: number, work: () => unknown) => timers.push(setInterval(work, ms).unref())

  return {
    async start() {
      if (isStarted || leaving.signal.aborted) return
      isStarted = true
      if (consumers.length > 0) {
        await rounds.look()
        if (leaving.signal.aborted) return
        every(pollMs, rounds.look)
      }
      every(hour, clean)
      clean()
      if (withJobs.length === 0) return
      every(hour, () => attempt(() => jobs.keepSchedules(), 'schedules of jobs were not said again'))
      await startOfJobs.begin()
    },
    wake() {
      if (!isStarted || consumers.length === 0 || leaving.signal.aborted) return
      waking ??= setTimeout(() => {
        waking = undefined
        void rounds.look()
      }, togetherMs)
    },
    async settle() {
      await cleaning
      await rounds.settle()
    },
    retire,
    async stop() {
      const grace = setTimeout(() => {
        aborting.abort()
        void attempt(() => jobs.stop(), 'the queue of jobs was not closed')
      }, graceMs)
      await retire()
      clearTimeout(grace)
    },
  }
}
