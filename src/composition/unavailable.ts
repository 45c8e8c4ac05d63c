import { NotConfigured } from './decision.ts'
import { type Finding, finding } from './finding.ts'
import { dependenciesOf } from './sort-extensions.ts'
import type { ExtensionSubschema } from './subschema.ts'

/** Extensions that are in the schema but not running, and why. */
export interface Unavailable {
  /** By name. */
  readonly causes: ReadonlyMap<string, Error>
  readonly findings: readonly Finding[]
  /** A required extension is among them. */
  readonly isFatal: boolean
}

/** Those whose setup failed, and those that depend on them: their loaders are not there. */
export function findUnavailable(
  standing: readonly ExtensionSubschema[],
  failures: ReadonlyMap<string, Error>,
): Unavailable {
  const causes = new Map<string, Error>()
  const findings: Finding[] = []
  // Dependencies come first, so one pass finds dependents of dependents as well.
  for (const subschema of standing) {
    const own = failures.get(subschema.name)
    const dependency = standing.find(
      ({ name }) => causes.has(name) && dependenciesOf(subschema).includes(name),
    )
    if (own !== undefined) {
      causes.set(subschema.name, own)
      findings.push(
        own instanceof NotConfigured
          ? notConfigured(subschema, own)
          : finding({
              code: 'SETUP_FAILED',
              spots: [{ subschema }],
              message: named => `${named} could not be set up: ${own.message}`,
              fix: 'Correct what the message says and start again; its fields answer null until then.',
            }),
      )
    } else if (dependency !== undefined) {
      causes.set(
        subschema.name,
        causes.get(dependency.name) ?? new Error(`${dependency.name} is not running`),
      )
      findings.push(
        finding({
          code: 'DEPENDENCY_QUARANTINED',
          spots: [{ subschema }, { subschema: dependency }],
          message: (named, other) => `${named} depends on ${other}, which is not running.`,
          fix: 'Solve the problems of that extension first.',
        }),
      )
    }
  }
  const isFatal = standing.some(({ name, extension }) => causes.has(name) && extension.startup === 'required')
  return { causes, findings, isFatal }
}

const notConfigured = (subschema: ExtensionSubschema, { message }: NotConfigured): Finding =>
  finding({
    code: 'NOT_CONFIGURED',
    spots: [{ subschema }],
    message: named => `${named} waits to be configured: ${message}`,
    fix: `Set what is missing: mutation extensionConfigure(input: { name: "${subschema.name}" … }).`,
  })
