import { type UserError, UserErrors } from '@trellis/sdk'
import {
  type Composition,
  CompositionError,
  type PreparedComposition,
  type Problem,
} from '../../composition/index.ts'
import type { LifecycleOptions } from '../deciding.ts'
import type { Decisions } from '../decisions.ts'

/**
 * What would be served, with nobody left out who is not by now.
 *
 * @throws UserErrors `NOT_COMPOSABLE` with every problem
 */
export function composedOrRefused(
  prepare: LifecycleOptions['prepare'],
  decisions: Decisions,
  { extensions }: Composition,
): PreparedComposition {
  const prepared = preparedOrRefused(prepare, decisions)
  const leftOut = new Set(extensions.filter(({ status }) => status === 'QUARANTINED').map(({ name }) => name))
  const problems = prepared.extensions
    .filter(({ name, status }) => status === 'QUARANTINED' && !leftOut.has(name))
    .flatMap(extension => extension.problems)
  refuseProblems(problems)
  return prepared
}

function preparedOrRefused(prepare: LifecycleOptions['prepare'], decisions: Decisions): PreparedComposition {
  try {
    return prepare(decisions)
  } catch (error) {
    if (error instanceof CompositionError) refuseProblems(error.problems)
    throw error
  }
}

/** Each at the part of the input that it is most likely about. @throws UserErrors when there are errors among them */
function refuseProblems(problems: readonly Problem[]): void {
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

function partOf(code: Problem['code']): string {
  if (code === 'INVALID_SUBGRAPH_NAME' || code === 'DUPLICATE_NAME') return 'name'
  if (code === 'INVALID_VERSION') return 'version'
  if (code.startsWith('DEPENDENCY_') || code === 'INVALID_RANGE') return 'dependsOn'
  if (code === 'PERMISSION_INVALID') return 'permissions'
  return code.startsWith('MERGE_') ? 'merge' : 'schema'
}
