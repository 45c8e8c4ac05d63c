/** Prints the heap in use, in bytes, before and after 10,000 different documents, each asked twice. */
import { startGateway } from './start-gateway.ts'

const { ask, close } = await startGateway()
const document = (index: number) =>
  `query Q${index} { customers(first: ${1 + (index % 3)}) { nodes { id n${index}: name contacts(first: 1) { nodes { c${index}: lastName } } } } }`
const heap = async (): Promise<number> => {
  // Twice, with a turn between: what a finaliser lets go of goes with the second.
  for (let time = 0; time < 2; time += 1) {
    globalThis.gc?.()
    await new Promise(resolve => setTimeout(resolve, 50))
  }
  return process.memoryUsage().heapUsed
}
const askAll = async (from: number, to: number): Promise<void> => {
  for (let index = from; index < to; index += 1) {
    await ask(document(index))
    await ask(document(index))
  }
}

// A gateway that has served some documents, as any has after a minute.
await askAll(0, 2000)
const before = await heap()
await askAll(2000, 12_000)
const after = await heap()
await close()
process.stdout.write(`${JSON.stringify({ before, after })}\n`)
process.exit()
