import { type Country, westernName } from '../country.ts'
import { englishTrades } from '../trades.ts'
import { latin } from '../word.ts'

export const ireland: Country = {
  name: 'Ireland',
  team: 'Europe',
  weight: 10,
  currency: 'EUR',
  utcOffset: 0,
  women: latin('Aoife, Ciara, Gráinne, Niamh, Orla, Róisín, Sinéad'),
  men: latin('Cillian, Conor, Darragh, Eoin, Fergus, Oisín, Pádraig'),
  families: latin(`
    Byrne, Doyle, Kelly, McCarthy, Murphy, O'Brien, O'Connor, O'Sullivan, Ryan, Walsh
  `),
  salutations: { woman: 'Ms', man: 'Mr' },
  brands: latin("Claddagh, Emerald, Glenmore, Liffey, O'Malley's, Shannon, Skellig"),
  trades: englishTrades,
  legalForms: ['Ltd', 'DAC'],
  nameCompany: westernName,
  places: [
    { city: 'Dublin', state: null, postalCode: 'D02 X###', phone: '+353 20 91# ####' },
    { city: 'Cork', state: null, postalCode: 'T12 W###', phone: '+353 20 91# ####' },
    { city: 'Galway', state: null, postalCode: 'H91 E###', phone: '+353 20 91# ####' },
  ],
  streets: ['## Grafton Street', "## Saint Patrick's Street", '# Quay Street', '## Merrion Row'],
  taxNumber: 'IE#######H',
}
