import { type Country, westernName } from '../country.ts'
import { englishTrades } from '../trades.ts'
import { latin } from '../word.ts'

export const india: Country = {
  name: 'India',
  team: 'Asia Pacific',
  weight: 14,
  currency: 'USD',
  utcOffset: 5.5,
  women: latin('Ananya, Deepika, Kavita, Lakshmi, Meera, Neha, Pooja, Shreya'),
  men: latin('Aditya, Arjun, Karthik, Manish, Rahul, Rohan, Suresh, Vikram'),
  families: latin(`
    Agarwal, Banerjee, Chatterjee, Desai, Gupta, Iyer, Mehta, Nair, Rao, Reddy, Sharma, Verma
  `),
  salutations: { woman: 'Ms.', man: 'Mr.' },
  brands: latin('Ashoka, Banyan, Ganga, Kaveri, Lotus, Malabar, Sapphire, Vindhya'),
  trades: englishTrades,
  legalForms: ['Pvt. Ltd.', 'Ltd.'],
  nameCompany: westernName,
  places: [
    { city: 'Mumbai', state: 'Maharashtra', postalCode: '4000##', phone: '+91 22 5550 ####' },
    { city: 'Bengaluru', state: 'Karnataka', postalCode: '5600##', phone: '+91 80 5550 ####' },
    { city: 'Chennai', state: 'Tamil Nadu', postalCode: '6000##', phone: '+91 44 5550 ####' },
  ],
  streets: ['## Mahatma Gandhi Road', '###, 4th Cross, Indiranagar', '## Anna Salai'],
  taxNumber: '27ABCDE####F1Z#',
}
