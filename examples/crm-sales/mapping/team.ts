import type { AgentRow } from '../data-set.ts'
import { textOf } from '../values.ts'

/** As `TeamUpsertItem` of the API takes it. */
export interface TeamItem {
  readonly externalId: string
  readonly name: string
  readonly description: string
}

/** The first row of each regional office. */
export const officesOf = (agents: readonly AgentRow[]): readonly AgentRow[] =>
  agents.filter(
    ({ fields }, index) =>
      agents.findIndex(other => other.fields.regional_office === fields.regional_office) === index,
  )

/** A regional office becomes a team. */
export function teamItem({ fields }: AgentRow): TeamItem {
  const name = textOf('regional_office', fields.regional_office)
  return { externalId: name, name, description: 'Regional office' }
}
