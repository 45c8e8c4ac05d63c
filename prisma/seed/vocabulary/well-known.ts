import { china } from './countries/china.ts'
import { germany } from './countries/germany.ts'
import { ireland } from './countries/ireland.ts'
import type { Country } from './country.ts'
import type { Industry } from './trades.ts'

/** A customer that is there whatever the random numbers are, so that documents and demonstrations may name it. */
export interface WellKnownCompany {
  readonly country: Country
  readonly city: string
  readonly brand: string
  readonly industry: Industry
  readonly trade: string
  readonly legalForm: string
  /** E-mail box of the colleague who owns it. */
  readonly owner: string
  /** Family name, then given name, as they are in the country's lists. */
  readonly people: readonly (readonly [family: string, given: string])[]
}

export const wellKnownCompanies: readonly WellKnownCompany[] = [
  {
    country: china,
    city: '北京',
    brand: '星河',
    industry: 'software',
    trade: '科技',
    legalForm: '有限公司',
    owner: 'liuyang',
    people: [
      ['王', '伟'],
      ['李', '娜'],
    ],
  },
  {
    country: germany,
    city: 'Berlin',
    brand: 'Müller & Söhne',
    industry: 'manufacturing',
    trade: 'Maschinenbau',
    legalForm: 'GmbH',
    owner: 'ben',
    people: [
      ['Schröder', 'Jürgen'],
      ['Weiß', 'Käthe'],
    ],
  },
  {
    country: ireland,
    city: 'Dublin',
    brand: "O'Malley's",
    industry: 'food and beverages',
    trade: 'Coffee Roasters',
    legalForm: 'Ltd',
    owner: 'ben',
    people: [["O'Brien", 'Aoife']],
  },
]
