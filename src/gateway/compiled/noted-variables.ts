type Values = Readonly<Record<string, unknown>>

const noted = new WeakMap<Values, Values>()

/** Keeps what a request's variables came to when they were checked, so that nobody has to work it out again. */
export function noteVariables(given: Values, coerced: Values): void {
  noted.set(given, coerced)
}

/** What they came to; `null` for variables that were not checked. */
export const notedVariables = (given: Values): Values | null => noted.get(given) ?? null
