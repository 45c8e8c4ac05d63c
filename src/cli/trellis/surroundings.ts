/** What a command has of the process around it. */
export interface Surroundings {
  /** Says what was asked for. */
  readonly print: (text: string) => void
  /** Says what went wrong. */
  readonly complain: (text: string) => void
  /** Ends the process with 1 once the command is done: something is wrong, and it was said. */
  readonly fail: () => void
}
