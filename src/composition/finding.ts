import { placeOf, type Spot } from './place.ts'
import { describePlace, type Problem } from './problem.ts'
import type { ProblemCode } from './problem-codes.ts'
import type { Subschema } from './subschema.ts'

/** A problem, and whom leaving out would solve it. */
export interface Finding {
  readonly problem: Problem
  /** Names of extensions, or `core`. */
  readonly atFault: ReadonlySet<string>
  /** Everyone else involved: with one of them gone the problem may be gone as well. */
  readonly against: ReadonlySet<string>
}

export interface FindingOptions {
  readonly code: ProblemCode
  /** @default 'error' */
  readonly severity?: Problem['severity']
  readonly coordinate?: string | undefined
  /** Who has to change first, then who was there before. */
  readonly spots: readonly Spot[]
  /** Is given each spot as name, version and place. */
  readonly message: (...named: string[]) => string
  readonly fix: string
  /** @default whoever is named first */
  readonly atFault?: readonly Subschema[]
}

/** Words a problem. Its message names everyone involved with file, line and column. */
export function finding(options: FindingOptions): Finding {
  const { code, severity = 'error', coordinate, spots, message, fix } = options
  const places = spots.map(spot => placeOf({ coordinate, ...spot }))
  const involved = spots.map(({ subschema }) => subschema.name)
  const atFault = new Set(options.atFault?.map(({ name }) => name) ?? involved.slice(0, 1))
  return {
    problem: {
      code,
      severity,
      coordinate: coordinate ?? null,
      extensions: places,
      message: message(...places.map(describePlace)),
      fix,
    },
    atFault,
    against: new Set(involved.filter(name => !atFault.has(name))),
  }
}
