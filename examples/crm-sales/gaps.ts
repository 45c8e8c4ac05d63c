import type { DataSet } from './data-set.ts'
import { peopleOf } from './mapping/user.ts'

/** Something that the files do not say, and what stands there instead. */
export interface Gap {
  readonly rows: number
  readonly what: string
}

/** What was made up or left empty, so that nobody takes it for data. */
export function gapsOf({ deals, agents }: DataSet): readonly Gap[] {
  const count = (test: (fields: (typeof deals)[number]['fields']) => boolean): number =>
    deals.filter(({ fields }) => test(fields)).length
  return [
    { rows: count(({ account }) => account === ''), what: 'opportunities without account: no customer' },
    {
      rows: count(({ close_value }) => close_value === ''),
      what: 'open opportunities without value: the list price of the product',
    },
    {
      rows: count(({ engage_date, deal_stage }) => engage_date === '' && deal_stage === 'Prospecting'),
      what: 'prospects without a date: their stage begins with the load',
    },
    {
      rows: count(({ deal_stage }) => deal_stage === 'Lost'),
      what: 'lost opportunities without a reason: none',
    },
    { rows: peopleOf(agents).flat().length, what: 'people without e-mail address: name@hardware.example' },
    {
      rows: peopleOf(agents)[0]?.length ?? 0,
      what: 'managers without office: that of their agents, where it is one',
    },
  ].filter(({ rows }) => rows > 0)
}
