/** The scenarios' spelling of values, for contenders that spell them otherwise. */

/** A decimal without trailing zeros: `12.5000` is `12.5`. */
export const decimal = (value: string | number | null): string | null => {
  if (value === null) return null
  const text = String(value)
  return text.includes('.') ? text.replace(/\.?0+$/, '') : text
}

/** An instant in ISO 8601 with milliseconds and Z. */
export const instant = (value: string | null): string | null =>
  value === null ? null : new Date(value).toISOString()

/**
 * What a GraphQL server answered, without its envelope.
 *
 * @throws Error when there are errors in the answer, or no data
 */
export const dataOf = <Data>(body: unknown): Data => {
  const { data, errors } = body as { readonly data?: Data | null; readonly errors?: unknown }
  if (errors !== undefined || data === undefined || data === null)
    throw new Error(`expected data without errors, got ${JSON.stringify(body).slice(0, 500)}`)
  return data
}
