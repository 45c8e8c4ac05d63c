import type { ComposedExtension, Composition } from './composition.ts'
import { type ExtensionDecision, NotConfigured, undecided } from './decision.ts'
import type { Draft } from './draft.ts'
import type { Finding } from './finding.ts'
import type { Ownership } from './ownership.ts'
import type { Problem } from './problem.ts'
import type { ExtensionSubschema } from './subschema.ts'
import type { Unavailable } from './unavailable.ts'

export interface ReportOptions {
  readonly installed: readonly ExtensionSubschema[]
  /** By name. */
  readonly decisions: ReadonlyMap<string, ExtensionDecision>
  readonly draft: Draft
  readonly ownership: Ownership
  readonly findings: readonly Finding[]
  readonly unavailable: Unavailable
}

/** How each installed extension fared, and what is to be said of those in the schema. */
export function reportOn(options: ReportOptions): Pick<Composition, 'extensions' | 'problems'> {
  const { installed, draft, ownership, unavailable, decisions } = options
  const standing = new Set(draft.extensions)
  const findings = [...options.findings, ...unavailable.findings]
  const owns = Map.groupBy(ownership.keys(), coordinate => ownership.get(coordinate)?.name)
  const extensions = installed.map(subschema => {
    const { name, version, description, extension } = subschema
    const isRunning = standing.has(subschema) && !unavailable.causes.has(name)
    const decision = decisions.get(name) ?? undecided
    return {
      name,
      version,
      description,
      status: isRunning ? ('ENABLED' as const) : restingStatus(decision, unavailable.causes.get(name)),
      decision,
      // What was found of others that are left out now is theirs: errors of who stands are solved.
      problems: problemsOf(
        findings.filter(
          ({ atFault, problem }) => atFault.has(name) && (!isRunning || problem.severity === 'warning'),
        ),
      ),
      owns: standing.has(subschema) ? (owns.get(name) ?? []).toSorted() : [],
      extension,
    }
  })
  const warned = new Set(draft.extensions.map(({ name }) => name))
  return {
    extensions,
    problems: problemsOf(
      findings.filter(
        ({ atFault, problem }) =>
          problem.severity === 'warning' && [...atFault].every(name => warned.has(name)),
      ),
    ),
  }
}

/** Why it does not run. */
function restingStatus(
  { isEnabled }: ExtensionDecision,
  cause: Error | undefined,
): ComposedExtension['status'] {
  if (!isEnabled) return 'DISABLED'
  return cause instanceof NotConfigured ? 'CONFIGURING' : 'QUARANTINED'
}

/** Errors first, then by who and where, so that the order of registration does not show; each once. */
export function problemsOf(findings: readonly Finding[]): readonly Problem[] {
  const distinct = new Map(findings.map(({ problem }) => [keyOf(problem), problem]))
  return [...distinct]
    .toSorted(([left], [right]) => (left < right ? -1 : left > right ? 1 : 0))
    .map(([, problem]) => problem)
}

function keyOf({ severity, code, coordinate, message, extensions }: Problem): string {
  const [first] = extensions
  const number = (value: number | undefined): string => String(value ?? 0).padStart(7, '0')
  const place = [first?.name, first?.file, number(first?.line), number(first?.column)]
  return JSON.stringify([severity, ...place, code, coordinate, message])
}
