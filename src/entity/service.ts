import type {
  BulkInput,
  BulkOutcome,
  EntityInput,
  EntityService,
  StoredChange,
  UpdateInput,
  WriteAction,
} from '@trellis/sdk'
import type { Row } from './page.ts'
import { assertItems, bulkOutcome, inBulk, pathOfItem } from './write/bulk.ts'
import { bulkUpsert } from './write/bulk-upsert/index.ts'
import { carryOut } from './write/carry-out.ts'
import { storedValues } from './write/input.ts'
import { change, creation, type Intent } from './write/intent.ts'
import { readWritten } from './write/read-written.ts'
import type { Writing } from './write/writing.ts'

/** Where the input of a write of one record stands in the mutation's arguments. */
const ofOne: readonly string[] = ['input']

/** The writes that every entity has, in one mutation's transaction and for its viewer. */
export function createEntityService(writing: Writing): EntityService<Row> {
  const { entity, context } = writing

  /** One record, as it is stored then; whoever gave it away is still told what it became. */
  const one = async (intent: Intent): Promise<Row> => {
    await carryOut(writing, [intent], { errorPolicy: 'ABORT', onForbidden: 'throw' })
    return readWritten(writing, intent.id)
  }

  /** The items of a bulk, each as it would be written alone. */
  const many = async <Item extends EntityInput>(
    input: BulkInput<Item>,
    intentOf: (item: Item, path: readonly string[]) => Intent,
  ): Promise<BulkOutcome> => {
    assertItems(input)
    const intents = input.items.map((item, index) => intentOf(item, pathOfItem(index)))
    return bulkOutcome(await carryOut(writing, intents, inBulk(input)))
  }

  const toCreate = (input: EntityInput, path: readonly string[]): Intent =>
    creation(writing, { values: storedValues(entity, input), input, path })
  const toChange =
    (action: Exclude<WriteAction, 'create'>, valuesOf: (input: UpdateInput) => Row) =>
    (input: UpdateInput, path: readonly string[]): Intent =>
      change({ action, values: valuesOf(input), input, path })
  const toUpdate = toChange('update', input => storedValues(entity, input))
  const toDelete = toChange('delete', () => ({ deletedAt: context.now() }))
  const toRestore = toChange('restore', () => ({ deletedAt: null }))
  const toSet = ({ id, expectedVersion = null, values, input, path = ofOne }: StoredChange<Row>): Intent =>
    change({ action: 'update', values, input: { ...input, id, expectedVersion }, path })

  return {
    create: input => one(toCreate(input, ofOne)),
    update: input => one(toUpdate(input, ofOne)),
    delete: input => one(toDelete(input, ofOne)),
    restore: input => one(toRestore(input, ofOne)),
    set: (input, values) => one(change({ action: 'update', values, input, path: ofOne })),
    bulkCreate: input => many(input, toCreate),
    bulkUpdate: input => many(input, toUpdate),
    bulkDelete: input => many(input, toDelete),
    bulkRestore: input => many(input, toRestore),
    bulkUpsert: input => bulkUpsert(writing, input),
    setMany: async (items, options = {}) =>
      bulkOutcome(await carryOut(writing, items.map(toSet), inBulk(options))),
    async insert(items) {
      const intents = items.map(({ values, input = {}, path = ofOne }) =>
        creation(writing, { values, input, path }),
      )
      await carryOut(writing, intents, inBulk({}))
      return intents.map(({ id }) => id)
    },
  }
}
