import { type AggregateQuestion, type GroupBy, TrellisError } from '@trellis/sdk'
import { isTimeZone } from '../../../lib/time-zone.ts'
import { type Column, columnBehind } from '../../definition.ts'
import { isDated, references } from '../../expand/columns.ts'
import { fieldOfEnumValue } from '../../naming.ts'
import type { Reading } from '../list.ts'
import { assertReadable, column } from '../names.ts'
import { type Sql, sql } from '../statement.ts'
import { createRelated, type Place, type Related } from './related.ts'

/** Groups within each other, and references from a record to the one whose field is grouped by, at most. */
const most = { groups: 3, references: 3 } as const

export interface Group {
  /** The references that lead to the record whose field it is; none for the list's own. */
  readonly path: readonly string[]
  readonly column: Column
  readonly expression: Sql
}

export interface GroupsPlan {
  readonly groups: readonly Group[]
  /** What tells the parts of groups apart. */
  readonly pivot: Group | null
  readonly joins: readonly Sql[]
  readonly joined: ReadonlyMap<string, number>
  /** The list's own columns that are grouped by. */
  readonly own: ReadonlySet<string>
}

/**
 * Reads `groupBy`.
 *
 * @throws TrellisError `BAD_INPUT` for too many groups or one twice, for none or several fields in one of them, for what
 *   is too far away, a bucket of what is no date, an unknown time zone
 * @throws TrellisError `FORBIDDEN` for a field that the viewer may not read
 */
export function planGroups(
  { entity, right, scope }: Reading,
  { groupBy: asked, pivot: parts }: Pick<AggregateQuestion, 'groupBy' | 'pivot'>,
): GroupsPlan {
  const groupBy = asked ?? []
  if (groupBy.length > most.groups)
    throw new TrellisError('BAD_INPUT', `groupBy has ${groupBy.length} fields; ${most.groups} are allowed.`)
  const related = createRelated({ scope })
  const here: Place = { entity, right, depth: 0, path: [] }
  const groups = groupBy.map(group => readGroup(group, here, related))
  const pivot = parts ? readGroup(parts.by, here, related) : null
  const names = groups.map(({ path, column: { name } }) => [...path, name].join('.'))
  const repeated = names.find((name, index) => names.indexOf(name) !== index)
  if (repeated) throw new TrellisError('BAD_INPUT', `groupBy names ${repeated} twice.`)
  const own = groups.flatMap(({ path, column: { name } }) => (path.length === 0 ? [name] : []))
  return { groups, pivot, joins: related.joins(), joined: related.depths(), own: new Set(own) }
}

/** What is said of `field` rather than where it is. */
const besides = ['bucket', 'timeZone'] as const

function readGroup(group: GroupBy, place: Place, related: Related): Group {
  const given = Object.entries(group).filter(([, value]) => value !== null && value !== undefined)
  const choices = given.filter(([name]) => !besides.some(one => one === name))
  const [name, next] = choices[0] ?? []
  if (name === undefined || choices.length > 1)
    throw notOne(
      place,
      choices.map(([choice]) => choice),
    )
  if (name === 'field') return fieldGroup(group, place)
  const lost = besides.find(one => given.some(([beside]) => beside === one))
  if (lost)
    throw new TrellisError(
      'BAD_INPUT',
      `${said(place)} has a ${lost} beside ${name}; give it beside the field that it is about.`,
    )
  if (place.path.length === most.references)
    throw new TrellisError(
      'BAD_INPUT',
      `${said(place)} goes on to ${name}; ${most.references} references are allowed.`,
    )
  if (typeof next !== 'object' || next === null)
    throw new Error(`${said(place)}.${name} is ${String(next)}, which names no field.`)
  return readGroup(next, related.follow(place, name), related)
}

/** Where in `groupBy` something stands, for messages. */
const said = ({ path }: Place): string => ['groupBy', ...path].join('.')

function notOne(place: Place, given: readonly string[]): TrellisError {
  const related = references(place.entity).map(({ field }) => field)
  return new TrellisError(
    'BAD_INPUT',
    `${said(place)} names ${given.length === 0 ? 'no field' : given.join(' and ')}; give either field or one of ${related.join(', ')}.`,
  )
}

function fieldGroup({ field, bucket, timeZone }: GroupBy, place: Place): Group {
  const { entity, right, depth, path } = place
  const stored = columnBehind(entity, fieldOfEnumValue(field ?? ''))
  assertReadable(entity, right, stored)
  const expression = column(stored.name, depth)
  if (!isDated(stored)) {
    if (bucket)
      throw new TrellisError(
        'BAD_INPUT',
        `${said(place)} ${stored.name} has a bucket, which only dates and instants have.`,
      )
    return { path, column: stored, expression }
  }
  const zone = timeZone ?? 'UTC'
  if (!isTimeZone(zone))
    throw new TrellisError('BAD_INPUT', `timeZone is "${zone}"; it takes an IANA name such as Asia/Shanghai.`)
  const local = stored.type === 'DateTime' ? sql`timezone(${zone}::text, ${expression})` : expression
  return {
    path,
    column: stored,
    expression: sql`date_trunc(${(bucket ?? 'DAY').toLowerCase()}::text, ${local})::date`,
  }
}
