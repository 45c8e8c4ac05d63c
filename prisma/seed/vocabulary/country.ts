import type { Currency } from '../money.ts'
import type { TeamName } from './staff.ts'
import type { Trades } from './trades.ts'
import type { Word } from './word.ts'

/** What names, addresses and numbers look like somewhere. In patterns, `#` is a digit. */
export interface Country {
  readonly name: string
  /** The regional team that sells there. */
  readonly team: TeamName
  /** Customers there, of about 300. */
  readonly weight: number
  readonly currency: Currency
  /** Hours ahead of UTC, without summer time. */
  readonly utcOffset: number
  readonly women: readonly Word[]
  readonly men: readonly Word[]
  readonly families: readonly Word[]
  readonly salutations: { readonly woman: string; readonly man: string }
  /** What companies are called, before what they do. */
  readonly brands: readonly Word[]
  readonly trades: Trades
  readonly legalForms: readonly string[]
  readonly nameCompany: (parts: CompanyNameParts) => string
  readonly places: readonly Place[]
  /** Street and number. */
  readonly streets: readonly string[]
  readonly taxNumber: string
}

export interface CompanyNameParts {
  readonly city: string
  readonly brand: string
  readonly trade: string
  readonly legalForm: string
}

/**
 * A city. Where a country has numbers that are never given to anyone, for use in films, the pattern is one
 * of them (555-01xx in North America; Ofcom, Bundesnetzagentur, ARCEP, ComReg and ACMA publish theirs).
 */
export interface Place {
  readonly city: string
  readonly state: string | null
  readonly postalCode: string
  readonly phone: string
}

export const westernName = ({ brand, trade, legalForm }: CompanyNameParts): string =>
  `${brand} ${trade} ${legalForm}`
