/** What GraphQL answered. */
export interface Answer {
  readonly data?: Readonly<Record<string, unknown>> | null
  readonly errors?: readonly {
    readonly message: string
    readonly path?: readonly (string | number)[]
    readonly extensions: Readonly<Record<string, unknown>>
  }[]
}

/** What stands at a path such as `customers.nodes.0.name`; `undefined` where it breaks off. */
export function valueAt(tree: unknown, path: string): unknown {
  return path
    .split('.')
    .reduce<unknown>(
      (value, step) => (typeof value === 'object' && value !== null ? Reflect.get(value, step) : undefined),
      tree,
    )
}

/** @throws Error with the whole answer when there is no text */
export function textAt(tree: unknown, path: string): string {
  const value = valueAt(tree, path)
  if (typeof value !== 'string') throw new Error(`There is no text at ${path} of ${JSON.stringify(tree)}.`)
  return value
}

/** @throws Error with the whole answer when there is no list */
export function listAt(tree: unknown, path: string): readonly unknown[] {
  const value: unknown = valueAt(tree, path)
  if (!Array.isArray(value)) throw new Error(`There is no list at ${path} of ${JSON.stringify(tree)}.`)
  return value
}

/** One field of each item of a list: `fieldsAt(answer, 'customers.nodes', 'name')`. */
export const fieldsAt = (tree: unknown, path: string, field: string): readonly unknown[] =>
  listAt(tree, path).map(item => valueAt(item, field))

/** The codes of an answer's errors. */
export const codesOf = ({ errors = [] }: Answer): readonly unknown[] =>
  errors.map(({ extensions }) => extensions['code'])
