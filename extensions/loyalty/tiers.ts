/** From how many points on a customer is in a tier, the highest first. */
const tiers = [
  { tier: 'PLATINUM', from: 10_000 },
  { tier: 'GOLD', from: 1_000 },
  { tier: 'SILVER', from: 100 },
] as const

export type Tier = (typeof tiers)[number]['tier'] | 'BRONZE'

export const tierOf = (points: number): Tier => tiers.find(({ from }) => points >= from)?.tier ?? 'BRONZE'
