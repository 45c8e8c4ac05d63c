import type { Draft } from './draft.ts'
import { moduleOf } from './place.ts'
import type { Subschema } from './subschema.ts'

/** Who answers for a part of the schema. */
export interface Owner {
  /** The extension's name; for the core, its module's. */
  readonly name: string
  readonly version: string
  readonly kind: 'core' | 'extension'
}

/** Owner by coordinate: `Customer`, `Customer.score`, `@loyaltyOnly`. */
export type Ownership = ReadonlyMap<string, Owner>

/** The first claim of each coordinate: the checks have seen to it that there is no other. */
export function ownershipOf({ core, extensions, types, members, directives }: Draft): Ownership {
  const owners = new Map<Subschema, Owner>(
    extensions.map(subschema => [
      subschema,
      { name: subschema.name, version: subschema.version, kind: 'extension' },
    ]),
  )
  const modules = new Map<string, Owner>()
  const ownership = new Map<string, Owner>()
  const claim = (coordinate: string, subschema: Subschema | undefined): void => {
    if (subschema !== undefined) ownership.set(coordinate, owners.get(subschema) ?? moduleOwner(coordinate))
  }
  const moduleOwner = (coordinate: string): Owner => {
    const name = moduleOf(core.owners, coordinate)
    const owner = modules.get(name) ?? { name, version: core.version, kind: 'core' }
    modules.set(name, owner)
    return owner
  }
  for (const [name, [first]] of types) claim(name, first?.subschema)
  for (const [coordinate, [first]] of members) claim(coordinate, first?.subschema)
  for (const [name, [first]] of directives) claim(`@${name}`, first?.subschema)
  return ownership
}
