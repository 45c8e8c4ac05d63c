import { type Country, westernName } from '../country.ts'
import { englishTrades } from '../trades.ts'
import { latin } from '../word.ts'

export const unitedStates: Country = {
  name: 'United States',
  team: 'Americas',
  weight: 84,
  currency: 'USD',
  utcOffset: -6,
  women: latin(`
    Abigail, Angela, Brianna, Carmen, Denise, Emily, Grace, Hannah, Jasmine, Jennifer, Karen, Lauren,
    Maria, Megan, Nicole, Olivia, Rachel, Sarah, Tiffany, Victoria
  `),
  men: latin(`
    Aaron, Andre, Brandon, Carlos, Daniel, David, Eric, Gregory, James, Jason, Kevin, Luis, Matthew,
    Michael, Nathan, Patrick, Robert, Samuel, Tyler, William
  `),
  families: latin(`
    Adams, Bennett, Brooks, Carter, D'Angelo, Davis, Edwards, Foster, Garcia, Greene, Hernandez,
    Hughes, Jackson, Johnson, Kim, Lopez, Martinez, Miller, Nguyen, O'Neal, Parker, Patel, Peterson,
    Reed, Rivera, Robinson, Smith, Thompson, Washington, Young
  `),
  salutations: { woman: 'Ms.', man: 'Mr.' },
  brands: latin(`
    Bayview, Blue Heron, Brightwater, Cedar Ridge, Copper Canyon, D'Angelo, Donovan's, Eagle Point,
    Granite Peak, Harbor Light, Hawthorne, Ironwood, Juniper, Lakeshore, Maple Grove, McAllister,
    Northfield, Old Mill, Palmetto, Prairie Wind, Red Mesa, Silver Creek, Stonebridge, Summit,
    Tidewater, Whitaker
  `),
  trades: englishTrades,
  legalForms: ['Inc.', 'LLC', 'Corp.'],
  nameCompany: westernName,
  places: [
    { city: 'New York', state: 'New York', postalCode: '100##', phone: '+1 212 555 01##' },
    { city: 'Chicago', state: 'Illinois', postalCode: '606##', phone: '+1 312 555 01##' },
    { city: 'Austin', state: 'Texas', postalCode: '787##', phone: '+1 512 555 01##' },
    { city: 'Denver', state: 'Colorado', postalCode: '802##', phone: '+1 303 555 01##' },
    { city: 'Seattle', state: 'Washington', postalCode: '981##', phone: '+1 206 555 01##' },
    { city: 'San Francisco', state: 'California', postalCode: '941##', phone: '+1 415 555 01##' },
    { city: 'Atlanta', state: 'Georgia', postalCode: '303##', phone: '+1 404 555 01##' },
    { city: 'Boston', state: 'Massachusetts', postalCode: '021##', phone: '+1 617 555 01##' },
    { city: 'Minneapolis', state: 'Minnesota', postalCode: '554##', phone: '+1 612 555 01##' },
    { city: 'Phoenix', state: 'Arizona', postalCode: '850##', phone: '+1 602 555 01##' },
  ],
  streets: [
    '### Main Street',
    '#### Market Street',
    '### Oak Avenue',
    '#### Industrial Parkway',
    '## Lakeview Drive',
  ],
  taxNumber: '##-#######',
}
