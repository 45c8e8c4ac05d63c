import type { Job, Log } from '@trellis/sdk'
import { sql } from 'kysely'
import { ensureSystemUser, systemViewer } from '../../src/database/system-user.ts'
import type { Trellis } from '../../src/start/trellis.ts'
import { figuresOf } from '../../src/supervision/index.ts'

/** An event as it was left. */
export interface LeftEvent {
  /** Such as `customer.created`, or `visit.recorded` of an extension. */
  readonly type: string
  readonly entityId: string
  readonly payload: unknown
}

/** What a test asks of extensions beside operations. */
export interface ExtensionWork {
  /** How often each field of extensions is called for the work, by coordinate, such as `Customer.daysSinceVisit`: once, however many records there are. */
  callsOf(work: () => Promise<unknown>): Promise<Readonly<Record<string, number>>>
  /** What the work tells of, in order: events of the core, and those that extensions emit. */
  eventsOf(work: () => Promise<unknown>): Promise<readonly LeftEvent[]>
  /**
   * Does a job now, as its schedule does it, such as `visit/remind`.
   *
   * @param data what it is enqueued with
   * @throws what the job throws, and Error that names the jobs that there are, when it is none
   */
  runJob(name: string, data?: unknown): Promise<void>
}

export const extensionWorkOf = (trellis: Trellis, log: Log): ExtensionWork => ({
  async callsOf(work) {
    const before = countedCalls(trellis)
    await work()
    const calls = [...countedCalls(trellis)].map(
      ([coordinate, count]) => [coordinate, count - (before.get(coordinate) ?? 0)] as const,
    )
    return Object.fromEntries(calls.filter(([, count]) => count > 0))
  },

  async eventsOf(work) {
    const { rows } = await sql<{ position: string }>`
      select coalesce(max(position), 0)::text as position from "OutboxEvent"`.execute(
      trellis.database.session.sql,
    )
    await work()
    const left = await sql<LeftEvent>`
      select type, "entityId", payload from "OutboxEvent"
      where position > ${rows[0]?.position ?? '0'}::bigint order by position`.execute(
      trellis.database.session.sql,
    )
    return left.rows
  },

  async runJob(name, data = null) {
    const jobs: ReadonlyMap<string, { readonly extension: string; readonly run: Job['run'] }> = new Map(
      trellis.composition.extensions.flatMap(({ name: extension, extension: { jobs: theirs = {} } }) =>
        Object.entries(theirs).map(([job, { run }]) => [`${extension}/${job}`, { extension, run }] as const),
      ),
    )
    const job = jobs.get(name)
    if (!job)
      throw new Error(
        `There is no job ${JSON.stringify(name)}; there are: ${[...jobs.keys()].join(', ') || 'none'}.`,
      )
    await ensureSystemUser(trellis.database.session)
    const id = crypto.randomUUID()
    const { signal } = new AbortController()
    const generation = trellis.hold()
    try {
      const facts = { viewer: systemViewer, requestId: id, log, signal }
      await job.run(generation.contextFor(job.extension, facts), { id, attempt: 1, data })
    } finally {
      generation.release()
    }
  },
})

const countedCalls = ({ supervision }: Trellis): ReadonlyMap<string, number> =>
  new Map(
    [...supervision.supervisors.values()]
      .flatMap(supervisor => figuresOf(supervisor).fields)
      .map(({ coordinate, calls }) => [coordinate, calls.sinceStart.calls]),
  )
