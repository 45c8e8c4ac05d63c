import type { Change, Check, Records, UserError } from '@trellis/sdk'

type Segment = Records['Segment']

const refusal = (
  { path }: Change<Segment>,
  code: string,
  message: string,
  within: readonly string[] = [],
): UserError => ({ code, message, path: [...path, 'rules', ...within] })

/** Refuses rules that are no filter of customers, that a static segment has, or that one by rules has not. */
export const checkRules: Check<Segment> = (changes, { loaders }) =>
  changes.flatMap(change => {
    const { action, before, values } = change
    const kind = values.kind ?? before?.kind ?? 'STATIC'
    const { rules } = values
    if (kind === 'STATIC')
      return rules == null
        ? []
        : [refusal(change, 'CONTRADICTION', 'A segment of kind STATIC has members, and no rules.')]
    if (rules === null || (action === 'create' && rules === undefined))
      return [refusal(change, 'REQUIRED', 'A segment of kind RULES needs rules, a CustomerFilter.')]
    if (rules === undefined) return []
    const { problems } = loaders.storedFilters.read('Customer', rules)
    return (problems ?? []).map(({ message, path }) => refusal(change, 'INVALID_RULES', message, path))
  })
