import type { Paint } from '../../paint.ts'
import { describePlan } from '../describe-plan.ts'
import type { ChangePlan } from './plan-change.ts'

export interface DescribeChangeOptions {
  /** Such as `install` or `roll back`. */
  readonly action: string
  readonly name: string
  readonly from: string | null
  readonly to: string | null
  readonly plan: ChangePlan
  /** TRELLIS_DATA: the gateways that have it are the ones. */
  readonly dataDirectory: string
  readonly paint: Paint
}

/** What a change would do, as people read it. */
export function describeChange({
  action,
  name,
  from,
  to,
  plan,
  dataDirectory,
  paint,
}: DescribeChangeOptions): string {
  const versions = [from, to].filter(version => version !== null).join(' to ')
  const coordinates = (names: readonly string[]) => names.map(coordinate => ({ coordinate }))
  const { added, removed, breaking } = plan.schema
  const schema = describePlan(
    action,
    `${name} ${versions}`,
    { added: coordinates(added), removed: coordinates(removed), breaking: [...breaking] },
    paint,
  )
  return [
    schema,
    ...(plan.isDisabled ? [`It is disabled: npx trellis extension enable ${name} has it served.`] : []),
    ...(plan.compatibility === null ? [] : [`for Trellis ${plan.compatibility}`]),
    ...(plan.scopes.length === 0 ? [] : [`asks for\n${listed(plan.scopes)}`]),
    ...Object.entries(plan.permissions).map(
      ([role, given]) => `lets ${role} ask for\n${listed(given === '*' ? ['all of it'] : given)}`,
    ),
    ...(plan.tables && plan.tables.pending.length > 0
      ? [`migrates ${plan.tables.postgresSchema}\n${listed(plan.tables.pending)}`]
      : []),
    ...(plan.newer.length > 0
      ? [`${paint('warning', 'its tables stay newer than its code')}\n${listed(plan.newer)}`]
      : []),
    `for gateways with TRELLIS_DATA=${dataDirectory}`,
  ].join('\n\n')
}

const listed = (lines: readonly string[]): string => lines.map(line => `  ${line}`).join('\n')
