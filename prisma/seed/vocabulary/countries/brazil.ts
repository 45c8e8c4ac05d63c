import { type Country, westernName } from '../country.ts'
import { portugueseTrades } from '../trades.ts'
import { latin } from '../word.ts'

export const brazil: Country = {
  name: 'Brazil',
  team: 'Americas',
  weight: 14,
  currency: 'USD',
  utcOffset: -3,
  women: latin('Beatriz, Camila, Fernanda, Júlia, Larissa, Letícia, Mariana, Patrícia'),
  men: latin('André, Bruno, Felipe, Gustavo, João, Otávio, Rafael, Thiago'),
  families: latin(`
    Almeida, Araújo, Barbosa, Carvalho, Costa, Ferreira, Gonçalves, Oliveira, Ribeiro, Santos, Silva,
    Souza
  `),
  salutations: { woman: 'Sra.', man: 'Sr.' },
  brands: latin(`
    Bandeirante, Bem-te-vi, Ipê, Jacarandá, Pantanal, São Bento, Serra Azul, Três Rios
  `),
  trades: portugueseTrades,
  legalForms: ['Ltda.', 'S.A.'],
  nameCompany: westernName,
  places: [
    { city: 'São Paulo', state: 'São Paulo', postalCode: '01###-###', phone: '+55 11 5550-####' },
    { city: 'Rio de Janeiro', state: 'Rio de Janeiro', postalCode: '20###-###', phone: '+55 21 5550-####' },
    { city: 'Curitiba', state: 'Paraná', postalCode: '80###-###', phone: '+55 41 5550-####' },
  ],
  streets: ['Avenida Paulista, ####', 'Rua das Flores, ###', 'Rua Sete de Setembro, ###'],
  taxNumber: '##.###.###/0001-##',
}
