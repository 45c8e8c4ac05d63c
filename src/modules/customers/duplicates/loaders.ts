import { type DataContext, type Loader, type Records, TrellisError } from '@trellis/sdk'
import { assertCount } from '../assert-count.ts'
import { type FindOptions, findDuplicates, type Match } from './find.ts'
import { type Comparison, contactComparison, customerComparison, leadComparison } from './rules.ts'

type Compared = Comparison['entity']

/** A record that may be the same as another one. */
export interface Duplicate<Row> extends Pick<Match, 'score' | 'rules'> {
  readonly record: Row
}

export interface DuplicateLoaders {
  /**
   * Records that may be the same as this one, the likeliest first; `null` when there is none of this id.
   *
   * @throws TrellisError `BAD_INPUT` for a score or a number out of bounds
   */
  of<Entity extends Compared>(
    entity: Entity,
    id: string,
    options: FindOptions,
  ): Promise<readonly Duplicate<Records[Entity]>[] | null>
}

declare module '@trellis/sdk' {
  interface Loaders {
    readonly duplicates: DuplicateLoaders
  }
}

const comparisons: Readonly<Record<Compared, Comparison>> = {
  Customer: customerComparison,
  Contact: contactComparison,
  Lead: leadComparison,
}

export function duplicateLoaders(context: DataContext): DuplicateLoaders {
  const { customers, contacts, leads } = context.loaders
  const records: { readonly [Entity in Compared]: Loader<string, Records[Entity]> } = {
    Customer: customers.byId,
    Contact: contacts.byId,
    Lead: leads.byId,
  }
  return {
    async of(entity, id, options) {
      assertCount(options.first)
      if (options.minimumScore < 0 || options.minimumScore > 1)
        throw new TrellisError('BAD_INPUT', `minimumScore is ${options.minimumScore}; it may be 0 to 1.`)
      const subject = await records[entity].load(id)
      if (!subject) return null
      const found = await findDuplicates(
        context,
        comparisons[entity],
        [{ key: subject.id, id: subject.id, values: subject }],
        options,
      )
      const matches = found.get(subject.id) ?? []
      const rows = await records[entity].loadMany(matches.map(match => match.id))
      return matches.flatMap(({ score, rules }, index) => {
        const record = rows[index]
        return record ? [{ record, score, rules }] : []
      })
    },
  }
}
