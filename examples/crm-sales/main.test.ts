import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createTestGateway, type TestGateway, textAt } from '@trellis/testing'
import { afterAll, beforeAll, expect, test } from 'vitest'

const folder = import.meta.dirname

// One gateway for both runs: the second finds what the first has loaded.
let gateway: TestGateway
let listening: Awaited<ReturnType<TestGateway['listen']>>
beforeAll(async () => {
  gateway = await createTestGateway()
  listening = await gateway.listen()
})
afterAll(async () => {
  await listening[Symbol.asyncDispose]()
  await gateway[Symbol.asyncDispose]()
})

/** Runs the example on the small files. */
async function load(): Promise<{ readonly exitCode: unknown; readonly output: string }> {
  const child = spawn(process.execPath, [join(folder, 'main.ts'), join(folder, 'fixtures')], {
    env: { ...process.env, TRELLIS_URL: listening.endpoint, TRELLIS_KEY: gateway.keys.administrator },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => (output += text))
  const [exitCode]: unknown[] = await once(child, 'close')
  return { exitCode, output }
}

const verdicts = (output: string): readonly (string | undefined)[] =>
  [...output.matchAll(/^ {2}(as in the files|but .*)$/gm)].map(([, verdict]) => verdict)

test('the files are loaded, and the API adds them up as they do', async () => {
  const { exitCode, output } = await load()
  expect(verdicts(output)).toEqual(Array(6).fill('as in the files'))
  expect(output).toMatch(/Zane Levy +1 +0 +1\n/)
  expect(exitCode).toBe(0)
})

test('a sale that the files do not have is shown in each figure that it changes, and ends with 1', async () => {
  const { pipelineStages } = await gateway.data(
    '{ pipelineStages(filter: { name: { eq: "Engaging" } }) { nodes { id } } }',
  )
  const sale = { name: 'By hand', amount: '7', stageId: textAt(pipelineStages, 'nodes.0.id') }
  const id = await gateway.create('opportunity', sale)
  expect(await gateway.refusals('opportunityClose', { id, outcome: 'WON' })).toEqual([])

  const { exitCode, output } = await load()
  expect(verdicts(output)).toEqual([
    'but the files say',
    'but only the API says',
    'but only the API says',
    'but only the API says',
    'but only the API says',
    'but only the API says',
    'but only the files say',
  ])
  expect(output).toMatch(/but only the API says\n +won +lost +rate\n +Ada Lindqvist +1 +0 +1\n/)
  expect(exitCode).toBe(1)
})
