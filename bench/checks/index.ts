import type { ReportTimes } from './report-times.ts'
import { runScript } from './run-script.ts'
import { measureStart } from './start.ts'

/** What processes of their own showed. */
export interface Checks {
  /** For the nested query. */
  readonly statements: number
  /** How long composing so many extensions of ten types takes, time by time; ms. */
  readonly compose: Readonly<Record<50 | 100 | 200, readonly number[]>>
  /** From `node src/main.ts` to its banner, time by time; ms. */
  readonly start: readonly number[]
  /** Each report, and the SQL that one would write for it, time by time; ms. */
  readonly reports: readonly ReportTimes[]
  /** In use before and after 10,000 different documents; bytes. */
  readonly heap: { readonly before: number; readonly after: number }
}

export interface ChecksOptions {
  readonly url: string
  readonly quick: boolean
  readonly say: (line: string) => void
}

/** @throws Error with what a script said that failed */
export async function runChecks({ url, quick, say }: ChecksOptions): Promise<Checks> {
  const environment = { DATABASE_URL: url }
  const times = quick ? 2 : 7
  say('counting SQL statements')
  const statements = await runScript<number>('statements.ts', { environment })
  say('composing extensions')
  const compose: Record<50 | 100 | 200, number[]> = { 50: [], 100: [], 200: [] }
  for (let time = 0; time < times; time += 1)
    for (const count of [50, 100, 200] as const)
      compose[count].push(await runScript<number>('compose.ts', { words: [String(count)] }))
  say('starting on the embedded database')
  const start = await measureStart(times)
  say('asking for reports')
  const reports = await runScript<Checks['reports']>('reports.ts', {
    environment,
    words: [String(quick ? 5 : 15)],
  })
  say('asking 10,000 different documents')
  const heap = await runScript<Checks['heap']>('heap.ts', { environment, flags: ['--expose-gc'] })
  return { statements, compose, start, reports, heap }
}
