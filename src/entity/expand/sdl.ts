/** SDL text from parts; every part has its description. */

const described = (description: string, indent = ''): string => `${indent}${JSON.stringify(description)}\n`

export interface Item {
  readonly name: string
  readonly description: string
  /** What follows the name: `: Int! = 1`, `(id: ID!): Customer`, or nothing for an enum's value. */
  readonly rest?: string
}

/** `kind name { items }`, such as `input CustomerFilter { … }`. */
export const block = (head: string, description: string, items: readonly Item[]): string =>
  `${described(description)}${head} {\n${items
    .map(item => `${described(item.description, '  ')}  ${item.name}${item.rest ?? ''}`)
    .join('\n')}\n}\n`

/** `extend type Query { items }`. */
export const extension = (head: string, items: readonly Item[]): string =>
  `extend ${head} {\n${items
    .map(item => `${described(item.description, '  ')}  ${item.name}${item.rest ?? ''}`)
    .join('\n')}\n}\n`

/** `(first: Int, after: String)`, each argument described. */
export const parameters = (items: readonly Item[]): string =>
  `(${items.map(({ name, description, rest }) => `${JSON.stringify(description)} ${name}${rest ?? ''}`).join(', ')})`
