/** Prints how long each report takes, and the SQL that one would write for it: warm, one after the other, time by time; ms. */
import { connect } from '../data/prepare.ts'
import { byHand } from './by-hand.ts'
import type { ReportTimes } from './report-times.ts'
import { startGateway } from './start-gateway.ts'

const times = Number(process.argv[2] ?? 5)
const { ask, close } = await startGateway()
const client = await connect(process.env['DATABASE_URL'] ?? '')

const timed = async (work: () => Promise<unknown>): Promise<number> => {
  const start = performance.now()
  await work()
  return performance.now() - start
}

const measured: ReportTimes[] = []
for (const [index, { report, figures, sql }] of byHand.entries()) {
  const query = `{ report: ${report} { rows { keys { label } ${figures} } } }`
  // Prepared by name, as ours are.
  const plain = { name: `by-hand-${index}`, text: sql }
  const answer = await ask(query)
  const { rowCount } = await client.query(plain)
  const rows: unknown = Reflect.get(
    Object(Reflect.get(Object(Reflect.get(Object(answer), 'data')), 'report')),
    'rows',
  )
  if (!Array.isArray(rows) || rows.length !== rowCount)
    throw new Error(
      `${report} has ${Array.isArray(rows) ? rows.length : 'no'} rows; by hand there are ${rowCount}.`,
    )
  const [trellis, byHandTimes]: [number[], number[]] = [[], []]
  for (let time = -2; time < times; time += 1) {
    const ours = await timed(() => ask(query))
    const theirs = await timed(() => client.query(plain))
    if (time < 0) continue
    trellis.push(ours)
    byHandTimes.push(theirs)
  }
  measured.push({ report, trellis, sql: byHandTimes })
}
await client.end()
await close()
process.stdout.write(`${JSON.stringify(measured)}\n`)
