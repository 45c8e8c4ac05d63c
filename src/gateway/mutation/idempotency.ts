import { createHash } from 'node:crypto'
import { TrellisError } from '@trellis/sdk'
import { print } from 'graphql'
import { sql } from 'kysely'
import type { Session } from '../../database/database.ts'
import { stableJson } from '../../lib/stable-json.ts'
import type { ContextOptions } from '../generation.ts'

/** A request that may be sent twice and shall have its effect once. */
export interface IdempotentRequest {
  readonly key: string
  /** Tells this request from any other that may come with the same key. */
  readonly hash: string
  /** Where the client's answer has the only field, when another process asks on the client's behalf. */
  readonly path?: string
}

export type IdempotencyOptions = Pick<
  ContextOptions,
  'request' | 'document' | 'operationName' | 'variables' | 'viewer'
>

/** Visible ASCII, as a header takes it. */
const keyPattern = /^[\x21-\x7e]{1,200}$/

/**
 * Reads the `Idempotency-Key` header.
 *
 * @throws TrellisError `BAD_INPUT` when it is empty, too long or not printable
 */
export function idempotentRequest({
  request,
  document,
  operationName,
  variables,
  viewer,
}: IdempotencyOptions): IdempotentRequest | null {
  const key = request.headers.get('idempotency-key')
  if (key === null) return null
  if (!keyPattern.test(key))
    throw new TrellisError(
      'BAD_INPUT',
      'Idempotency-Key takes 1 to 200 visible ASCII characters, such as a UUID.',
    )
  const text = document.loc?.source.body ?? print(document)
  return {
    key,
    hash: createHash('sha256')
      // The role too: a key that reaches further is another caller, though it is the same user's.
      .update(stableJson([text, operationName, variables, viewer.role]))
      .digest('base64url'),
  }
}

interface Place {
  readonly viewerId: string
  /** The field of the answer that the mutation fills. */
  readonly path: string
}

/**
 * Claims a key in the mutation's own transaction. A second request with it waits here until the first has
 * committed, and then finds its answer.
 *
 * @returns the answer of before, or `null` when the mutation is to be run
 * @throws TrellisError `IDEMPOTENCY_KEY_REUSED` when the key came with another request
 */
export async function claim(
  session: Session,
  { key, hash }: IdempotentRequest,
  { viewerId, path }: Place,
): Promise<{ readonly answer: unknown } | null> {
  const claimed = await sql`
    insert into "IdempotencyRecord" ("viewerId", key, path, "requestHash", response)
    values (${viewerId}, ${key}, ${path}, ${hash}, 'null') on conflict do nothing`.execute(session.sql)
  if (claimed.numAffectedRows === 1n) return null
  const { rows } = await sql<{ requestHash: string; response: unknown }>`
    select "requestHash", response from "IdempotencyRecord"
    where "viewerId" = ${viewerId} and key = ${key} and path = ${path}`.execute(session.sql)
  const [record] = rows
  if (record?.requestHash !== hash)
    throw new TrellisError(
      'IDEMPOTENCY_KEY_REUSED',
      `Idempotency-Key "${key}" was used for another request; take a new one.`,
    )
  return { answer: record.response }
}

/** Keeps the answer for whoever sends the request again. */
export async function keepAnswer(
  session: Session,
  { key }: IdempotentRequest,
  { viewerId, path }: Place,
  answer: unknown,
): Promise<void> {
  await sql`
    update "IdempotencyRecord" set response = ${JSON.stringify(answer ?? null)}::jsonb
    where "viewerId" = ${viewerId} and key = ${key} and path = ${path}`.execute(session.sql)
}

/** Answers are kept this long, at least: whoever sends a request again does so within days. */
const keptDays = 7

/** Forgets answers that nobody will ask for again. */
export async function forgetOldAnswers(session: Session): Promise<void> {
  await sql`delete from "IdempotencyRecord" where "createdAt" < now() - make_interval(days => ${keptDays})`.execute(
    session.sql,
  )
}
