import type { Kysely } from 'kysely'
import type { PgBoss } from 'pg-boss'
import { describeFailure } from '../lib/describe-failure.ts'
import type { BackgroundExtension, BackgroundLog, CreateBackgroundContext } from './background-options.ts'
import { consumersSeen, forgetTypes, registerConsumers } from './consumers.ts'
import { createDeliverer, type Deliverer } from './deliverer.ts'
import { pendingEvents } from './deliveries.ts'
import { jobRequestType } from './job-queue.ts'
import type { JobRhythm } from './job-rhythm.ts'
import { createJobs } from './jobs.ts'
import { pruneEvents } from './prune-events.ts'
import { relayEvents } from './relay.ts'

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

/** After which time jobs that could not be started are tried again. */
const againMs = 30_000

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
  const hasJobs = ({ jobs }: BackgroundExtension): boolean => Object.keys(jobs).length > 0
  const jobs = createJobs({
    database,
    extensions: extensions.filter(hasJobs),
    disabled,
    createContext,
    log,
    leaving: leaving.signal,
    signal: aborting.signal,
    openBoss,
    ...(jobRhythm && { rhythm: jobRhythm }),
  })
  const deliverers = new Map<string, Deliverer>(
    extensions
      .filter(extension => Object.keys(extension.events).length > 0 || hasJobs(extension))
      .map(extension => [
        extension.name,
        createDeliverer({
          database,
          extension,
          createContext,
          log,
          retryDelaysMs,
          leaving: leaving.signal,
          signal: aborting.signal,
          ...(hasJobs(extension) && {
            others: { [jobRequestType(extension.name)]: delivery => jobs.take(extension.name, delivery) },
          }),
        }),
      ]),
  )
  const consumers = [...deliverers].map(([extension, { types }]) => ({ extension, types }))
  let isStarted = false
  let isPrepared = false
  let round: Promise<void> | null = null
  let isAskedAgain = false
  /** What is under way: each run of a deliverer once, however often it is asked for. */
  const busy = new Set<Promise<void>>()
  let startingJobs: Promise<void> = Promise.resolve()
  let waking: NodeJS.Timeout | undefined
  const timers: NodeJS.Timeout[] = []

  const attempt = async (work: () => Promise<unknown>, complaint: string): Promise<void> => {
    try {
      await work()
    } catch (failure) {
      log.warn({ err: describeFailure(failure) }, complaint)
    }
  }

  const follow = (run: Promise<void>): void => {
    busy.add(run)
    void attempt(() => run, 'events were not delivered; it is tried again').then(() => busy.delete(run))
  }
  /** Relays, and has everybody deliver who has something due; a slow one holds up nobody else. */
  const look = async (): Promise<void> => {
    if (!isPrepared) {
      await prepare()
      await registerConsumers(database, consumers)
    }
    isPrepared = true
    do {
      isAskedAgain = false
      const before = await pendingEvents(database, consumers)
      if (before.isToRelay) await relayEvents(database)
      const { due } = before.isToRelay ? await pendingEvents(database, consumers) : before
      for (const name of due) {
        const run = deliverers.get(name)?.run()
        if (run && !busy.has(run)) follow(run)
      }
    } while (isAskedAgain && !leaving.signal.aborted)
  }
  const lookOnce = (): Promise<void> => {
    isAskedAgain = true
    round ??= attempt(look, 'events were not relayed; it is tried again').finally(() => {
      round = null
    })
    return round
  }
  const keepHouse = async (): Promise<void> => {
    await registerConsumers(database, consumers)
    await consumersSeen(database, installed)
    await forgetTypes(
      database,
      extensions.map(({ name }) => name),
    )
    await pruneEvents(database, retentionDays)
  }
  /** A database that has no answer for it is asked again; what was asked for meanwhile waits in the outbox. */
  const startJobs = async (): Promise<void> => {
    if (leaving.signal.aborted) return
    try {
      await jobs.start()
    } catch (failure) {
      log.warn({ err: describeFailure(failure) }, 'jobs were not started; it is tried again')
      const tryAgain = (): void => {
        startingJobs = startJobs()
      }
      timers.push(setTimeout(tryAgain, againMs).unref())
    }
  }
  const retire = async (): Promise<void> => {
    leaving.abort()
    clearTimeout(waking)
    for (const timer of timers) clearInterval(timer)
    await startingJobs
    await Promise.all([attempt(() => jobs.retire(), 'jobs were not left to others'), round])
    await Promise.allSettled(busy)
    await attempt(() => jobs.stop(), 'the queue of jobs was not closed')
  }
  // To wait for events alone is no reason to stay.
  const every = (ms: number, work: () => unknown) => timers.push(setInterval(work, ms).unref())

  return {
    async start() {
      if (isStarted || leaving.signal.aborted) return
      isStarted = true
      if (consumers.length > 0) {
        await lookOnce()
        if (leaving.signal.aborted) return
        every(pollMs, lookOnce)
      }
      const clean = () => attempt(keepHouse, 'old events were not removed')
      every(hour, clean)
      follow(clean())
      if (!extensions.some(hasJobs)) return
      every(hour, () => attempt(() => jobs.keepSchedules(), 'schedules of jobs were not said again'))
      await (startingJobs = startJobs())
    },
    wake() {
      if (!isStarted || consumers.length === 0 || leaving.signal.aborted) return
      waking ??= setTimeout(() => {
        waking = undefined
        void lookOnce()
      }, togetherMs)
    },
    async settle() {
      for (;;) {
        await lookOnce()
        await Promise.allSettled(busy)
        const { isToRelay, due } = await pendingEvents(database, consumers)
        if (!isToRelay && due.length === 0) return
      }
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
