import { type UserError, UserErrors } from '@trellis/sdk'
import { CompositionError, type PreparedComposition, type Problem } from '../composition/index.ts'
import type { LifecycleOptions } from './deciding.ts'
import type { Decisions } from './decisions.ts'

/** What is composed, as far as a decision is held against it. */
export type Standing = Pick<PreparedComposition, 'schema' | 'extensions'>

/**
 * What was decided, served or not: replicas are a moment behind, and a decision before this one may be of the same
 * transaction. What was decided and cannot be composed is served by nobody, so that what serves is all there is.
 */
export function standingUnder(
  decisions: Decisions,
  { prepare, current }: Pick<LifecycleOptions, 'prepare' | 'current'>,
): Standing {
  try {
    return prepare(decisions)
  } catch (error) {
    if (error instanceof CompositionError) return current()
    throw error
  }
}

export interface ComposedOptions extends Pick<LifecycleOptions, 'prepare'> {
  /** What the decisions are held against. */
  readonly standing: Standing
  /** The part of the input that a problem is about. */
  readonly partOf: (code: Problem['code']) => string
}

/**
 * What would be served, with nobody left out who is not by now.
 *
 * @throws UserErrors `NOT_COMPOSABLE` with every problem
 */
export function composedOrRefused(
  decisions: Decisions,
  { prepare, standing, partOf }: ComposedOptions,
): PreparedComposition {
  const leftOut = new Set(
    standing.extensions.filter(({ status }) => status === 'QUARANTINED').map(({ name }) => name),
  )
  try {
    const prepared = prepare(decisions)
    const problems = prepared.extensions
      .filter(({ name, status }) => status === 'QUARANTINED' && !leftOut.has(name))
      .flatMap(extension => extension.problems)
    refuseProblems(problems, partOf)
    return prepared
  } catch (error) {
    if (error instanceof CompositionError) refuseProblems(error.problems, partOf)
    throw error
  }
}

/** @throws UserErrors when there are errors among them */
function refuseProblems(problems: readonly Problem[], partOf: ComposedOptions['partOf']): void {
  const errors = problems.filter(({ severity }) => severity === 'error')
  if (errors.length === 0) return
  throw new UserErrors(
    errors.map(
      ({ code, message, fix }): UserError => ({
        code: 'NOT_COMPOSABLE',
        message: `${code}: ${message} ${fix}`,
        path: ['input', partOf(code)],
      }),
    ),
  )
}
