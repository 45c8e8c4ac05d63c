import { lstat, realpath, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { copyRepository } from './packed-extension/repository-copy.ts'
import { startTrellis } from './packed-extension/running-trellis.ts'

const fixture = join(import.meta.dirname, 'fixtures', 'packed-extension')

const created = z.object({
  customerCreate: z.object({ customer: z.object({ id: z.string(), visits: z.unknown() }) }),
})

test('an extension from outside is packed, installed, listed, and answers', async () => {
  await using copy = await copyRepository()
  await copy.install(fixture)
  await writeFile(
    join(copy.root, 'extensions', 'index.ts'),
    `import { visit } from '@acme/extension-visit'
import type { Extension } from '@trellis/sdk'

export const extensions: readonly Extension[] = [visit]
`,
  )

  // From its tarball and no link, with no SDK and no graphql of its own: Node then finds ours.
  const installed = join(copy.root, 'node_modules', '@acme', 'extension-visit')
  expect((await lstat(installed)).isSymbolicLink()).toBe(false)
  await expect(lstat(join(installed, 'node_modules'))).rejects.toThrow('ENOENT')
  expect(await realpath(join(copy.root, 'node_modules', '@trellis', 'sdk'))).toBe(
    await realpath(join(copy.root, 'src', 'sdk')),
  )

  await using trellis = await startTrellis(copy.root, join(copy.outside, 'data'))
  expect(await trellis.ask('{ extensions { name version status problems { message } } }')).toEqual({
    extensions: [{ name: 'visit', version: '1.0.0', status: 'ENABLED', problems: [] }],
  })
  const { customerCreate } = created.parse(
    await trellis.ask(
      'mutation { customerCreate(input: { name: "Harbor Foods" }) { customer { id visits { date } } } }',
    ),
  )
  expect(customerCreate.customer.visits).toEqual([])
  const recorded = await trellis.ask(
    `mutation ($customerId: ID!) {
      visitRecord(input: { customerId: $customerId, date: "2026-02-27", note: "Wants a quote." }) { visit { date note } userErrors { code } }
      late: visitRecord(input: { customerId: $customerId, date: "2199-01-01" }) { visit { date } userErrors { code path } }
    }`,
    { customerId: customerCreate.customer.id },
  )
  expect(recorded).toEqual({
    visitRecord: { visit: { date: '2026-02-27', note: 'Wants a quote.' }, userErrors: [] },
    late: { visit: null, userErrors: [{ code: 'OUT_OF_RANGE', path: ['input', 'date'] }] },
  })
  expect(
    await trellis.ask('{ customers { nodes { name visits(first: 1) { date note } daysSinceVisit } } }'),
  ).toEqual({
    customers: {
      nodes: [
        {
          name: 'Harbor Foods',
          visits: [{ date: '2026-02-27', note: 'Wants a quote.' }],
          daysSinceVisit: expect.any(Number),
        },
      ],
    },
  })
  expect(await trellis.stop()).toBe(0)
}, 60_000)
