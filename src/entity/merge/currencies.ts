import { type UserError, UserErrors } from '@trellis/sdk'
import { refusal } from '../../lib/refusal.ts'
import type { EntityDefinition } from '../definition.ts'
import type { Row } from '../page.ts'
import type { Held } from './hold.ts'

/** Which record each field comes from. */
export type Origins = Map<string, Row>

/**
 * Amounts keep their currency: one that is taken over brings its own along, and a blank one is not filled by an
 * amount in another.
 *
 * @throws UserErrors when amounts of several currencies would stand beside one currency
 */
export function settleCurrencies(
  entity: EntityDefinition,
  { winner, merged }: Held,
  origins: Origins,
  taken: ReadonlyMap<string, number>,
): void {
  const amounts = Map.groupBy(
    [...entity.columns.values()].filter(({ currency, name }) => currency !== null && origins.has(name)),
    ({ currency }) => currency ?? '',
  )
  const problems: UserError[] = []
  for (const [currency, columns] of amounts) {
    const originOf = (name: string): Row => origins.get(name) ?? winner
    const there = columns.map(({ name }) => name).filter(name => originOf(name)[name] != null)
    const isFilled = (name: string): boolean => originOf(name) !== winner && !taken.has(name)
    const kept = there.filter(name => !isFilled(name))
    const [first] = kept.length > 0 ? kept : there
    const settled = taken.has(currency) || first === undefined ? originOf(currency) : originOf(first)
    const fits = (name: string): boolean => originOf(name)[currency] === settled[currency]
    problems.push(
      ...kept
        .filter(name => !fits(name))
        .map(name =>
          refusal(
            { path: ['input', 'take'] },
            String(taken.get(name) ?? taken.get(currency) ?? 0),
            'CONTRADICTION',
            `${name} would be in ${String(originOf(name)[currency])}, and ${currency} ${String(settled[currency])}. Take them from one record.`,
          ),
        ),
    )
    for (const name of there.filter(isFilled)) if (!fits(name)) origins.set(name, winner)
    origins.set(currency, [winner, ...merged].find(row => row[currency] === settled[currency]) ?? winner)
  }
  if (problems.length > 0) throw new UserErrors(problems)
}
