import type { Column, EntityDefinition } from '../definition.ts'
import { lowerFirst, upperFirst, withArticle, wordsOf } from '../naming.ts'
import { inputColumns } from './columns.ts'
import { block, extension, type Item } from './sdl.ts'

const createItem = ({ name, type, nullable, defaultLiteral, filled, description }: Column): Item => {
  const optional = nullable || filled
  return {
    name,
    rest: `: ${type}${optional ? '' : '!'}${defaultLiteral === null ? '' : ` = ${defaultLiteral}`}`,
    description,
  }
}

/** A JSON object has no literal that every GraphQL tool prints alike, so its default is the database's. */
const withoutJsonDefault = (item: Item, { type }: Column): Item =>
  type === 'JSON' ? { ...item, rest: ': JSON' } : item

const optionalItem = ({ name, type, description }: Column): Item => ({ name, rest: `: ${type}`, description })

const idItem = (words: string): Item => ({ name: 'id', rest: ': ID!', description: `The ${words}.` })
const versionItem: Item = {
  name: 'expectedVersion',
  rest: ': Int',
  description: 'Refuse when the record has another version by now.',
}
const userErrors: Item = {
  name: 'userErrors',
  rest: ': [UserError!]!',
  description: 'Why it was refused; empty when it was done.',
}

const items = (type: string): Item => ({
  name: 'items',
  rest: `: [${type}!]!`,
  description: 'The records, 1 to 1,000.',
})
const errorPolicy: Item = {
  name: 'errorPolicy',
  rest: ': BulkErrorPolicy! = ABORT',
  description: 'What happens to the others when one is refused.',
}

/** The writes of one record, each with its input; the same in bulk take many of these inputs. */
const verbs = ['Create', 'Update', 'Delete', 'Restore'] as const

/** Inputs and payloads of the writes that every entity has. */
export function writeTypes(entity: EntityDefinition): string {
  if (!entity.writable) return ''
  const { name, plural, singular } = entity
  const words = wordsOf(name)
  const many = wordsOf(plural)
  const create = inputColumns(entity, 'create')
  return [
    block(`type ${name}Payload`, `What became of a write to ${withArticle(words)}.`, [
      {
        name: singular,
        rest: `: ${name}`,
        description: `The ${words} as it is now; \`null\` when it was refused.`,
      },
      userErrors,
    ]),
    block(`type ${name}BulkPayload`, `What became of a bulk of ${many}.`, [
      {
        name: 'results',
        rest: ': [BulkResult!]!',
        description: 'One for each item, in the order of the input; empty when nothing was written.',
      },
      {
        name: plural,
        rest: `: [${name}]!`,
        description: `The ${many} as they are now, in the same order; \`null\` for items that were refused.`,
      },
      { ...userErrors, description: 'Why items were refused, by their index in `path`.' },
    ]),
    block(
      `input ${name}CreateInput`,
      `A new ${words}.`,
      create.map(column => withoutJsonDefault(createItem(column), column)),
    ),
    block(`input ${name}UpdateInput`, `Changes to ${withArticle(words)}; what is left out stays.`, [
      idItem(words),
      versionItem,
      ...inputColumns(entity, 'update').map(optionalItem),
    ]),
    block(`input ${name}DeleteInput`, `Which ${words} is deleted.`, [idItem(words), versionItem]),
    block(`input ${name}RestoreInput`, `Which ${words} is restored.`, [idItem(words), versionItem]),
    block(
      `input ${name}UpsertItem`,
      `${upperFirst(withArticle(words))} as another system knows it; what is left out stays.`,
      [
        {
          name: 'externalId',
          rest: ': String!',
          description: 'Its id in that system, 200 characters at most.',
        },
        ...create.map(optionalItem),
      ],
    ),
    ...verbs.map(verb =>
      block(`input ${name}Bulk${verb}Input`, `The ${many} to ${lowerFirst(verb)}.`, [
        items(`${name}${verb}Input`),
        errorPolicy,
      ]),
    ),
    block(`input ${name}BulkUpsertInput`, `The ${many} of another system.`, [
      { name: 'system', rest: ': String!', description: 'The system they come from, such as `erp`.' },
      items(`${name}UpsertItem`),
      errorPolicy,
    ]),
  ].join('\n')
}

/** The mutations that every entity has. Nullable: when one fails, what the others did before it is still answered. */
export function writeFields(entity: EntityDefinition): string {
  if (!entity.writable) return ''
  const { name, plural } = entity
  const [words, many] = [wordsOf(name), wordsOf(plural)]
  const field = (verb: string, what: string, description: string): Item => ({
    name: `${lowerFirst(name)}${verb}`,
    rest: `(${JSON.stringify(what)} input: ${name}${verb}Input!): ${name}${verb.startsWith('Bulk') ? 'Bulk' : ''}Payload`,
    description,
  })
  return extension('type Mutation', [
    field('Create', 'The new record.', `Creates ${withArticle(words)}.`),
    field('Update', 'What changes.', `Changes ${withArticle(words)}.`),
    field('Delete', 'Which one.', `Deletes ${withArticle(words)}; it can be restored.`),
    field('Restore', 'Which one.', `Brings a deleted ${words} back.`),
    field('BulkCreate', 'The new records.', `Creates ${many}.`),
    field('BulkUpdate', 'What changes.', `Changes ${many}, each on its own.`),
    field('BulkDelete', 'Which ones.', `Deletes ${many}; they can be restored.`),
    field('BulkRestore', 'Which ones.', `Brings deleted ${many} back.`),
    field(
      'BulkUpsert',
      'The records.',
      `Creates or changes ${many} by their ids in another system; sent twice, the second time changes nothing.`,
    ),
  ])
}
