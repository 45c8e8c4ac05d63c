/**
 * The names of one place of the response, so that whatever is selected there twice can be merged: the same
 * field with the same arguments, and below it the same again.
 */
export type Scope = Map<string, Named>

interface Named {
  /** Everything that has to be equal for two selections of one name: field, arguments, type. */
  readonly signature: string
  readonly below: Scope
}

/** The place below a name; `null` when the name means something else here. */
export function enter(scope: Scope, name: string, signature: string): Scope | null {
  const known = scope.get(name)
  if (known) return known.signature === signature ? known.below : null
  const below: Scope = new Map()
  scope.set(name, { signature, below })
  return below
}

/** Whether what is selected in one place may stand in the other as well. */
const fits = (scope: Scope, other: Scope): boolean =>
  [...other].every(([name, { signature, below }]) => {
    const known = scope.get(name)
    return !known || (known.signature === signature && fits(known.below, below))
  })

/** Takes over the names of another place, as a fragment does that is spread here; false, and nothing done, when they do not fit. */
export function absorb(scope: Scope, other: Scope): boolean {
  if (!fits(scope, other)) return false
  for (const [name, { signature, below }] of other) {
    const place = enter(scope, name, signature)
    if (place) absorb(place, below)
  }
  return true
}
