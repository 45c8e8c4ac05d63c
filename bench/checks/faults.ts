/**
 * The core under a fixed rate of queries, a third of what it can do, while an extension goes wrong in each of the ways
 * there are. Prints a table, and fails when one of the bounds in faults/verdict.ts is not met, three times in a row.
 *
 *     node bench/checks/faults.ts [--quick] [--kinds local,isolated,remote] [--faults "throws,is dead"]
 */
import { parseArgs } from 'node:util'
import { contenders } from '../contenders/index.ts'
import { databaseUrl } from '../data/address.ts'
import { prepareData } from '../data/prepare.ts'
import { killAll } from '../measure/children.ts'
import { askOnce, load } from '../measure/load.ts'
import { startServer } from '../measure/server.ts'
import { coreBody, headers } from './faults/core.ts'
import { type Kind, kinds } from './faults/kinds.ts'
import { type MeasureFaultOptions, measureFault } from './faults/measure-fault.ts'
import { type FaultFigures, faultsTable, missesOf } from './faults/verdict.ts'

const { values } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    kinds: { type: 'string' },
    faults: { type: 'string' },
  },
})
const say = (line: string): void => void process.stderr.write(`${line}\n`)

/** Of the load, of what the gateway can do. */
const share = 0.3
const seconds = values.quick ? { capacity: 1, quiet: 1, fault: 2.5 } : { capacity: 5, quiet: 10, fault: 10 }

const named = (option: string, text: string | undefined, all: readonly string[]): readonly string[] => {
  const names = text?.split(',') ?? all
  const unknown = names.find(name => !all.includes(name))
  if (unknown !== undefined) throw new Error(`--${option} names "${unknown}"; there are ${all.join(', ')}.`)
  return names
}

/** What the machine does besides comes and goes; what a fault does comes again. */
const mostAttempts = 3

async function measureAgain(options: Omit<MeasureFaultOptions, 'attempt'>): Promise<FaultFigures> {
  for (let attempt = 1; ; attempt += 1) {
    const figures = await measureFault({ ...options, attempt })
    const misses = missesOf(figures)
    for (const miss of misses) say(`${figures.kind}, ${figures.fault}: ${miss}`)
    if (misses.length === 0 || attempt === mostAttempts) return figures
  }
}

async function measureKind(kind: Kind, url: string): Promise<readonly FaultFigures[]> {
  await using started = await kind.start()
  const chosen = values.faults?.split(',')
  const faults = started.faults.filter(({ name }) => chosen?.includes(name) ?? true)
  const trellis = contenders.find(({ name }) => name === 'trellis')
  if (!trellis) throw new Error('There is no contender "trellis".')
  const environment = { EXTENSIONS: kind.extensions, ...started.environment }
  const gateway = await startServer({ ...trellis, server: { ...trellis.server, environment } }, url)
  try {
    const asking = { request: () => ({ headers, body: coreBody }), read: (body: unknown) => body }
    const expected = await askOnce(gateway.url, asking)
    const run = (duration: number) =>
      load({
        ...gateway,
        postmaster: null,
        asking,
        body: expected,
        connections: 16,
        extent: { duration },
      })
    await run(seconds.capacity)
    const { requestsPerSecond } = await run(seconds.capacity)
    const rate = Math.floor(requestsPerSecond * share)
    say(`${kind.name}: ${requestsPerSecond.toFixed(0)} requests a second at most; the load is ${rate}`)
    const figures: FaultFigures[] = []
    for (const fault of faults) {
      figures.push(
        await measureAgain({
          kind: kind.name,
          fault,
          url: gateway.url,
          expected,
          rate,
          quietMs: seconds.quiet * 1000,
          faultMs: seconds.fault * 1000,
        }),
      )
    }
    return figures
  } finally {
    await gateway.stop()
  }
}

try {
  const names = named(
    'kinds',
    values.kinds,
    kinds.map(({ name }) => name),
  )
  const url = databaseUrl()
  await prepareData(url, say)
  const figures: FaultFigures[] = []
  for (const kind of kinds) if (names.includes(kind.name)) figures.push(...(await measureKind(kind, url)))
  if (figures.length === 0) throw new Error(`No fault is called "${values.faults}".`)
  process.stdout.write(`${faultsTable(figures)}\n`)
  if (figures.some(one => missesOf(one).length > 0)) process.exitCode = 1
} finally {
  killAll()
}
