import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { companyProfile } from '@trellis/extension-company-profile'
import { ecommerce } from '@trellis/extension-ecommerce'
import { loyalty } from '@trellis/extension-loyalty'
import { type Extension, errorCodes } from '@trellis/sdk'
import {
  createGatewayOn,
  createTestDatabase,
  createTestGateway,
  type TestGateway,
  textAt,
} from '@trellis/testing'
import { isScalarType, parse, validate } from 'graphql'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import packageJson from '../package.json' with { type: 'json' }
import { seedSampleData } from '../prisma/seed/index.ts'
import { problemCodes } from '../src/composition/problem-codes.ts'
import { composeInstalled } from '../src/start/composed-schema.ts'
import { createCore } from '../src/start/core.ts'
import { asPattern } from './documents/as-pattern.ts'
import { documents, proseOf, readDocument, repository, sectionOf, tableKeys } from './documents/documents.ts'
import { recordTable } from './documents/record-table.ts'
import { runnableExamples, withKnownIds } from './documents/runnable.ts'
import { userErrorCodes } from './documents/user-error-codes.ts'

const readme = readDocument('README.md')
const api = readDocument('docs/api.md')
const operating = readDocument('docs/operating.md')
const extensions = readDocument('docs/extensions.md')
const fixture = 'test/fixtures/packed-extension'
const { schema } = composeInstalled()

