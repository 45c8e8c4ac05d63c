import type { Endpoint } from './endpoint.ts'
import { pipeline } from './mapping/pipeline.ts'

/** A line of a table that the API computed. */
export interface Figure {
  readonly name: string
  readonly count: number
  /** Exact; `null` where no amount is known. */
  readonly amount: string | null
}

/** What the API says it has, each table the answer to one query. */
export interface CheckFigures {
  readonly stages: readonly Figure[]
  readonly agents: readonly Figure[]
}

interface Answer<Group> {
  readonly opportunities: {
    readonly aggregate: readonly {
      readonly group: Group
      readonly count: number
      readonly sum: { readonly amount: string | null }
    }[]
  }
}

interface Named {
  readonly name: string
}

const totalsPerStage = `
  query TotalsPerStage($pipeline: String!) {
    opportunities(filter: { pipeline: { name: { eq: $pipeline } } }) {
      aggregate(groupBy: [{ field: STAGE }]) { group { stage { name position } } count sum { amount } }
    }
  }`

const topTenAgents = `
  query TopTenAgents($pipeline: String!) {
    opportunities(filter: { pipeline: { name: { eq: $pipeline } }, stage: { type: { eq: WON } } }) {
      aggregate(groupBy: [{ field: OWNER }], orderBy: [{ by: SUM, field: AMOUNT, direction: DESC }], first: 10) {
        group { owner { name } } count sum { amount }
      }
    }
  }`

/** Asks the API, and not the loader's own counters, what there is now. */
export async function readCheckFigures({ request }: Endpoint): Promise<CheckFigures> {
  const variables = { pipeline: pipeline.name }
  const [stages, agents] = await Promise.all([
    request<Answer<{ readonly stage: (Named & { readonly position: number }) | null }>>(
      totalsPerStage,
      variables,
    ),
    request<Answer<{ readonly owner: Named | null }>>(topTenAgents, variables),
  ])
  return {
    stages: figuresOf(
      stages,
      ({ stage }) => stage,
      (a, b) => (a.stage?.position ?? 0) - (b.stage?.position ?? 0),
    ),
    agents: figuresOf(agents, ({ owner }) => owner),
  }
}

const figuresOf = <Group>(
  { opportunities: { aggregate } }: Answer<Group>,
  named: (group: Group) => Named | null,
  order: (a: Group, b: Group) => number = () => 0,
): readonly Figure[] =>
  aggregate
    .toSorted((a, b) => order(a.group, b.group))
    .map(({ group, count, sum }) => ({ name: named(group)?.name ?? 'none', count, amount: sum.amount }))
