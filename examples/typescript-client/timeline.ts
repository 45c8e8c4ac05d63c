import { setTimeout as sleep } from 'node:timers/promises'
import type { Client } from './client.ts'
import { graphql } from './generated/gql.ts'
import type { TimelineEventFilter, TimelineQuery } from './generated/graphql.ts'

const Timeline = graphql(`
  query Timeline($customer: ID!, $filter: TimelineEventFilter, $after: String) {
    customer(id: $customer) {
      timeline(first: 50, after: $after, filter: $filter, orderBy: [{ field: CREATED_AT }]) {
        nodes {
          id
          createdAt
          type
          occurredAt
          title
          createdBy { name }
          activity { subject }
          related { __typename id }
        }
        pageInfo { hasNextPage endCursor }
      }
    }
  }
`)

export type TimelineEntry = NonNullable<TimelineQuery['customer']>['timeline']['nodes'][number]

/**
 * How far to look back, in milliseconds: an event has its time before its transaction commits, so one may come to be seen
 * after a later one.
 */
const overlap = 60_000

export interface FollowOptions {
  /** How often to look, in milliseconds. @default 2000 */
  readonly every?: number
  /** Ends it. */
  readonly signal?: AbortSignal | undefined
}

/**
 * What happened to a customer, and then what happens: each event once, in the order in which it was written down. Goes on
 * until it is told to end, also while there is nothing to tell.
 *
 * @throws Error when there is no such customer, or none that may be seen
 */
export async function* followTimeline(
  client: Client,
  customer: string,
  { every = 2000, signal }: FollowOptions = {},
): AsyncGenerator<TimelineEntry> {
  const seen = new Map<string, number>()
  let newest: number | null = null
  try {
    for (;;) {
      const since: number | null = newest === null ? null : newest - overlap
      for await (const event of eventsSince(client, customer, { since, signal })) {
        if (signal?.aborted) return
        if (seen.has(event.id)) continue
        const at = Date.parse(event.createdAt)
        seen.set(event.id, at)
        newest = Math.max(newest ?? at, at)
        yield event
      }
      // What is too old to be answered again need not be known any more.
      for (const [id, at] of seen) if (since !== null && at < since) seen.delete(id)
      await sleep(every, undefined, signal && { signal })
    }
  } catch (error) {
    if (!signal?.aborted) throw error
  }
}

interface Since {
  /** An instant of the gateway's clock, in milliseconds since 1970; `null` for the beginning. */
  readonly since: number | null
  readonly signal: AbortSignal | undefined
}

/** The events from an instant on, page after page. */
async function* eventsSince(
  client: Client,
  customer: string,
  { since, signal }: Since,
): AsyncGenerator<TimelineEntry> {
  const filter: TimelineEventFilter | null =
    since === null ? null : { createdAt: { gte: new Date(since).toISOString() } }
  let after: string | null = null
  do {
    const answer: TimelineQuery = await client.ask(Timeline, { customer, filter, after }, { signal })
    if (!answer.customer) throw new Error(`There is no customer ${customer}, or none that you may see.`)
    const { nodes, pageInfo } = answer.customer.timeline
    yield* nodes
    after = pageInfo.hasNextPage ? pageInfo.endCursor : null
  } while (after !== null)
}
