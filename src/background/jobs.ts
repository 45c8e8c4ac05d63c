import type { Job, JobRun } from '@trellis/sdk'
import type { Kysely } from 'kysely'
import type { JobWithMetadata, PgBoss } from 'pg-boss'
import { describeFailure } from '../lib/describe-failure.ts'
import type { BackgroundExtension, BackgroundLog, CreateBackgroundContext } from './background-options.ts'
import type { Delivery } from './deliveries.ts'
import { jobFinished, jobStarted } from './job-log.ts'
import type { JobRequest } from './job-queue.ts'
import { type JobRhythm, usualJobRhythm } from './job-rhythm.ts'
import { isBySchedule, keepOneMissed, queueOf, schedule, unscheduleOthers } from './schedules.ts'
import { withinDeadline } from './within-deadline.ts'

/** How long a run may take unless its job says so. */
const usualDeadlineMs = 300_000

const usualRetries = 5

/** How long a process that has died may keep a run: it tells that it lives at half that time. */
const heartbeatSeconds = 30

export interface JobsOptions {
  readonly database: Kysely<unknown>
  readonly extensions: readonly BackgroundExtension[]
  /** Names of those that an administrator has switched off. */
  readonly disabled: readonly string[]
  readonly createContext: CreateBackgroundContext
  readonly log: BackgroundLog
  /** Aborted when the process leaves: nothing more is begun. */
  readonly leaving: AbortSignal
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
  /** Says again which jobs are scheduled, so that others who share the queue know that they are. */
  keepSchedules(): Promise<void>
  /** Takes no more runs, and lets those that are under way finish. What is asked for is still passed on. */
  retire(): Promise<void>
  /** Once nothing is under way any more, or is waited for no longer. */
  stop(): Promise<void>
}

export function createJobs(options: JobsOptions): Jobs {
  const { extensions, disabled, leaving, openBoss, rhythm: { runsSeconds } = usualJobRhythm } = options
  const all = extensions.flatMap(({ name: extension, jobs }) =>
    Object.entries(jobs).map(([name, job]) => ({ extension, name, job, queue: queueOf(extension, name) })),
  )
  const started = Promise.withResolvers<PgBoss>()
  started.promise.catch(() => undefined)
  const workers = new Map<string, string>()
  let opened: PgBoss | null = null

  const keepSchedules = async (boss: PgBoss): Promise<void> => {
    for (const each of all) await schedule(boss, each)
    await unscheduleOthers(boss, { here: all, disabled })
  }

  const ready = async (
    boss: PgBoss,
    { extension, name, job, queue }: (typeof all)[number],
  ): Promise<void> => {
    const { deadlineMs = usualDeadlineMs, retries = usualRetries } = job
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
    if (job.schedule !== undefined) await keepOneMissed(boss, { queue })
    const work = async ([run]: JobWithMetadata<unknown>[]): Promise<void> => {
      if (run) await runJob({ ...options, extension, name, job, deadlineMs }, run)
    }
    if (!workers.has(queue))
      workers.set(
        queue,
        await boss.work(queue, { includeMetadata: true, pollingIntervalSeconds: runsSeconds }, work),
      )
  }

  return {
    async start() {
      opened ??= await openBoss()
      const boss = opened
      if (leaving.aborted) return
      for (const each of all) await ready(boss, each)
      await keepSchedules(boss)
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
    async keepSchedules() {
      if (opened) await keepSchedules(opened)
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
  // Another version has a schedule for it.
  if (isBySchedule(data) && job.schedule === undefined) return
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
