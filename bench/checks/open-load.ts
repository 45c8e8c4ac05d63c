import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { spawnNode } from '../measure/children.ts'

/** Requests at a fixed rate, whatever becomes of them. */
export interface OpenLoadOptions {
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
  /** The one right answer. */
  readonly expected: string
  /** Requests a second. */
  readonly rate: number
  /** Spans of time, one after the other, each with figures of its own; ms. */
  readonly spansMs: readonly number[]
}

/** What became of the requests that were due in a span. */
export interface Span {
  readonly due: number
  /** Rightly. */
  readonly answered: number
  /** From when a request was due to its answer, so that waiting for the one before counts; ms. */
  readonly p50: number
  readonly p99: number
  /** Why the first that failed did; `null` where none did. */
  readonly fault: string | null
}

/** A load that is under way. */
export interface OpenLoad {
  /** When the first request is due, by `Date.now()`. */
  readonly startAt: number
  /** Of each span, when all is answered. @throws Error with what the process said, when it fails */
  readonly spans: Promise<readonly Span[]>
}

/**
 * Asks from a process of its own, which what is measured cannot hold up.
 *
 * @throws Error with what the process said, when it does not come up
 */
export async function startOpenLoad(options: OpenLoadOptions): Promise<OpenLoad> {
  const child = spawnNode([join(import.meta.dirname, 'open-load-process.ts'), JSON.stringify(options)], {
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  if (!child.stdout) throw new Error('The load has no output to read.')
  let said = ''
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    said = (said + text).slice(-4000)
  })
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  const next = async (): Promise<unknown> => {
    const { value, done } = await lines.next()
    if (done) throw new Error(`The load ended early:\n${said}`)
    return JSON.parse(value)
  }
  const startAt = (await next()) as number
  const spans = next() as Promise<readonly Span[]>
  // Whoever waits for them hears of it; until then nobody does.
  spans.catch(() => undefined)
  return { startAt, spans }
}
