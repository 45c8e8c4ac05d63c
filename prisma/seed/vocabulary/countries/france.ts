import { type Country, westernName } from '../country.ts'
import { frenchTrades } from '../trades.ts'
import { latin } from '../word.ts'

export const france: Country = {
  name: 'France',
  team: 'Europe',
  weight: 20,
  currency: 'EUR',
  utcOffset: 1,
  women: latin(`
    Aurélie, Camille, Céline, Élodie, Fatima, Hélène, Inès, Margaux, Océane, Zoé
  `),
  men: latin(`
    Adrien, Benoît, François, Guillaume, Jérôme, Karim, Loïc, Mathis, Rémi, Théo
  `),
  families: latin(`
    Bernard, Chevalier, d'Aubigné, Dupont, Fournier, Gauthier, L'Hermite, Lefèvre, Mercier, Moreau,
    Noël, Petit, Rousseau, Traoré
  `),
  salutations: { woman: 'Mme', man: 'M.' },
  brands: latin(`
    Belle Rive, Clairefontaine, Côte d'Émeraude, L'Atelier, L'Étoile, Montclair, Saint-Rémy, Sologne,
    Trois Chênes, Val de Loire
  `),
  trades: frenchTrades,
  legalForms: ['SA', 'SARL', 'SAS'],
  nameCompany: westernName,
  places: [
    { city: 'Paris', state: 'Île-de-France', postalCode: '750##', phone: '+33 1 99 00 ## ##' },
    { city: 'Lyon', state: 'Auvergne-Rhône-Alpes', postalCode: '690##', phone: '+33 4 65 71 ## ##' },
    { city: 'Nantes', state: 'Pays de la Loire', postalCode: '440##', phone: '+33 2 61 91 ## ##' },
    { city: 'Bordeaux', state: 'Nouvelle-Aquitaine', postalCode: '330##', phone: '+33 5 36 49 ## ##' },
  ],
  streets: [
    '## rue de la République',
    "## avenue de l'Europe",
    '# place du Marché',
    '### boulevard Voltaire',
  ],
  taxNumber: 'FR###########',
}
