import type { Paint } from './paint.ts'

/** What a command has of the process around it. */
export interface Surroundings {
  /** Says what was asked for. */
  readonly print: (text: string) => void
  /** Says what went wrong. */
  readonly complain: (text: string) => void
  /** Colours what is printed, where that is seen. */
  readonly paint: Paint
  /** The environment's `TRELLIS_KEY`: a key of the API. */
  readonly key: string | null
  /** Asks whoever is at the terminal; `null` when nobody is. */
  readonly confirm: (question: string) => Promise<boolean | null>
  /** The values of these secrets, which are no words of the command. @throws CommandError when they are not all there */
  readonly readSecrets: (
    names: readonly string[],
  ) => Promise<readonly { readonly name: string; readonly value: string }[]>
  /** Ends the process with 1 once the command is done: something is wrong, and it was said. */
  readonly fail: () => void
}
