/** The primary's lines in the log. */
export interface PrimaryLog {
  readonly info: (details: object, message: string) => void
  readonly warn: (details: object, message: string) => void
  readonly error: (details: object, message: string) => void
}

/** pino's lines, in order. It is imported when there is something to say, since a start waits for nothing here. */
export function createPrimaryLog(level: () => string): PrimaryLog {
  const opened = async () => {
    const { pino } = await import('pino')
    return pino({ level: level(), base: null })
  }
  let logger: ReturnType<typeof opened> | undefined
  const write =
    (severity: 'info' | 'warn' | 'error') =>
    (details: object, message: string): void =>
      void (logger ??= opened()).then(to => to[severity](details, message))
  return { info: write('info'), warn: write('warn'), error: write('error') }
}
