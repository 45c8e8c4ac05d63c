import { type Country, westernName } from '../country.ts'
import { englishTrades } from '../trades.ts'
import { latin } from '../word.ts'

export const canada: Country = {
  name: 'Canada',
  team: 'Americas',
  weight: 16,
  currency: 'USD',
  utcOffset: -5,
  women: latin('Amélie, Charlotte, Chloé, Heather, Julie, Madison, Noémie, Shannon'),
  men: latin('Alexandre, Connor, Étienne, Gordon, Ian, Mathieu, Ryan, Wayne'),
  families: latin(`
    Bouchard, Campbell, Côté, Fraser, Gagnon, Lavoie, MacDonald, Morin, Singh, Stewart, Tremblay,
    Wong
  `),
  salutations: { woman: 'Ms.', man: 'Mr.' },
  brands: latin(`
    Aurora, Great Slave, Laurentide, Loon Lake, Red River, Rideau, True North, Yukon
  `),
  trades: englishTrades,
  legalForms: ['Inc.', 'Ltd.'],
  nameCompany: westernName,
  places: [
    { city: 'Toronto', state: 'Ontario', postalCode: 'M5V #H#', phone: '+1 416 555 01##' },
    { city: 'Montréal', state: 'Québec', postalCode: 'H3B #G#', phone: '+1 514 555 01##' },
    { city: 'Vancouver', state: 'British Columbia', postalCode: 'V6B #K#', phone: '+1 604 555 01##' },
    { city: 'Calgary', state: 'Alberta', postalCode: 'T2P #J#', phone: '+1 403 555 01##' },
  ],
  streets: ['### King Street West', '#### rue Sherbrooke Ouest', '### Granville Street', '## Centre Street'],
  taxNumber: '######### RT0001',
}
