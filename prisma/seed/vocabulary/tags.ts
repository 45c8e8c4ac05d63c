/** A word that records are marked with. */
export interface TagWord {
  readonly name: string
  readonly color: string
  readonly description: string
}

export const tagWords = {
  vip: {
    name: 'vip',
    color: '#b7791f',
    description: 'Buys much and often: calls are answered first.',
  },
  reference: {
    name: 'reference',
    color: '#2f855a',
    description: 'Tells others about us, when asked a week before.',
  },
  priceSensitive: {
    name: 'price-sensitive',
    color: '#c53030',
    description: 'Went to somebody cheaper before.',
  },
  fair: {
    name: 'met at a fair',
    color: '#2b6cb0',
    description: 'The first contact was at a trade fair.',
  },
} as const satisfies Record<string, TagWord>
