import { expect, test } from 'vitest'
import { askToReload } from '../../src/primary/ask-reload.ts'
import { startedTrellis } from './started-trellis.ts'

const create = 'mutation { customerCreate(input: { name: "Acme" }) { customer { id } } }'
const points = '{ customers(first: 1) { nodes { loyalty { points } } } }'

test('an extension in a process of its own answers throughout a reload', async () => {
  await using started = await startedTrellis({ TRELLIS_ISOLATED_EXTENSIONS: 'loyalty' })
  const { folder, url, key } = started
  const ask = async (query: string): Promise<string> => {
    const response = await fetch(`${url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${key}` },
      body: JSON.stringify({ query }),
    })
    return response.text()
  }
  const isWhole = (text: string) => text.includes('"points":0')
  await ask(create)
  while (!isWhole(await ask(points)));

  const [reloading] = await askToReload(folder)
  const over = new AbortController()
  void reloading?.left.then(() => over.abort())
  const failures: string[] = []
  do {
    const text = await ask(points)
    if (!isWhole(text)) failures.push(text)
  } while (!over.signal.aborted)
  expect(failures).toEqual([])
  expect(isWhole(await ask(points))).toBe(true)
}, 180_000)
