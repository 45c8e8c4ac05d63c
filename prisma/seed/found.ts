/** The value, which has to be there. @throws Error when the sample contradicts itself */
export function found<Value>(value: Value | undefined, what: string): Value {
  if (value === undefined) throw new Error(`The sample data has no ${what}.`)
  return value
}
