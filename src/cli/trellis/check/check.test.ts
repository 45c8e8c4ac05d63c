import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createTestGateway } from '@trellis/testing'
import { expect, test } from 'vitest'
import { temporaryFolder } from '../../../../test/kit/process.ts'
import { runTrellis, runTrellisAlone } from '../testing/run-trellis.ts'
import { isWrong } from './command.ts'
import { describeReport, type Report } from './describe-report.ts'

test('what is installed composes without an error, and is compared with the committed schema', async () => {
  const ended = await runTrellis(['check'])
  expect(ended).toMatchObject({ status: 0, complained: '' })
  expect(ended.printed).toContain('Composition: no errors, no warnings.')
  expect(ended.printed).toContain('Against schema.graphql: no breaking changes')
})

test('an extension that does not fit is told where and how to mend it, and the command fails', async () => {
  const ended = await runTrellisAlone(['check', 'test/fixtures/misfit'])
  expect(ended).toMatchObject({ status: 1, complained: '' })
  expect(ended.printed).toMatchInlineSnapshot(`
    "The core with 1 extension: misfit 1.0.0 (left out)

    error FIELD_WITHOUT_BATCH  test/fixtures/misfit/schema.graphql:2:3  Customer.misfitScore
      misfit 1.0.0 (test/fixtures/misfit/schema.graphql:2:3) adds Customer.misfitScore, but nothing answers it.
      Fix: Add \`fields: { Customer: { misfitScore: field({ requires, batch }) } }\`.

    warning DESCRIPTION_MISSING  test/fixtures/misfit/schema.graphql:2:3  Customer.misfitScore
      Customer.misfitScore of misfit 1.0.0 (test/fixtures/misfit/schema.graphql:2:3) has no description.
      Fix: Describe it in the SDL, in """triple quotes""" above it.

    Composition: 1 error, 1 warning.
    "
  `)
})

test('the report is JSON for programs', async () => {
  const { status, printed } = await runTrellis([
    'check',
    '--json',
    'test/fixtures/misfit',
    'test/fixtures/greedy',
  ])
  expect(status).toBe(1)
  expect(JSON.parse(printed)).toMatchObject({
    extensions: [
      { name: 'greedy', version: '1.0.0', status: 'ENABLED' },
      { name: 'misfit', version: '1.0.0', status: 'QUARANTINED' },
    ],
    problems: [
      {
        code: 'FIELD_WITHOUT_BATCH',
        coordinate: 'Customer.misfitScore',
        extensions: [{ line: 2, column: 3 }],
      },
      { code: 'DESCRIPTION_MISSING' },
    ],
    against: null,
    changes: [],
  })
})

/** The committed schema, as it would be had it promised more. */
const promisingMore = async (folder: string): Promise<string> => {
  const file = join(folder, 'before.graphql')
  const text = await readFile('schema.graphql', 'utf8')
  await writeFile(
    file,
    text.replace('enum CustomerType {', 'enum CustomerType {\n  ANCIENT').concat('type Gone { id: ID! }'),
  )
  return file
}

test('changes are told with their owners; only in strict mode does a breaking one fail the command', async () => {
  await using folder = await temporaryFolder()
  const against = await promisingMore(folder.path)
  const { status, printed } = await runTrellis(['check', '--json', '--against', against])
  expect(status).toBe(0)
  expect(JSON.parse(printed)).toMatchObject({
    changes: [
      { code: 'TYPE_REMOVED', message: 'Gone was removed.', isBreaking: true, owner: null },
      { code: 'VALUE_REMOVED_FROM_ENUM', isBreaking: true, owner: { name: 'customers', kind: 'core' } },
    ],
  })
  expect(await runTrellis(['check', '--strict', '--against', against])).toMatchObject({ status: 1 })
})

test('what an extension that is left out takes away is its own', async () => {
  await using folder = await temporaryFolder()
  const before = join(folder.path, 'before.graphql')
  const text = await readFile('schema.graphql', 'utf8')
  await writeFile(before, `${text}\nextend type Customer { misfitScore: Int }`)
  const words = ['check', '--json', '--against', before, 'test/fixtures/misfit']
  const { printed } = await runTrellis(words)
  const report: { changes: readonly unknown[] } = JSON.parse(printed)
  expect(report.changes).toContainEqual({
    code: 'FIELD_REMOVED',
    message: 'Customer.misfitScore was removed.',
    isBreaking: true,
    owner: { name: 'misfit', kind: 'extension' },
  })
})

