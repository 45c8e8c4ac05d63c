import type { Problem } from './problem.ts'

const paragraph = ({ code, severity, message, fix }: Problem): string =>
  `${severity === 'error' ? '✗' : '!'} ${code}\n  ${message}\n  Fix: ${fix}`

/** Core and extensions do not compose; carries all problems at once, warnings included. */
export class CompositionError extends Error {
  readonly problems: readonly Problem[]

  constructor(problems: readonly Problem[]) {
    const errors = problems.filter(({ severity }) => severity === 'error').length
    const heading = `The schema does not compose: ${errors} ${errors === 1 ? 'problem' : 'problems'}.`
    super([heading, ...problems.map(paragraph)].join('\n\n'))
    this.name = 'CompositionError'
    this.problems = problems
  }
}
