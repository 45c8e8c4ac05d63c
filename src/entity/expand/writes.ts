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

/** Inputs and payloads of the writes that every entity has. */
export function writeTypes(entity: EntityDefinition): string {
  const { name, plural, singular } = entity
  const words = wordsOf(name)
  const create = inputColumns(entity, 'create')
  const payload = block(`type ${name}Payload`, `What became of a write to ${withArticle(words)}.`, [
    {
      name: singular,
      rest: `: ${name}`,
      description: `The ${words} as it is now; \`null\` when it was refused.`,
    },
    userErrors,
  ])
  if (!entity.writable) return ''
  return [
    payload,
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
    block(`input ${name}BulkUpsertInput`, `The ${wordsOf(plural)} of another system.`, [
      { name: 'system', rest: ': String!', description: 'The system they come from, such as `erp`.' },
      { name: 'items', rest: `: [${name}UpsertItem!]!`, description: 'The records, 1 to 1,000.' },
      {
        name: 'errorPolicy',
        rest: ': BulkErrorPolicy! = ABORT',
        description: 'What happens to the others when one is refused.',
      },
    ]),
    block(`type ${name}BulkUpsertPayload`, `What became of a bulk upsert of ${wordsOf(plural)}.`, [
      {
        name: 'results',
        rest: ': [UpsertResult!]!',
        description: 'One for each item, in the order of the input; empty when nothing was written.',
      },
      { ...userErrors, description: 'Why items were refused, by their index in `path`.' },
    ]),
  ].join('\n')
}

/** The mutations that every entity has. Nullable: when one fails, what the others did before it is still answered. */
export function writeFields(entity: EntityDefinition): string {
  if (!entity.writable) return ''
  const { name, plural } = entity
  const words = wordsOf(name)
  const start = lowerFirst(name)
  const field = (verb: string, what: string, description: string, result = 'Payload'): Item => ({
    name: `${start}${verb}`,
    rest: `(${JSON.stringify(what)} input: ${name}${verb}Input!): ${name}${result}`,
    description,
  })
  return extension('type Mutation', [
    field('Create', 'The new record.', `Creates ${withArticle(words)}.`),
    field('Update', 'What changes.', `Changes ${withArticle(words)}.`),
    field('Delete', 'Which one.', `Deletes ${withArticle(words)}; it can be restored.`),
    field('Restore', 'Which one.', `Brings a deleted ${words} back.`),
    field(
      'BulkUpsert',
      'The records.',
      `Creates or changes ${wordsOf(plural)} by their ids in another system; sent twice, the second time changes nothing.`,
      'BulkUpsertPayload',
    ),
  ])
}
