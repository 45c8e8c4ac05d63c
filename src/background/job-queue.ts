import { randomUUID } from 'node:crypto'
import type { JobQueue } from '@trellis/sdk'
import type { Kysely } from 'kysely'
import { asJson } from '../lib/as-json.ts'
import { newId } from '../lib/type-id.ts'
import { leaveTogether } from './leave-together.ts'

/** The type under which word that a job is to be run stands in the outbox: no event's, which have a dot. */
export const jobRequestType = (extension: string): string => `job:${extension}`

/** What stands in the outbox. */
export interface JobRequest {
  readonly job: string
  readonly run: string
  readonly data: unknown
  /** An instant as text, or milliseconds from when it was asked for. */
  readonly after: string | number
}

export interface JobQueueOptions {
  /** The transaction that the request is part of. */
  readonly database: Kysely<unknown>
  readonly extension: string
  readonly jobs: ReadonlySet<string>
  readonly viewerId: string
}

/**
 * What an extension asks for work with. The request goes by the outbox: it is part of the transaction, and
 * costs it one statement, whether the queue of jobs is up or not.
 */
export function createJobQueue({ database, extension, jobs, viewerId }: JobQueueOptions): JobQueue {
  const leave = leaveTogether({ database, viewerId })
  return {
    async enqueue(name, data = null, { after = 0 } = {}) {
      if (!jobs.has(name)) {
        const known = [...jobs].join(', ') || 'none'
        throw new Error(`${extension} has no job "${name}"; it has: ${known}.`)
      }
      const request: JobRequest = {
        job: name,
        run: randomUUID(),
        data: asJson(data, `The data of the job ${name}`),
        after: typeof after === 'number' ? after : after.toISOString(),
      }
      await leave({
        id: newId('evt'),
        type: jobRequestType(extension),
        entityId: request.run,
        payload: request,
      })
      return request.run
    },
  }
}
