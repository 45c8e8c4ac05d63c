import type { ProblemCode } from './problem-codes.ts'

/** Who is involved in a problem, and where it is written. */
export interface Place {
  /** The extension's name; for the core, its module's. */
  readonly name: string
  readonly version: string
  /** Relative to the working directory when below it. */
  readonly file: string
  readonly line: number
  readonly column: number
}

/** Something that keeps an extension, or the whole schema, from being composed as it is written. */
export interface Problem {
  readonly code: ProblemCode
  readonly severity: 'error' | 'warning'
  /** Such as `Customer.score`; `null` when it is about an extension as a whole. */
  readonly coordinate: string | null
  /** Everyone involved; who has to change comes first. */
  readonly extensions: readonly Place[]
  readonly message: string
  /** What to do about it. */
  readonly fix: string
}

/** `loyalty 1.2.0 (extensions/loyalty/schema.graphql:3:5)`, as messages name who is involved. */
export const describePlace = ({ name, version, file, line, column }: Place): string =>
  `${name} ${version} (${file}:${line}:${column})`
