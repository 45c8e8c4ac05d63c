/** Sends requests at a fixed rate, as open-load.ts says; prints when it begins, then what became of them. */
import { Agent } from 'node:http'
import { setTimeout as pause } from 'node:timers/promises'
import { post } from '../measure/post.ts'
import { quantile } from '../measure/statistics.ts'
import type { OpenLoadOptions, Span } from './open-load.ts'

const options = JSON.parse(process.argv[2] ?? '') as OpenLoadOptions
const { url, headers, body, expected, rate, spansMs } = options

const agent = new Agent({ keepAlive: true, maxSockets: 512 })
/** Why it is not the right answer; `null` when it is. */
const askOnce = (): Promise<string | null> =>
  post({ url, headers, body, agent }).then(
    ({ status, text }) => (text === expected ? null : `${status}: ${text.slice(0, 300)}`),
    String,
  )

interface Request {
  readonly dueAt: number
  readonly latency: number
  readonly fault: string | null
}

const askAt = async (dueAt: number): Promise<Request> => {
  const fault = await askOnce()
  return { dueAt, latency: performance.now() - dueAt, fault }
}

for (let warmUp = 0; warmUp < 5; warmUp += 1) await Promise.all(Array.from({ length: 8 }, askOnce))

/** For whoever waits for the line to read it. */
const leadMs = 100
const from = performance.now() + leadMs
process.stdout.write(`${Date.now() + leadMs}\n`)
const totalMs = spansMs.reduce((sum, span) => sum + span, 0)
const asked: Promise<Request>[] = []
const amount = Math.floor((totalMs / 1000) * rate)
while (asked.length < amount) {
  const dueAt = from + (asked.length / rate) * 1000
  const wait = dueAt - performance.now()
  if (wait > 0) await pause(wait)
  else asked.push(askAt(dueAt))
}
const requests = await Promise.all(asked)
agent.destroy()

let end = from
const spans = spansMs.map((span): Span => {
  const begin = end
  end += span
  const due = requests.filter(({ dueAt }) => dueAt >= begin && dueAt < end)
  const latencies = due.map(({ latency }) => latency)
  return {
    due: due.length,
    answered: due.filter(({ fault }) => fault === null).length,
    p50: quantile(latencies, 0.5),
    p99: quantile(latencies, 0.99),
    fault: due.find(({ fault }) => fault !== null)?.fault ?? null,
  }
})
process.stdout.write(`${JSON.stringify(spans)}\n`)
