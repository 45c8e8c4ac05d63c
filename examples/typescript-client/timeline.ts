import { setTimeout as sleep } from 'node:timers/promises'
import type { Client } from './client.ts'
import { graphql } from './generated/gql.ts'
import type { TimelineQuery } from './generated/graphql.ts'

const Timeline = graphql(`
  query Timeline($customer: ID!, $after: String) {
    customer(id: $customer) {
      timeline(first: 50, after: $after, orderBy: [{ field: CREATED_AT }]) {
        nodes {
          id
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
 * What happened to a customer, and then what happens: in the order in which it was written down, so that the cursor of
 * the last event is where the next one follows.
 *
 * @param every how often to look, in milliseconds @default 2000
 */
export async function* followTimeline(
  client: Client,
  customer: string,
  { every = 2000, signal }: { readonly every?: number; readonly signal?: AbortSignal } = {},
): AsyncGenerator<TimelineEntry> {
  let after: string | null = null
  for (;;) {
    const answer: TimelineQuery = await client.ask(Timeline, { customer, after })
    const timeline = answer.customer?.timeline
    if (!timeline) return
    for (const event of timeline.nodes) {
      if (signal?.aborted) return
      yield event
    }
    after = timeline.pageInfo.endCursor ?? after
    if (!timeline.pageInfo.hasNextPage) await sleep(every, undefined, { signal }).catch(() => undefined)
    if (signal?.aborted) return
  }
}
