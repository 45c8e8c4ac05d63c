import type { Extension } from '@trellis/sdk'
import { type Composition, CompositionError, type Problem } from '../../composition/index.ts'
import { composeWith } from '../../start/composed-schema.ts'

export interface Composed {
  /** `null` when the core or an extension that is required does not fit. */
  readonly composition: Composition | null
  /** All that is wrong, errors first. */
  readonly problems: readonly Problem[]
}

/** Composes the core with these extensions, and answers what is wrong rather than throwing it. */
export function composeAndReport(extensions: readonly Extension[]): Composed {
  try {
    const composition = composeWith(extensions)
    const all = new Set([
      ...composition.extensions.flatMap(({ problems }) => problems),
      ...composition.problems,
    ])
    const isError = ({ severity }: Problem): boolean => severity === 'error'
    return {
      composition,
      problems: [...[...all].filter(isError), ...[...all].filter(problem => !isError(problem))],
    }
  } catch (error) {
    if (error instanceof CompositionError) return { composition: null, problems: error.problems }
    throw error
  }
}