test('a gateway that runs is compared with, by a key that is no word of the command', async () => {
  await using gateway = await createTestGateway()
  await using listening = await gateway.listen()
  await using folder = await temporaryFolder()
  const keyFile = join(folder.path, 'key')
  await writeFile(keyFile, `${gateway.keys.administrator}\n`)
  const words = ['check', '--against', listening.endpoint]
  const refused = await runTrellis(words, { env: { TRELLIS_KEY: undefined } })
  expect(refused).toMatchObject({ status: 1, complained: expect.stringContaining('UNAUTHENTICATED') })
  for (const asked of [
    await runTrellis(words, { env: { TRELLIS_KEY: gateway.keys.administrator } }),
    await runTrellis([...words, '--key-file', keyFile], { env: { TRELLIS_KEY: undefined } }),
  ])
    expect(asked).toMatchObject({ status: 0, printed: expect.stringContaining('no breaking changes') })
})

test('a query whose statements or requests grow with the number of parents fails, and the field is named', async () => {
  await using folder = await temporaryFolder()
  const file = join(folder.path, 'queries.graphql')
  await writeFile(
    file,
    `query Mixed {
  customers(first: 5) { nodes { ...Figures owner { name } } }
}

query Constant { customers { edges { node { greedyFigure contacts(first: 2) { nodes { firstName } } } } } }

query Nothing { viewer { id } }

query Found($search: String!) { customers(search: $search) { nodes { name } } }

mutation Never { customerCreate(input: { name: "Acme" }) { customer { id } } }

fragment Figures on Customer { name asked: greedyCount greedyAnswered greedyFigure }
`,
  )
  const words = ['check', '--json', 'test/fixtures/greedy', '--operations', file]
  const { status, printed } = await runTrellis(words)
  const report: Report = JSON.parse(printed)
  const { operations } = report
  expect(status).toBe(1)
  const constant = { verdict: 'constant', growth: [] }
  expect(operations).toMatchObject([
    {
      name: 'Mixed',
      place: `${file}:1`,
      verdict: 'grows',
      growth: [
        {
          coordinate: 'Customer.greedyCount',
          path: ['customers', 'nodes', 'asked'],
          what: expect.stringContaining('statement select count(*)'),
          timesOfFew: 10,
          timesOfMany: 40,
        },
        {
          coordinate: 'Customer.greedyAnswered',
          what: 'request GET http://127.0.0.1:65530/answers',
          timesOfFew: 10,
          timesOfMany: 40,
        },
      ],
    },
    { name: 'Constant', ...constant },
    { name: 'Nothing', verdict: 'skipped' },
    { name: 'Found', verdict: 'failed', reason: expect.stringContaining('$search') },
    { name: 'Never', verdict: 'skipped' },
  ])
  // What is not answered fails the command by itself.
  const unanswered = { ...report, operations: operations.filter(({ verdict }) => verdict === 'failed') }
  expect(describeReport(unanswered, (_, text) => text)).toContain('Found is not answered')
  expect(isWrong(unanswered)).toBe(true)
  expect(isWrong({ ...report, operations: [] })).toBe(false)
}, 120_000)

test('what our own extensions are asked costs the same for few and many, with variables from a file', async () => {
  await using folder = await temporaryFolder()
  const variables = join(folder.path, 'variables.json')
  await writeFile(variables, '{ "search": "o" }')
  const words = ['check', '--operations', 'src/cli/trellis/testing/installed.graphql']
  const ended = await runTrellis([...words, '--variables', variables])
  expect(ended.printed.match(/\w+ costs the same for few and many/g)).toEqual([
    'Customers costs the same for few and many',
    'Found costs the same for few and many',
  ])
  expect(ended.status).toBe(0)
}, 120_000)

test.each([
  ['a path where nothing is', ['check', 'nowhere'], 2, 'There is nothing at'],
  ['a package without an extension', ['check', 'test/kit/answer.ts'], 1, 'exports no extension'],
  ['a schema that is none', ['check', '--against', 'package.json'], 2, 'is no schema to compare with'],
  ['a document that does not parse', ['check', '--operations', 'package.json'], 2, 'package.json:2:3'],
  ['a gateway that is not there', ['check', '--against', 'http://127.0.0.1:65530'], 1, 'does not answer'],
])('%s is refused', async (_, words, status, message) => {
  const ended = await runTrellis(words)
  expect(ended).toEqual({ status, printed: '', complained: expect.stringContaining(message) })
})
