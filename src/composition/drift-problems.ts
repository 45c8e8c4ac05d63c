import type { ComposedExtension } from './composition.ts'
import type { Drift, SchemaChange } from './drift.ts'
import { shortened } from './place.ts'
import { describePlace, type Problem } from './problem.ts'

/** So many are named in a message; all of them are in `drift`. */
const mostNamed = 10

function listed(changes: readonly SchemaChange[]): string {
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
  const place = { name, version, file: shortened(remote?.schema.file ?? file), line: 1, column: 1 }
  const problem = (
    severity: Problem['severity'],
    what: string,
    changes: readonly SchemaChange[],
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
