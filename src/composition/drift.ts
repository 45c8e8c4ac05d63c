import type { ComposedExtension } from './composition.ts'
import { describePlace, type Problem } from './problem.ts'

interface Change {
  readonly type: string
  readonly description: string
}

/** Whether a service elsewhere still is what it is pinned to. */
export interface Drift {
  /** `UNKNOWN`: it was not asked yet, or does not tell. */
  readonly status: 'SAME' | 'CHANGED' | 'UNKNOWN'
  /** When it last told; `null` when it never has. */
  readonly checkedAt: Date | null
  /** Why it is not known, or not known anew. */
  readonly reason: string | null
  /** What operations that fit the pinned schema may fail of. */
  readonly breaking: readonly Change[]
  /** What else is not as it is pinned. */
  readonly other: readonly Change[]
}

/** So many are named in a message; all of them are in `drift`. */
const mostNamed = 10

function listed(changes: readonly Change[]): string {
  const named = changes.slice(0, mostNamed).map(({ description }) => description)
  return [...named, ...(changes.length > mostNamed ? [`And ${changes.length - mostNamed} more.`] : [])].join(
    ' ',
  )
}

/** What is wrong with an extension that has drifted: an error where operations may fail, a warning otherwise. */
export function driftProblems(
  { name, version, extension: { file, remote } }: ComposedExtension,
  { breaking, other }: Drift,
): readonly Problem[] {
  const place = { name, version, file: remote?.schema.file ?? file, line: 1, column: 1 }
  const problem = (
    severity: Problem['severity'],
    what: string,
    changes: readonly Change[],
  ): readonly Problem[] =>
    changes.length === 0
      ? []
      : [
          {
            code: 'SCHEMA_DRIFT',
            severity,
            coordinate: null,
            extensions: [place],
            message: `The service of ${describePlace(place)} ${what}: ${listed(changes)}`,
            fix: 'Pin the schema that the service has now, or have it answer as it did.',
          },
        ]
  return [
    ...problem('error', 'has changed so that operations may fail', breaking),
    ...problem('warning', 'has changed since it was pinned', other),
  ]
}
