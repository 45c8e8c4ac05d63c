const dayMilliseconds = 86_400_000

/** The instant so many days before another one. */
export const daysBefore = (instant: Date, days: number): Date =>
  new Date(instant.getTime() - days * dayMilliseconds)
