import { type Country, westernName } from '../country.ts'
import { germanTrades } from '../trades.ts'
import { latin } from '../word.ts'

export const germany: Country = {
  name: 'Germany',
  team: 'Europe',
  weight: 38,
  currency: 'EUR',
  utcOffset: 1,
  women: latin(`
    Anke, Annette, Birgit, Dörte, Franziska, Heike, Johanna, Käthe, Lena, Marlene, Sabine, Stefanie,
    Ulrike, Zeynep
  `),
  men: latin(`
    Andreas, Björn, Dirk, Emre, Florian, Götz, Hans-Peter, Jörg, Jürgen, Lukas, Matthias, Rüdiger,
    Sebastian, Wolfgang
  `),
  families: latin(`
    Bäcker, Böhm, Fischer, Groß, Günther, Hoffmann, Jäger, Köhler, König, Krämer, Lange, Möller,
    Müller, Neumann, Schäfer, Schröder, Schulz, Voß, Weiß, Yılmaz
  `),
  salutations: { woman: 'Frau', man: 'Herr' },
  brands: latin(`
    Alpenblick, Böttcher, Elbtal, Grünwald, Hanseatische, Jäger & Krüger, Königstein, Möwe,
    Müller & Söhne, Nordlicht, Rheinpark, Schönfeld, Spreewald, Süderhof, Weißensee
  `),
  trades: germanTrades,
  legalForms: ['GmbH', 'AG', 'GmbH & Co. KG'],
  nameCompany: westernName,
  places: [
    { city: 'Berlin', state: 'Berlin', postalCode: '101##', phone: '+49 30 23125 ###' },
    { city: 'Hamburg', state: 'Hamburg', postalCode: '203##', phone: '+49 40 66969 ###' },
    { city: 'München', state: 'Bayern', postalCode: '803##', phone: '+49 89 99998 ###' },
    { city: 'Köln', state: 'Nordrhein-Westfalen', postalCode: '506##', phone: '+49 221 4710 ###' },
    { city: 'Frankfurt am Main', state: 'Hessen', postalCode: '603##', phone: '+49 69 90009 ###' },
  ],
  streets: ['Hauptstraße ##', 'Schloßallee #', 'Bahnhofstraße ##', 'Mühlenweg ##', 'Am Güterbahnhof #'],
  taxNumber: 'DE#########',
}
