import { type Finding, finding } from './finding.ts'
import { dependenciesOf } from './sort-extensions.ts'
import type { CoreSubschema, ExtensionSubschema } from './subschema.ts'

/** How composing stands: who is still in, who had to go, and all that was found so far. */
export interface Judgement {
  readonly standing: readonly ExtensionSubschema[]
  readonly findings: readonly Finding[]
  /** Something is wrong that leaving optional extensions out does not solve. */
  readonly isFatal: boolean
}

export interface JudgeOptions {
  readonly core: CoreSubschema
  readonly strict: boolean
}

/** Leaves out whoever is at fault, and whoever depends on them, as long as all of these are optional. */
export function judge(
  before: Judgement,
  found: readonly Finding[],
  { core, strict }: JudgeOptions,
): Judgement {
  const errors = found.filter(({ problem }) => problem.severity === 'error')
  const { names, orphaned } = namesToLeaveOut(before.standing, errors)
  const out = before.standing.filter(({ name }) => names.has(name))
  return {
    standing: before.standing.filter(({ name }) => !names.has(name)),
    findings: [...before.findings, ...found, ...orphaned],
    isFatal:
      before.isFatal ||
      (strict && errors.length > 0) ||
      errors.some(({ atFault }) => atFault.has(core.name)) ||
      out.some(({ extension }) => extension.startup === 'required'),
  }
}

function namesToLeaveOut(
  standing: readonly ExtensionSubschema[],
  errors: readonly Finding[],
): { readonly names: ReadonlySet<string>; readonly orphaned: readonly Finding[] } {
  const names = new Set<string>()
  const orphaned: Finding[] = []
  const leaveOut = (name: string): void => {
    if (names.has(name)) return
    names.add(name)
    for (const dependent of standing) {
      if (names.has(dependent.name) || !dependenciesOf(dependent).includes(name)) continue
      orphaned.push(
        orphan(
          dependent,
          standing.filter(subschema => subschema.name === name),
        ),
      )
      leaveOut(dependent.name)
    }
  }
  const order = new Map(standing.map(({ name }, index) => [name, index]))
  const place = ({ atFault }: Finding): number => Math.min(...[...atFault].map(name => order.get(name) ?? -1))
  const isAlone = ({ against }: Finding): boolean => ![...against].some(name => order.has(name))
  // First who is wrong in itself. A conflict with one of these may be gone together with it, and so may one
  // with an extension that a conflict has taken out; if it is not, the next round finds it again.
  for (const { atFault } of errors.filter(isAlone)) atFault.forEach(leaveOut)
  for (const { atFault, against } of errors.toSorted((left, right) => place(left) - place(right)))
    if (![...against].some(name => names.has(name))) atFault.forEach(leaveOut)
  return { names, orphaned }
}

const orphan = (subschema: ExtensionSubschema, dependencies: readonly ExtensionSubschema[]): Finding =>
  finding({
    code: 'DEPENDENCY_QUARANTINED',
    spots: [{ subschema }, ...dependencies.map(dependency => ({ subschema: dependency }))],
    message: (named, ...others) => `${named} depends on ${others.join(' and ')}, which is quarantined.`,
    fix: 'Solve the problems of that extension first.',
  })
