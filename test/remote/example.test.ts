import { spawnSync } from 'node:child_process'
import { chmod } from 'node:fs/promises'
import { listAt, valueAt } from '@trellis/testing'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { ask } from '../../examples/remote/ask.ts'
import { startExample } from '../../examples/remote/start-example.ts'
import { temporaryFolder } from '../kit/process.ts'

const hasPython = spawnSync('python3', ['--version']).status === 0

test.skipIf(!hasPython)(
  'the example starts a gateway and two services, and what it says to ask is answered, also after another start (needs python3)',
  async () => {
    await using folder = await temporaryFolder()
    // For root, whose database runs as somebody else, who has to get in.
    await chmod(folder.path, 0o711)
    const start = () =>
      startExample({
        directory: folder.path,
        ports: { gateway: 0, reviews: 0, ratings: 0 },
        say: () => undefined,
      })
    for (let time = 0; time < 2; time += 1) {
      await using example = await start()
      const data = await ask(example.endpoint, { query: example.query, shape: z.unknown() })
      const customers = listAt(data, 'customers.nodes')
      expect(customers).toHaveLength(3)
      for (const customer of customers)
        expect(valueAt(customer, 'creditRating')).toEqual({
          grade: expect.any(String),
          score: expect.any(Number),
        })
      expect(valueAt(customers, '0.reviews')).toEqual([
        { stars: 5, text: 'It does what it says.', product: { name: expect.any(String) } },
      ])
    }
  },
  300_000,
)
