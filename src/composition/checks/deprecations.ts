import { type ASTNode, Kind } from 'graphql'
import { definitionsOf } from '../definitions.ts'
import { finding } from '../finding.ts'
import type { Check } from './check.ts'

/**
 * Whoever uses what goes is told what to use instead, and since when, so that they know how long they have. For
 * extensions a warning, so that a draft can be tried.
 */
export const deprecations: Check = function* ({ core, extensions }) {
  for (const subschema of [core, ...extensions])
    for (const { coordinate, node } of definitionsOf(subschema)) {
      const reason = reasonOf(node)
      if (reason === null) continue
      const flaws = [
        ...(/`[^`]+`/.test(reason) ? [] : ['what to use instead']),
        ...(saysSince(reason) ? [] : ['since when']),
      ]
      if (flaws.length > 0)
        yield finding({
          code: 'DEPRECATION_INCOMPLETE',
          severity: subschema.kind === 'core' ? 'error' : 'warning',
          coordinate,
          spots: [{ subschema, node }],
          message: named => `${coordinate} of ${named} is deprecated without saying ${flaws.join(' and ')}.`,
          fix: 'Write `@deprecated(reason: "Use \\`visits\\`; since 2026-03-01.")`: what to use in backticks, and the day.',
        })
    }
}

/** The reason as it is written, empty for none; `null` for what is not deprecated. */
function reasonOf(node: ASTNode): string | null {
  const directives = 'directives' in node ? (node.directives ?? []) : []
  const deprecated = directives.find(({ name }) => name.value === 'deprecated')
  const reason = deprecated?.arguments?.find(({ name }) => name.value === 'reason')?.value
  if (!deprecated) return null
  // What is no text breaks a rule of GraphQL, which says so.
  return reason?.kind === Kind.STRING ? reason.value : ''
}

function saysSince(reason: string): boolean {
  const [, day] = /\bsince (\d{4}-\d{2}-\d{2})\b/i.exec(reason) ?? []
  // JavaScript reads the 31st of February as the 3rd of March.
  const time = day === undefined ? Number.NaN : Date.parse(day)
  return !Number.isNaN(time) && new Date(time).toISOString().slice(0, 10) === day
}
