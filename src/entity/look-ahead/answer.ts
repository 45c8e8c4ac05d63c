import { redirectsOf } from '../merge/redirects.ts'
import { pageOf, type Row } from '../page.ts'
import { type Sql, sql } from '../sql/statement.ts'
import type { AnsweredField, AnswerPlan } from './answer-plan.ts'
import type { ListPart, ListPlan, RecordPlan } from './plan.ts'
import { bounded, createTree, isCounted, isPaged, itemColumn, type Tree, type TreeReading } from './tree.ts'

type Read = (statement: Sql) => Promise<readonly Row[]>

/**
 * Writes the statements of an operation: what cannot be answered costs the database nothing.
 *
 * @returns what sends them and answers with the data as JSON, which nobody here takes apart and puts together again
 * @throws NotAnswerable when the values of this request need resolvers
 * @throws TrellisError, GraphQLError when an argument is refused
 */
export function writeAnswer(
  plan: AnswerPlan,
  reading: Omit<TreeReading, 'shape'>,
): (read: Read) => Promise<string> {
  const tree = createTree({ ...reading, shape: 'answer' })
  const fields = plan.map(field => ({ key: field.key, ask: asking(field, { tree, reading }) }))
  return async read => {
    const values = await Promise.all(fields.map(({ ask }) => ask(read)))
    return objectText(fields.map(({ key }, index) => [key, values[index] ?? 'null']))
  }
}

const objectText = (entries: readonly (readonly [key: string, value: string])[]): string =>
  `{${entries.map(([key, value]) => `"${key}":${value}`).join()}}`

interface Answering {
  readonly tree: Tree
  readonly reading: Omit<TreeReading, 'shape'>
}

type Ask = (read: Read) => Promise<string>

function asking(field: AnsweredField, answering: Answering): Ask {
  switch (field.kind) {
    case 'typename':
      return async () => '"Query"'
    case 'record':
      return askRecord(field, answering)
    case 'list':
      return field.list.record && needsItems(field.list, answering)
        ? askItems(field.list, field.list.record, answering)
        : askWhole(field.list, answering)
  }
}

const nothing = 'null'

/** The record of the id, or else the one that it leads to since they were merged. */
function askRecord(
  { record, idOf }: Extract<AnsweredField, { kind: 'record' }>,
  { tree, reading }: Answering,
): Ask {
  const id = idOf(reading.variables)
  const statement = bounded(tree.record(record, id))
  const find = async (read: Read, of: Sql): Promise<string> =>
    textOf((await read(of))[0]?.[itemColumn] ?? nothing)
  return async read => {
    const found = await find(read, statement)
    if (found !== nothing || typeof id !== 'string') return found
    const led = (await redirectsOf(read, record.entity, [id])).get(id)
    return led === undefined ? found : find(read, tree.record(record, led))
  }
}

const needsItems = (list: ListPlan, { tree }: Answering): boolean =>
  isPaged(list) || tree.readingOf(list).page.backward

/** The page is one value of one row, and so is the count. */
function askWhole(list: ListPlan, { tree }: Answering): Ask {
  const nodes = list.record ? tree.records(list, list.record) : sql`null`
  const count = isCounted(list) ? sql`(${tree.count(list)})` : sql`null::int`
  const statement = bounded(sql`select ${nodes} as nodes, ${count} as count`)
  const { parts } = list
  // An argument that is wrong is refused even where nothing is selected by it.
  tree.readingOf(list)
  return async read => {
    const [row] = await read(statement)
    return connectionText(list, parts ?? [], {
      nodes: () => textOf(row?.['nodes'] ?? '[]'),
      totalCount: () => textOf(row?.['count'] ?? 0),
    })
  }
}

/** A row for each record, with what its cursor is made of. */
function askItems(list: ListPlan, record: RecordPlan, { tree, reading }: Answering): Ask {
  const statement = bounded(tree.items(list, record))
  const count = isCounted(list) ? tree.count(list) : null
  const { page: plan } = tree.readingOf(list)
  return async read => {
    const [rows, counts] = await Promise.all([read(statement), count ? read(count) : []])
    const page = pageOf(rows, plan, reading.cursors)
    return connectionText(list, list.parts ?? [], {
      nodes: () => `[${page.nodes.map(node => textOf(node[itemColumn])).join()}]`,
      edges: fields =>
        `[${page.edges
          .map(({ cursor, node }) =>
            objectText(
              fields.map(({ key, name }) => [
                key,
                name === 'node'
                  ? textOf(node[itemColumn])
                  : JSON.stringify(name === 'cursor' ? cursor : `${list.target.name}Edge`),
              ]),
            ),
          )
          .join()}]`,
      pageInfo: fields =>
        objectText(
          fields.map(({ key, name }) => [
            key,
            JSON.stringify(name === '__typename' ? 'PageInfo' : Reflect.get(page.pageInfo, name)),
          ]),
        ),
      totalCount: () => textOf(counts[0]?.['count'] ?? 0),
    })
  }
}

type Writers = Partial<Record<ListPart['name'], (fields: ListPart['fields']) => string>>

const connectionText = (list: ListPlan, parts: readonly ListPart[], writers: Writers): string =>
  objectText(
    parts.map(({ key, name, fields }) => [
      key,
      writers[name]?.(fields) ?? JSON.stringify(`${list.target.name}Connection`),
    ]),
  )

const textOf = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value))
