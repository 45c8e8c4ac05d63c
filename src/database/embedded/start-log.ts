/** Where a start reports to. A pino logger is one. */
export interface StartLog {
  info(details: object, message: string): void
  warn(details: object, message: string): void
}
