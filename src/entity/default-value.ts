import type { Column } from './definition.ts'

/** What is stored of a column that nobody says anything of; `undefined` where somebody has to. */
export function defaultValue({ isEnum, nullable, defaultLiteral }: Column): unknown {
  if (defaultLiteral === null) return nullable ? null : undefined
  // An enum's value stands bare in SDL; any other literal that we take is JSON, too.
  return isEnum ? defaultLiteral : JSON.parse(defaultLiteral)
}
