import type { ServerResponse } from 'node:http'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { setTimeout as pause } from 'node:timers/promises'

/** What GraphQL makes of a request. */
export type Answered = Readonly<Record<string, unknown>>

type Misbehave = (response: ServerResponse, answered: Answered) => unknown

/** Under the deadline of a remote extension, which is 2 s. */
const slowMs = 1500

const megabytes50 = 50 * 2 ** 20

export const sendJson = (response: ServerResponse, value: unknown, status = 200): void =>
  void response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value))

/** A request that is refused as a whole, as GraphQL over HTTP has it. */
export const refuse = (response: ServerResponse, error: object): void =>
  void response
    .writeHead(400, { 'content-type': 'application/graphql-response+json' })
    .end(JSON.stringify({ errors: [error] }))

/** The records that were looked up are others. */
const withRecords =
  (change: (records: readonly unknown[]) => readonly unknown[]): Misbehave =>
  (response, { data }) =>
    sendJson(response, {
      data: Object.fromEntries(
        Object.entries(Object(data)).map(([name, records]) => [
          name,
          Array.isArray(records) ? change(records) : records,
        ]),
      ),
    })

const withTexts = (record: unknown): unknown =>
  Object.fromEntries(
    Object.entries(Object(record)).map(([name, value]) => [
      name,
      typeof value === 'number' ? 'secret' : value,
    ]),
  )

/** What a service may do wrong, by name. */
export const misbehaviours: Readonly<Record<string, Misbehave>> = {
  throws: response => sendJson(response, { data: null, errors: [{ message: 'secret' }] }),
  'answers 500': response => sendJson(response, { errors: [{ message: 'secret' }] }, 500),
  'never answers': () => undefined,
  'answers short': withRecords(records => records.slice(1)),
  'answers long': withRecords(records => [...records, records[0]]),
  'answers reordered': withRecords(records => records.toReversed()),
  'answers wrong types': withRecords(records => records.map(withTexts)),
  'answers 50 MB': async response => {
    response.writeHead(200, { 'content-type': 'application/json' })
    const chunk = Buffer.alloc(2 ** 18, ' ')
    const chunks = function* () {
      for (let sent = 0; sent < megabytes50; sent += chunk.length) yield chunk
    }
    await pipeline(Readable.from(chunks()), response)
  },
  'answers HTML': response =>
    response.writeHead(200, { 'content-type': 'text/html' }).end('<html><body>secret</body></html>'),
  'resets the connection': response => response.destroy(),
  drifts: response =>
    refuse(response, {
      message: 'Cannot query field "reviewScore" on type "Customer".',
      extensions: { code: 'GRAPHQL_VALIDATION_FAILED' },
    }),
  'is slow': async (response, answered) => {
    await pause(slowMs)
    sendJson(response, answered)
  },
}
