/** What went wrong, for code that treats some cases apart; people read the message. */
export type MigrationProblem =
  | 'unreachable'
  | 'locked'
  | 'folder'
  | 'name'
  | 'schema'
  | 'edited'
  | 'failed'
  | 'unknown'
  | 'shadow'
  | 'engine'

/** A situation that somebody has to put right; its message says which and how, so no stack is needed. */
export class MigrationError extends Error {
  readonly problem: MigrationProblem

  constructor(problem: MigrationProblem, message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'MigrationError'
    this.problem = problem
  }
}
