/** The part of a pino logger that migrations write to. */
export interface MigrationLog {
  info(details: object, message: string): void
}
