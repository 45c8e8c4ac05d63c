/**
 * How an entry of a registry is made for one request, the first time it is asked for. `made` is what others made of
 * the entry before, which what is made now adds to and takes the place of.
 */
export type Factory<Scope> = (scope: Scope, made: object) => object

/** At least one; several make plain objects, of which one is put together. */
export type Makers<Scope> = readonly [Factory<Scope>, ...(readonly Factory<Scope>[])]

/**
 * A registry whose entries are made when they are first used. Its getters are laid out once, here; a request
 * costs one small object, however many modules and extensions there are.
 */
export function lazyRegistry<Registry extends object, Scope>(
  factories: ReadonlyMap<string, Makers<Scope>>,
): (scope: Scope) => Registry {
  const scopeOf = new WeakMap<object, Scope>()
  const getters = Object.fromEntries(
    [...factories].map(([name, makers]) => [
      name,
      {
        enumerable: true,
        get(this: object) {
          const scope = scopeOf.get(this)
          if (scope === undefined) throw new Error(`${name} was taken off its request.`)
          const [first, ...others] = makers
          // What has one maker is what that made, be it an instance of a class.
          const entry = others.reduce<object>(
            (made, make) => ({ ...made, ...make(scope, made) }),
            first(scope, {}),
          )
          Object.defineProperty(this, name, { value: entry, enumerable: true })
          return entry
        },
      },
    ]),
  )
  const prototype: Registry = Object.defineProperties(Object.create(null), getters)
  return scope => {
    const registry: Registry = Object.create(prototype)
    scopeOf.set(registry, scope)
    return registry
  }
}
