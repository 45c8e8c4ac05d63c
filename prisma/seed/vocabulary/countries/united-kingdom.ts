import { type Country, westernName } from '../country.ts'
import { englishTrades } from '../trades.ts'
import { latin } from '../word.ts'

export const unitedKingdom: Country = {
  name: 'United Kingdom',
  team: 'Europe',
  weight: 30,
  currency: 'USD',
  utcOffset: 0,
  women: latin(`
    Alice, Amina, Bethan, Charlotte, Eleanor, Fiona, Gemma, Imogen, Lucy, Priya, Rosie, Sophie
  `),
  men: latin(`
    Alistair, Callum, Edward, Gareth, Harry, Imran, Jack, Oliver, Rhys, Simon, Thomas, Toby
  `),
  families: latin(`
    Ahmed, Atkinson, Barnes, Clarke, Davies, Evans, Fletcher, Hughes, Khan, Lloyd, MacKenzie,
    Okonkwo, Price, Shaw, Taylor, Walker, Whitfield, Wright
  `),
  salutations: { woman: 'Ms', man: 'Mr' },
  brands: latin(`
    Albion, Blackthorn, Cavendish, Fenland, Greyfriars, Kestrel, King's Wharf, Lomond, Pennine,
    Ravenscroft, St Anne's, Thornbury, Wessex, Wye Valley
  `),
  trades: englishTrades,
  legalForms: ['Ltd', 'PLC', 'LLP'],
  nameCompany: westernName,
  places: [
    { city: 'London', state: null, postalCode: 'EC1A #BB', phone: '+44 20 7946 0###' },
    { city: 'Manchester', state: null, postalCode: 'M1 #AE', phone: '+44 161 496 0###' },
    { city: 'Edinburgh', state: 'Scotland', postalCode: 'EH1 #YZ', phone: '+44 131 496 0###' },
    { city: 'Cardiff', state: 'Wales', postalCode: 'CF10 #AA', phone: '+44 29 2018 0###' },
    { city: 'Leeds', state: null, postalCode: 'LS1 #DL', phone: '+44 113 496 0###' },
  ],
  streets: ['## High Street', '### Station Road', "## Queen's Parade", '# Mill Lane', '## Victoria Street'],
  taxNumber: 'GB#########',
}
