import type { Job, JobRun } from '@trellis/sdk'
import type { Kysely } from 'kysely'
import type { JobWithMetadata, PgBoss } from 'pg-boss'
import { describeFailure } from '../lib/describe-failure.ts'
import type { BackgroundExtension, BackgroundLog, CreateBackgroundContext } from './background-options.ts'
import type { Delivery } from './deliveries.ts'
import { jobFinished, jobStarted } from './job-log.ts'
import type { JobRequest } from './job-queue.ts'
import { type JobRhythm, usualJobRhythm } from './job-rhythm.ts'
import { withinDeadline } from './within-deadline.ts'

/** How long a run may take unless its job says so. */
const usualDeadlineMs = 300_000

const usualRetries = 5

/** How long a process that has died may keep a run: it tells that it lives at half that time. */
const heartbeatSeconds = 30

export interface JobsOptions {
  readonly database: Kysely<unknown>
  readonly extensions: readonly BackgroundExtension[]
  readonly createContext: CreateBackgroundContext
  readonly log: BackgroundLog
  /** Aborted some time after the process began to leave: what was begun is given up. */
  readonly signal: AbortSignal
  readonly openBoss: () => Promise<PgBoss>
  /** @default every two seconds */
  readonly rhythm?: Pick<JobRhythm, 'runsSeconds'>
}

/** Jobs of extensions, kept and scheduled by pg-boss, once for all replicas. */
export interface Jobs {
  start(): Promise<void>
  /** Passes on what was asked for in a transaction; twice is as once. */
  take(extension: string, delivery: Delivery): Promise<void>
  /** Takes no more runs, and lets those that are under way finish. What is asked for is still passed on. */
  retire(): Promise<void>
  /** Once nothing is under way any more, or is waited for no longer. */
  stop(): Promise<void>
}

const queueOf = (extension: string, name: string): string => `${extension}/${name}`

export function createJobs(options: JobsOptions): Jobs {
  const { extensions, openBoss, rhythm: { runsSeconds } = usualJobRhythm } = options
  const all = extensions.flatMap(({ name: extension, jobs }) =>
    Object.entries(jobs).map(([name, job]) => ({ extension, name, job, queue: queueOf(extension, name) })),
  )
  const started = Promise.withResolvers<PgBoss>()
  started.promise.catch(() => undefined)
  const workers = new Map<string, string>()
  let opened: PgBoss | null = null

  /** What is no longer scheduled, or by nobody who runs, stops. */
  const unscheduleOthers = async (boss: PgBoss): Promise<void> => {
    const scheduled = new Set(all.flatMap(({ queue, job }) => (job.schedule === undefined ? [] : [queue])))
    for (const { name, key } of await boss.getSchedules())
      if (!scheduled.has(name)) await boss.unschedule(name, key)
  }

  const ready = async (
    boss: PgBoss,
    { extension, name, job, queue }: (typeof all)[number],
  ): Promise<void> => {
    const { schedule, timeZone = 'UTC', deadlineMs = usualDeadlineMs, retries = usualRetries } = job
    const limits = {
      retryLimit: retries,
      retryDelay: 30,
      retryBackoff: true,
      retryDelayMax: 3600,
      expireInSeconds: Math.ceil(deadlineMs / 1000) + 30,
      heartbeatSeconds,
    }
    await boss.createQueue(queue, { policy: 'singleton', ...limits })
    await boss.updateQueue(queue, limits)
    const work = async ([run]: JobWithMetadata<unknown>[]): Promise<void> => {
      if (run) await runJob({ ...options, extension, name, job, deadlineMs }, run)
    }
    if (!workers.has(queue))
      workers.set(
        queue,
        await boss.work(queue, { includeMetadata: true, pollingIntervalSeconds: runsSeconds }, work),
      )
    // What came due while nobody was there is made up for, once.
    if (schedule !== undefined) await boss.schedule(queue, schedule, null, { tz: timeZone, missed: 'once' })
  }

  return {
    async start() {
      opened ??= await openBoss()
      const boss = opened
      for (const each of all) await ready(boss, each)
      await unscheduleOthers(boss)
      started.resolve(boss)
    },
    async take(extension, { payload, occurredAt }) {
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- written by the queue of this version or one before
      const { job, run, data, after } = payload as unknown as JobRequest
      const queue = queueOf(extension, job)
      const boss = await started.promise
      const startAfter = new Date(typeof after === 'number' ? occurredAt.getTime() + after : after)
      await boss.send(queue, { data }, { id: run, startAfter })
      const worker = workers.get(queue)
      if (worker !== undefined) boss.notifyWorker(worker)
    },
    async retire() {
      started.reject(new Error('Others do the jobs from now on.'))
      // Their process is known to live, which pg-boss would tell no more once it is stopped.
      await Promise.all([...workers.keys()].map(async queue => opened?.offWork(queue, { wait: true })))
    },
    stop: async () => opened?.stop({ timeout: 1000 }),
  }
}

interface RunOptions extends Pick<JobsOptions, 'database' | 'createContext' | 'log' | 'signal'> {
  readonly extension: string
  readonly name: string
  readonly job: Job
  readonly deadlineMs: number
}

/** Runs it, and notes for everybody to see how it went. */
async function runJob(
  { database, createContext, extension, name, job, deadlineMs, signal, ...options }: RunOptions,
  { id, retryCount, data }: JobWithMetadata<unknown>,
): Promise<void> {
  const log = options.log.child({ extension, job: name, run: id })
  const run: JobRun = { id, attempt: retryCount + 1, data: dataOf(data) }
  await jobStarted(database, { extension, name })
  try {
    await withinDeadline(
      aborted => job.run(createContext(extension, { requestId: id, log, signal: aborted }), run),
      { deadlineMs, signal, what: `The job ${name} of ${extension}` },
    )
    await jobFinished(database, { extension, name }, null)
  } catch (failure) {
    const { name: kind, message } = describeFailure(failure)
    log.error({ err: describeFailure(failure), attempt: run.attempt }, 'a job failed')
    await jobFinished(database, { extension, name }, `${kind}: ${message}`.slice(0, 2000))
    throw failure
  }
}

/** What it was enqueued with; a run by schedule has none. */
const dataOf = (data: unknown): unknown =>
  typeof data === 'object' && data !== null && 'data' in data ? data.data : null
