/** 0 when all is well, 1 when something is wrong or was refused, 2 when the words of the command were wrong. */
export type ExitCode = 0 | 1 | 2

/** What ends a command with a message to whoever typed it, and no stack. */
export class CommandError extends Error {
  override readonly name = 'CommandError'
  readonly exitCode: ExitCode

  constructor(message: string, { exitCode = 1, cause }: { exitCode?: ExitCode; cause?: unknown } = {}) {
    super(message, { cause })
    this.exitCode = exitCode
  }
}
