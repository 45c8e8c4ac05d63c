import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { temporaryFolder } from '../../../../test/kit/process.ts'
import { run } from '../../../../test/packed-extension/run.ts'
import { runTrellis } from '../testing/run-trellis.ts'

test('an author gets types for what the extension answers for, and a wrong resolver is an error', async () => {
  await using temporary = await temporaryFolder()
  const folder = join(temporary.path, 'visit')
  await runTrellis(['create', 'extension', 'visit', '--directory', folder])
  const words = ['types', folder, '--extension', 'visit', '--out', join(folder, 'types.ts')]
  expect(await runTrellis(words)).toMatchObject({ status: 0, complained: '' })
  const types = await readFile(join(folder, 'types.ts'), 'utf8')
  expect(types.match(/^export type (?:Visit|Customer|Query|Mutation|Order)\w* /gm)).toMatchInlineSnapshot(`
    [
      "export type Customer ",
      "export type CustomerVisitGreetingArgs ",
      "export type Query ",
      "export type VisitSummary ",
    ]
  `)
  expect(types).toContain("import type { CustomerRow, Context } from '@trellis/sdk';")

  const index = join(folder, 'index.js')
  const typed = (await readFile(index, 'utf8')).replace(
    /\/\*\*[^]*?\*\//,
    `/** @type {NonNullable<import('./types.ts').QueryResolvers['visitSummary']>} */`,
  )
  await writeFile(index, typed)
  await run('npm', ['run', '--silent', 'types'], folder)
  await writeFile(index, typed.replace('customerCount:', 'customerCounts:'))
  await expect(run('npm', ['run', '--silent', 'types'], folder)).rejects.toThrow('customerCount')
}, 60_000)

test('without an extension, the whole schema is typed', async () => {
  const { status, printed } = await runTrellis(['types'])
  expect(status).toBe(0)
  for (const name of ['Resolvers', 'QueryCustomersArgs', 'LoyaltyResolvers', 'OrderResolvers'])
    expect(printed).toContain(`export type ${name}`)
}, 60_000)

test.each([
  [
    'an extension that is not there',
    ['types', '--extension', 'nobody'],
    'there are: company-profile, ecommerce, loyalty.',
  ],
  ['one that does not compose', ['types', 'test/fixtures/misfit'], 'Customer.misfitScore'],
])('%s has no types', async (_, words, message) => {
  const ended = await runTrellis(words)
  expect(ended).toEqual({ status: 1, printed: '', complained: expect.stringContaining(message) })
})
