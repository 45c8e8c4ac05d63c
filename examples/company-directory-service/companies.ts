/** A company of the directory; all of them are made up. */
export interface Company {
  readonly registrationNumber: string
  readonly taxNumber: string
  readonly name: string
  readonly status: 'ACTIVE' | 'IN_LIQUIDATION' | 'INSOLVENT' | 'DISSOLVED'
  readonly legalForm: string
  readonly address: {
    readonly street: string
    readonly postalCode: string
    readonly city: string
    readonly country: string
  }
  /** By NACE. */
  readonly industryCodes: readonly string[]
  readonly employees: { readonly from: number; readonly to: number | null }
}

const names = [
  'Harbor',
  'Alder',
  'Northwind',
  'Quarry',
  'Lantern',
  'Meadow',
  'Saffron',
  'Copper',
  'Juniper',
  'Tidal',
]

const trades = [
  { trade: 'Foods', codes: ['10.89', '46.38'], from: 50, to: 249 },
  { trade: 'Logistics', codes: ['49.41', '52.29'], from: 250, to: null },
  { trade: 'Instruments', codes: ['26.51'], from: 10, to: 49 },
  { trade: 'Textiles', codes: ['13.20'], from: 50, to: 249 },
  { trade: 'Consulting', codes: ['70.22'], from: 1, to: 9 },
] as const

const places = [
  { legalForm: 'GmbH', street: 'Hafenstraße 12', postalCode: '20457', city: 'Hamburg', country: 'DE' },
  { legalForm: 'B.V.', street: 'Keizersgracht 300', postalCode: '1016 EX', city: 'Amsterdam', country: 'NL' },
  { legalForm: 'SAS', street: '8 rue des Lilas', postalCode: '69003', city: 'Lyon', country: 'FR' },
] as const

/** Every tenth is something else than active. */
const troubles = ['DISSOLVED', 'INSOLVENT', 'IN_LIQUIDATION'] as const

/** Fifty companies, the same ones each time: `HR 10001` with the tax number `XX200001`, and so on. */
export const companies: readonly Company[] = names.flatMap((name, row) =>
  trades.map(({ trade, codes, from, to }, column) => {
    const index = row * trades.length + column
    const { legalForm, ...address } = places[index % places.length] ?? places[0]
    return {
      registrationNumber: `HR ${10_001 + index}`,
      taxNumber: `XX${200_001 + index}`,
      name: `${name} ${trade} ${legalForm}`,
      status: index % 10 === 9 ? (troubles[row % troubles.length] ?? 'DISSOLVED') : 'ACTIVE',
      legalForm,
      address,
      industryCodes: codes,
      employees: { from, to },
    }
  }),
)
