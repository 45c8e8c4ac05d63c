/**
 * Switches an extension off and on thirty times while the core is asked, prints the heap in use after each time, and by
 * how much it grows a time. Fails when it grows, or when a request of the core does.
 *
 *     node --expose-gc bench/checks/switching.ts [--quick]
 *
 * With `--quick` nothing but the load is less: two requests at a time instead of eight.
 */
import { setTimeout as pause } from 'node:timers/promises'
import { extensions } from '../../extensions/index.ts'
import { databaseUrl } from '../data/address.ts'
import { prepareData } from '../data/prepare.ts'
import { heapSlope, mostKilobytes } from './heap-slope.ts'
import { startGateway } from './start-gateway.ts'

const cycles = 30
const atOnce = process.argv.includes('--quick') ? 2 : 8
const switched = 'loyalty'

const { gc } = globalThis
if (!gc) throw new Error('Start it by `node --expose-gc`: the heap is measured when it is clean.')
const heap = async (): Promise<number> => {
  // Several times, with turns between: what a finaliser lets go of goes with the next.
  for (let time = 0; time < 3; time += 1) {
    gc()
    await pause(50)
  }
  return process.memoryUsage().heapUsed
}

process.env['DATABASE_URL'] = databaseUrl()
await prepareData(databaseUrl(), line => process.stderr.write(`${line}\n`))
const { ask, follow, close } = await startGateway({ extensions })

let answered = 0
async function load(until: AbortSignal): Promise<void> {
  while (!until.aborted) {
    await ask('{ customers(first: 5) { nodes { name owner { name } } } }')
    answered += 1
    // Asked without a socket, it would leave nobody else a turn.
    await new Promise(resolve => setImmediate(resolve))
  }
}

/** Decides, and has the gateway do so. */
async function turn(mutation: 'extensionDisable' | 'extensionEnable'): Promise<void> {
  const answer = await ask(
    `mutation { done: ${mutation}(input: { name: "${switched}" }) { userErrors { message } } }`,
  )
  if (!JSON.stringify(answer).includes('"userErrors":[]')) throw new Error(JSON.stringify(answer))
  await follow()
}

const heaps: number[] = []
try {
  for (let cycle = 1; cycle <= cycles; cycle += 1) {
    const enough = new AbortController()
    const loads = Array.from({ length: atOnce }, () => load(enough.signal))
    await turn('extensionDisable')
    await turn('extensionEnable')
    enough.abort()
    await Promise.all(loads)
    heaps.push(await heap())
    process.stdout.write(`${cycle}: ${((heaps.at(-1) ?? 0) / 1000).toFixed(0)} kB\n`)
  }
} finally {
  await turn('extensionEnable').catch(() => undefined)
  await close()
}
const slope = heapSlope(heaps)
process.stdout.write(
  `${slope.toFixed(1)} kB a cycle, ${mostKilobytes} are allowed; ${answered} requests of the core were answered meanwhile\n`,
)
process.exit(slope > mostKilobytes ? 1 : 0)
