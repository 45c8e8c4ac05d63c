import { type Country, westernName } from '../country.ts'
import { englishTrades } from '../trades.ts'
import { latin } from '../word.ts'

export const australia: Country = {
  name: 'Australia',
  team: 'Asia Pacific',
  weight: 14,
  currency: 'USD',
  utcOffset: 10,
  women: latin('Alana, Bronte, Chloe, Georgia, Kylie, Matilda, Tahlia, Zara'),
  men: latin('Angus, Bailey, Cooper, Darcy, Flynn, Hamish, Lachlan, Mitchell'),
  families: latin(`
    Anderson, Chen, Gallagher, Hamilton, Kaur, Mitchell, Nguyen, O'Keefe, Papadopoulos, Russo,
    Sullivan, Wilson
  `),
  salutations: { woman: 'Ms', man: 'Mr' },
  brands: latin(`
    Banksia, Coral Bay, Jarrah, Kookaburra, Outback, Southern Cross, Wattle, Yarra
  `),
  trades: englishTrades,
  legalForms: ['Pty Ltd', 'Ltd'],
  nameCompany: westernName,
  places: [
    { city: 'Sydney', state: 'New South Wales', postalCode: '20##', phone: '+61 2 5550 ####' },
    { city: 'Melbourne', state: 'Victoria', postalCode: '30##', phone: '+61 3 7010 ####' },
    { city: 'Brisbane', state: 'Queensland', postalCode: '40##', phone: '+61 7 5550 ####' },
  ],
  streets: ['### George Street', '## Collins Street', '### Queen Street', '# Harbour Parade'],
  taxNumber: '## ### ### ###',
}
