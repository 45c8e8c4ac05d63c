import { createLoader, type DataContext } from '@trellis/sdk'
import { sql } from 'kysely'

/** How the last run of a job went. */
export interface LastRun {
  readonly name: string
  readonly status: 'RUNNING' | 'SUCCEEDED' | 'FAILED'
  readonly startedAt: Date
  readonly finishedAt: Date | null
  readonly error: string | null
}

/** Deliveries of an extension under one type: those to come, and those given up. */
export interface DeliveryCounts {
  readonly type: string
  readonly waiting: number
  readonly failed: number
}

/** An event that was given up. */
export interface FailedDelivery {
  readonly id: string
  readonly type: string
  readonly entityId: string
  readonly attempts: number
  readonly failedAt: Date
  readonly error: string
}

export interface ExtensionWorkLoaders {
  lastRuns(extension: string): Promise<readonly LastRun[]>
  deliveries(extension: string): Promise<readonly DeliveryCounts[]>
  failures(extension: string, first: number): Promise<readonly FailedDelivery[]>
}

declare module '@trellis/sdk' {
  interface Loaders {
    readonly extensionWork: ExtensionWorkLoaders
  }
}

/** What goes on beside requests: each one statement, however many extensions there are. */
export function extensionWorkLoaders({ database, rights }: DataContext): ExtensionWorkLoaders {
  const own = database()
  const runs = createLoader<readonly LastRun[]>(async extensions => {
    const { rows } = await sql<LastRun & { extension: string }>`
      select extension, name, status, "startedAt", "finishedAt", error from "ExtensionJob"
      where extension = any(${extensions})`.execute(own)
    return Map.groupBy(rows, ({ extension }) => extension)
  })
  const counts = createLoader<readonly DeliveryCounts[]>(async extensions => {
    const { rows } = await sql<DeliveryCounts & { extension: string }>`
      select extension, type, count(*) filter (where "failedAt" is null)::int as waiting, count("failedAt")::int as failed
      from "EventDelivery" where extension = any(${extensions}) group by extension, type`.execute(own)
    return Map.groupBy(rows, ({ extension }) => extension)
  })
  return {
    lastRuns: async extension => (await runs.load(extension)) ?? [],
    deliveries: async extension => (await counts.load(extension)) ?? [],
    async failures(extension, first) {
      // What code has thrown may hold anything: it is for whoever decides about extensions.
      rights.assert('update', { entity: 'Extension' })
      const { rows } = await sql<FailedDelivery>`
        select "eventId" as id, type, "entityId", attempts, "failedAt", error from "EventDelivery"
        where extension = ${extension} and "failedAt" is not null
        order by "failedAt" desc, position desc limit ${first}::int`.execute(own)
      return rows
    },
  }
}