describe.each(documents)('$path', ({ path, text, blocks }) => {
  test('every operation fits the schema, and every piece of SDL parses', () => {
    const operations = blocks.filter(({ language }) => language === 'graphql')
    for (const { code, title, line } of operations) {
      const document = parse(code)
      const errors = title === '' || title.startsWith('run') ? validate(schema, document) : []
      expect(errors.map(({ message }) => `${path}:${line}: ${message}`)).toEqual([])
    }
  })

  test('every link leads to a file, and to a heading that is there', () => {
    const broken = [...text.matchAll(/\]\(([^)\s]+)\)/g)].flatMap(([, target = '']) => {
      if (/^[a-z]+:/.test(target)) return []
      const [file = '', heading] = target.split('#')
      const absolute = file === '' ? join(repository, path) : join(repository, dirname(path), file)
      if (!existsSync(absolute)) return [target]
      return heading === undefined || headingsOf(readFileSync(absolute, 'utf8')).has(heading) ? [] : [target]
    })
    expect(broken).toEqual([])
  })

  test('every file that is named is there, unless the document itself makes it', () => {
    const made = new Set(documents.flatMap(document => document.blocks.map(({ title }) => title)))
    const named = [
      ...proseOf({ path, text, blocks }).matchAll(
        /`((?:src|docs|extensions|test|prisma|examples)\/[\w./-]+)`/g,
      ),
    ]
    const missing = named.flatMap(([, file = '']) =>
      made.has(file) || existsSync(join(repository, file)) ? [] : [file],
    )
    expect(missing).toEqual([])
  })

  test('every piece of code that is named as a file of ours is that file', () => {
    for (const { title, code } of blocks.filter(block => /^(test\/fixtures|examples)\//.test(block.title)))
      expect(code).toBe(readFileSync(join(repository, title), 'utf8'))
  })

  test('it is of this world: no plans, no address of a registry, no path of one machine', () => {
    expect(text).not.toMatch(/\b(TODO|FIXME|roadmap|coming soon|not yet|in the future|will be added)\b/i)
    expect(text).not.toMatch(/registry\.|\/work\/|\/root\/|\/home\//)
  })
})

/** Headings as links name them: small letters, hyphens for blanks, nothing else but letters and digits. */
const headingsOf = (markdown: string): ReadonlySet<string> =>
  new Set(
    [...markdown.matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
      heading
        .toLowerCase()
        .replaceAll(/[^\p{L}\p{N} _-]/gu, '')
        .replaceAll(' ', '-'),
    ),
  )

test.each(documents.filter(document => runnableExamples(document).length > 0))(
  'the examples of $path are answered as it says',
  async document => {
    let present = new Date('2026-03-01T12:00:00Z')
    await using gateway = await createTestGateway({
      extensions: [companyProfile, ecommerce, loyalty],
      now: () => present,
    })
    if (document.path === 'README.md') await seedSampleData(gateway.trellis.database)
    let answers = ''
    for (const { query, variables, answer, at, line } of runnableExamples(document)) {
      present = at ?? present
      const given = await gateway.ask(query, withKnownIds(variables, answers))
      expect(given, `${document.path}:${line}`).toEqual({ data: asPattern(JSON.parse(answer)) })
      answers += JSON.stringify(given)
    }
  },
)

test('the report of an extension that docs/reports.md shows is in the catalogue, and answers', async () => {
  const module: unknown = await import(join(repository, 'test/fixtures/demand-report/index.js'))
  const { demand } = z.object({ demand: z.custom<Extension>() }).parse(module)
  await using gateway = await createTestGateway({ extensions: [demand] })
  const customerId = await gateway.create('customer', { name: 'Harbor Foods' })
  for (const [subject, priority] of [
    ['Late hours', 'HIGH'],
    ['Invoices by post', 'LOW'],
    ['A second van', 'HIGH'],
  ])
    await gateway.create('need', { subject, priority, customerId })
  const { reports, demandReport } = await gateway.data(
    '{ reports { name dimensions { name } measures { name } } demandReport { rows { count } chart { labels series { values } } } }',
  )
  expect(reports).toContainEqual({
    name: 'demandReport',
    dimensions: [{ name: 'PRIORITY' }, { name: 'STATUS' }],
    measures: [{ name: 'COUNT' }],
  })
  expect(demandReport).toEqual({
    rows: [{ count: 2 }, { count: 1 }],
    chart: { labels: ['HIGH', 'LOW'], series: [{ values: ['2', '1'] }] },
  })
})

test('the README names every npm script', () => {
  const named = tableKeys(sectionOf(readme, '## Commands')).map(command =>
    command.replace(/^npm (run )?/, ''),
  )
  const scripts = Object.keys(packageJson.scripts).filter(script => script !== 'prepare')
  expect(named.toSorted()).toEqual(scripts.toSorted())
})

test('every environment variable is in docs/operating.md, and no other', () => {
  const config = readFileSync(join(repository, 'src/config/environment.ts'), 'utf8')
  const variables = [...config.matchAll(/^ {2}([A-Z][A-Z_]+):/gm)].map(([, name = '']) => name)
  expect(variables).toContain('DATABASE_URL')
  expect(tableKeys(sectionOf(operating, '## Environment')).toSorted()).toEqual(variables.toSorted())
})

test('every code of a userError is in docs/api.md, and no other', () => {
  expect(tableKeys(sectionOf(api, '## Writing')).toSorted()).toEqual([...userErrorCodes()].toSorted())
})

test('every code of a top-level error is in docs/api.md with its meaning', () => {
  const section = sectionOf(api, '## Errors')
  expect(tableKeys(section)).toEqual(Object.keys(errorCodes))
  for (const { meaning } of Object.values(errorCodes)) expect(section).toContain(meaning)
})

test('every record is in docs/api.md with its prefix, its interfaces, and what an agent may do with it', () => {
  const { entities } = createCore()
  const table = sectionOf(api, '## Records')
    .split('\n\n')
    .find(part => part.startsWith('| type | prefix |'))
  expect(table?.split('\n')).toEqual(recordTable(entities))
})

test('every scalar is in docs/api.md, with the type that our own client generates', () => {
  const types = sectionOf(api, '### Types for code generators')
  const named = [...types.matchAll(/^\| ((?:`\w+`(?:, )?)+) \|/gm)].flatMap(([, names = '']) =>
    [...names.matchAll(/\w+/g)].map(([name]) => name),
  )
  const scalars = Object.values(schema.getTypeMap()).filter(type => isScalarType(type))
  expect(named.toSorted()).toEqual(scalars.map(({ name }) => name).toSorted())
  const config = readFileSync(join(repository, 'codegen.yml'), 'utf8').replaceAll(/^ +/gm, '')
  const [generator] = api.blocks.filter(({ language }) => language === 'yaml')
  const scalarLines = generator?.code.split('scalars:')[1]?.replaceAll(/^ +/gm, '') ?? ''
  expect(scalarLines.trim().split('\n')).toHaveLength(4)
  expect(config.split('preset: client')[1]).toContain(scalarLines.trim())
})

test('every problem of composition is in docs/extensions.md, and no other', () => {
  expect(tableKeys(sectionOf(extensions, '## Problems of composition')).toSorted()).toEqual(
    Object.keys(problemCodes).toSorted(),
  )
})

test('the tutorial builds the very package that is tested, packed, installed and asked by a test', () => {
  const files = extensions.blocks.filter(
    ({ title }) =>
      /^[\w./-]+\.(js|json|graphql|prisma|sql)$/.test(title) && !title.startsWith('test/fixtures/'),
  )
  expect(files.map(({ title }) => title)).toContain('index.js')
  for (const { title, code } of files)
    expect(code).toBe(readFileSync(join(repository, fixture, title), 'utf8'))
})

test('the extension of docs/extensions.md with turns of its life does what it says', async () => {
  const module: unknown = await import(join(repository, 'test/fixtures/prospects/index.js'))
  const { prospects } = z.object({ prospects: z.custom<Extension>() }).parse(module)
  await using database = await createTestDatabase()
  const start = async (version: string): Promise<TestGateway> => {
    const gateway = await createGatewayOn({
      connection: database.connection,
      extensions: [{ ...prospects, version }],
      background: true,
    })
    await gateway.trellis.background.settle()
    return gateway
  }
  const tags = '{ tags { nodes { id name } } }'
  {
    await using gateway = await start('1.4.0')
    const id = textAt(await gateway.data(tags), 'tags.nodes.0.id')
    expect(await gateway.refusals('tagUpdate', { id, name: 'Hot' })).toEqual([])
  }
  await using gateway = await start('2.0.0')
  expect(await gateway.data(tags)).toMatchObject({ tags: { nodes: [{ name: 'Prospect' }] } })
  await gateway.create('customer', { name: 'Harbor Foods', lifecycleStage: 'OPPORTUNITY' })
  expect(await gateway.refusals('extensionDisable', { name: 'prospects' })).toEqual([
    'CUSTOMERS_WAITING input.name',
  ])
})

test('the extension of docs/extensions.md that writes to timelines does so', async () => {
  const module: unknown = await import(join(repository, 'test/fixtures/praise/index.js'))
  const { praise } = z.object({ praise: z.custom<Extension>() }).parse(module)
  await using gateway = await createTestGateway({ extensions: [praise] })
  const targetId = await gateway.create('customer', { name: 'Harbor Foods' })
  expect(await gateway.refusals('praiseKeep', { targetId, words: 'On time, as always.' })).toEqual([])
  expect(
    await gateway.data(
      'query ($id: ID!) { customer(id: $id) { timeline(filter: { type: { eq: "praise.received" } }) { nodes { title createdBy { name } } } } }',
      { id: targetId },
    ),
  ).toEqual({
    customer: {
      timeline: { nodes: [{ title: 'On time, as always.', createdBy: { name: 'Ada Lindqvist' } }] },
    },
  })
})
