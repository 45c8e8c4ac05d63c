import type { UserError } from '@trellis/sdk'
import { refusal } from '../../lib/refusal.ts'
import { isTimeZone } from '../../lib/time-zone.ts'
import { type Column, columnOf, type EntityDefinition, type TextFormat } from '../definition.ts'
import type { Draft } from './draft.ts'

interface Format {
  readonly pattern: RegExp
  readonly example: string
  /** Whether there is what a text of this form names. */
  readonly isKnown?: (text: string) => boolean
}

const formats: Readonly<Record<TextFormat, Format>> = {
  COLOR: { pattern: /^#[0-9a-f]{6}$/i, example: '#2f855a' },
  CURRENCY: { pattern: /^[A-Z]{3}$/, example: 'USD' },
  // What a mail server may accept is wider still; this is what WHATWG has browsers accept, with a dot in the domain.
  EMAIL: { pattern: /^[^\s@<>,;]+@[^\s@<>,;.]+(\.[^\s@<>,;.]+)+$/u, example: 'ada@example.com' },
  TIME_OF_DAY: { pattern: /^(([01]\d|2[0-3]):[0-5]\d|24:00)$/, example: '09:30' },
  TIME_ZONE: {
    pattern: /^[A-Za-z][\w+-]*(\/[\w+-]+)*$/,
    example: 'Asia/Shanghai',
    isKnown: isTimeZone,
  },
  WEBSITE: { pattern: /^https?:\/\/[^\s/?#@]+\.[^\s@]+$/u, example: 'https://example.com' },
}

const shown = (value: unknown): string => {
  const text = typeof value === 'string' ? value : JSON.stringify(value)
  return text.length > 60 ? `${text.slice(0, 60)}…` : text
}

function problemOf(
  { name, rule: { min, max, maxLength, format }, nullable }: Column,
  value: unknown,
): [string, string] | null {
  if (value === null) return nullable ? null : ['REQUIRED', `${name} may not be null.`]
  if (typeof value === 'string' && !nullable && value.trim() === '')
    return ['REQUIRED', `${name} may not be blank.`]
  if (typeof value === 'string' && maxLength !== undefined && value.length > maxLength)
    return ['TOO_LONG', `${name} has ${value.length} characters; ${maxLength} are allowed.`]
  if (typeof value === 'string' && format && !formats[format].pattern.test(value))
    return ['INVALID_FORMAT', `${name} is "${shown(value)}"; it has to look like ${formats[format].example}.`]
  if (typeof value === 'string' && format && formats[format].isKnown?.(value) === false)
    return [
      'INVALID_FORMAT',
      `${name} is "${shown(value)}", which nobody knows; take one such as ${formats[format].example}.`,
    ]
  const below = min !== undefined && Number(value) < min
  const above = max !== undefined && Number(value) > max
  if (!below && !above) return null
  const allowed =
    max === undefined ? `at least ${min}` : min === undefined ? `at most ${max}` : `${min} to ${max}`
  return ['OUT_OF_RANGE', `${name} is ${shown(value)}; it has to be ${allowed}.`]
}

/** What the caller left out and nobody else fills in. */
function missing(entity: EntityDefinition, draft: Draft): readonly UserError[] {
  if (draft.action !== 'create') return []
  return [...entity.columns.values()]
    .filter(({ name, nullable, defaultLiteral, filled, writable }) => {
      const required = !nullable && defaultLiteral === null && !filled && writable !== 'never'
      return required && draft.values[name] === undefined
    })
    .map(({ name }) => refusal(draft, name, 'REQUIRED', `${name} is required.`))
}

/** Holds a draft's values against the rules of the SDL. */
export const validate = (entity: EntityDefinition, draft: Draft): readonly UserError[] => [
  ...missing(entity, draft),
  ...Object.entries(draft.values).flatMap(([name, value]) => {
    const problem = value === undefined ? null : problemOf(columnOf(entity, name), value)
    return problem ? [refusal(draft, name, ...problem)] : []
  }),
]
