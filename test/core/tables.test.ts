import { createTestDatabase, type TestDatabase } from '@trellis/testing'
import { isEnumType } from 'graphql'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Column } from '../../src/entity/definition.ts'
import { composeInstalled } from '../../src/start/composed-schema.ts'
import { entities } from './fixtures/entities.ts'

let database: TestDatabase
let client: pg.Client
beforeAll(async () => {
  database = await createTestDatabase()
  client = new pg.Client(database.connection)
  await client.connect()
})
afterAll(async () => {
  await client.end()
  await database[Symbol.asyncDispose]()
})

const databaseTypes: Readonly<Record<string, string>> = {
  ID: 'text',
  String: 'text',
  Int: 'integer',
  Decimal: 'numeric(18,4)',
  Boolean: 'boolean',
  Date: 'date',
  DateTime: 'timestamp(3) with time zone',
  JSON: 'jsonb',
}

/** The SDL's literal as the database says it: `"USD"` is `'USD'::text` there. */
function databaseDefault({ type, isEnum, defaultLiteral }: Column): string | null {
  if (defaultLiteral === null) return null
  if (isEnum) return `'${defaultLiteral}'::"${type}"`
  const value: unknown =
    type === 'JSON' || type === 'String' ? JSON.parse(defaultLiteral) : defaultLiteral.replaceAll('"', '')
  if (type === 'String') return `'${String(value)}'::text`
  return type === 'JSON' ? `'${defaultLiteral}'::jsonb` : String(value)
}

interface Stored {
  readonly name: string
  readonly type: string
  readonly nullable: boolean
  readonly default: string | null
  /** Whether the database computes it from others of the row. */
  readonly isGenerated: boolean
}

const columnsOf = async (table: string): Promise<readonly Stored[]> => {
  const { rows } = await client.query<Stored>(
    `select attname as name, format_type(atttypid, atttypmod) as type, not attnotnull as nullable, pg_get_expr(adbin, adrelid) as default,
       attgenerated <> '' as "isGenerated"
     from pg_attribute left join pg_attrdef on adrelid = attrelid and adnum = attnum
     where attrelid = $1::regclass and attnum > 0 and not attisdropped order by attname`,
    [`"${table}"`],
  )
  return rows
}

const byName = (left: Column, right: Column): number => (left.name < right.name ? -1 : 1)

describe.each([...entities.values()])('$name', ({ name, columns, writable: isWritable }) => {
  const declared = [...columns.values()].toSorted(byName)

  test('stores what its SDL declares and nothing else, of the same types', async () => {
    const stored = await columnsOf(name)
    const expected = declared.map(column => ({
      name: column.name,
      type: column.isEnum ? `"${column.type}"` : databaseTypes[column.type],
      nullable: column.nullable,
    }))
    expect(stored.map(({ name: column, type, nullable }) => ({ name: column, type, nullable }))).toEqual(
      expected,
    )
  })

  test('has the same defaults in the SDL and in the database', async () => {
    // But what the database alone fills in, such as when a record was created.
    const stored = new Map((await columnsOf(name)).map(column => [column.name, column]))
    const known = declared.filter(
      ({ name: column, writable, nullable, defaultLiteral }) =>
        !stored.get(column)?.isGenerated && (writable !== 'never' || nullable || defaultLiteral !== null),
    )
    expect(known.map(column => [column.name, stored.get(column.name)?.default])).toEqual(
      known.map(column => [column.name, databaseDefault(column)]),
    )
  })

  test('has a foreign key for every reference that clients write, and a unique index for what has to differ', async () => {
    const { rows: keys } = await client.query<{ key: string }>(
      `select attname || ' ' || confrelid::regclass as key from pg_constraint join pg_attribute on attrelid = conrelid and attnum = conkey[1]
       where contype = 'f' and conrelid = $1::regclass`,
      [`"${name}"`],
    )
    const references = declared.filter(
      column => isWritable && column.reference && column.writable !== 'never',
    )
    for (const { name: key, reference } of references)
      expect(keys.map(row => row.key.replaceAll('"', ''))).toContain(`${key} ${reference?.target}`)
    const { rows: unique } = await client.query<{ key: string }>(
      `select attname as key from pg_index join pg_attribute on attrelid = indrelid and attnum = indkey[0]
       where indrelid = $1::regclass and indisunique and not indisprimary and indnatts = 1 and indpred is null`,
      [`"${name}"`],
    )
    expect(unique.map(({ key }) => key).toSorted()).toEqual(
      declared.filter(({ rule }) => rule.unique).map(column => column.name),
    )
  })
})

test('what is unique together in the SDL, and nothing else, has a unique index that says so', async () => {
  const { rows } = await client.query<{ name: string; fields: readonly string[]; condition: string | null }>(
    `select relname as name, pg_get_expr(indpred, indrelid) as condition,
       array_agg(attname::text order by attname) as fields
     from pg_index join pg_class on pg_class.oid = indrelid join pg_attribute on attrelid = indrelid and attnum = any(indkey)
     where indisunique and indnatts > 1 and relname = any($1) group by indexrelid, relname, indpred, indrelid`,
    [[...entities.keys()]],
  )
  const declared = [...entities.values()].flatMap(({ name, uniqueTogether }) =>
    uniqueTogether.map(({ fields, deletedKeep }) => ({
      ...{ name, fields: fields.toSorted(), condition: deletedKeep ? null : '("deletedAt" IS NULL)' },
    })),
  )
  const inOrder = (sets: readonly object[]) =>
    sets.map(set => JSON.stringify(set, ['name', 'fields', 'condition'])).toSorted()
  expect(declared.length).toBeGreaterThan(0)
  expect(inOrder(rows)).toEqual(inOrder(declared))
})

test('enums have the same values, in the same order, in the SDL and in the database', async () => {
  const { schema } = composeInstalled()
  const names = new Set(
    [...entities.values()].flatMap(({ columns }) =>
      [...columns.values()].filter(({ isEnum }) => isEnum).map(({ type }) => type),
    ),
  )
  const { rows } = await client.query<{ name: string; values: readonly string[] }>(
    `select typname as name, array_agg(enumlabel::text order by enumsortorder) as values from pg_type join pg_enum on enumtypid = pg_type.oid where typnamespace = 'public'::regnamespace group by typname order by typname`,
  )
  const declared = [...names].toSorted().map(name => {
    const type = schema.getType(name)
    return { name, values: isEnumType(type) ? type.getValues().map(value => value.name) : [] }
  })
  expect(rows).toEqual(declared)
})
