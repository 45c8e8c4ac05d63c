import type { Random } from '../../../prisma/seed/random.ts'

/** A variable of an operation. */
interface Variable {
  readonly name: string
  /** As it is declared: `ID!`. */
  readonly type: string
  /** A literal, or empty for none. */
  readonly defaultValue: string
  /** What is sent for it; absent where nothing is. */
  readonly given?: unknown
}

/** The variables of one operation, as they come up. */
export interface Variables {
  /** Puts a variable in the place of a value: `$v1`. */
  readonly put: (use: VariableUse) => string
  /** A condition of `@skip` or `@include`, a literal at times. */
  readonly condition: () => string
  /** Those that the text names: what declares them, and what is sent. */
  readonly of: (text: string) => {
    readonly declared: string
    readonly given: Readonly<Record<string, unknown>>
  }
}

export interface VariableUse {
  /** The type of its place, such as `[ID!]!`. */
  readonly type: string
  readonly value: unknown
  /** The value as a literal. */
  readonly literal: string
  /** Whether its place has a default of its own, so that nothing need be given. */
  readonly isOptional: boolean
}

const nullable = (type: string): string => (type.endsWith('!') ? type.slice(0, -1) : type)

export function createVariables(random: Random): Variables {
  const known: Variable[] = []

  const declare = ({ type, value, literal, isOptional }: VariableUse): Omit<Variable, 'name'> => {
    const isRequired = type.endsWith('!')
    const way = random.integer(1, 100)
    if (way <= 12) return { type: nullable(type), defaultValue: literal }
    if (way <= 18) return { type, defaultValue: literal, given: value }
    // The executor refuses this one: validation lets a default stand for what is not null.
    if (way === 19 && random.chance(0.3)) return { type: nullable(type), defaultValue: literal, given: null }
    if (way <= 26 && (!isRequired || isOptional)) return { type: nullable(type), defaultValue: '' }
    if (way === 27 && !isRequired) return { type, defaultValue: '', given: null }
    return { type, defaultValue: '', given: value }
  }

  return {
    put(use) {
      const same = known.find(({ type, given }) => type === use.type && given === use.value)
      if (same && random.chance(0.5)) return `$${same.name}`
      const variable = { name: `v${known.length + 1}`, ...declare(use) }
      known.push(variable)
      return `$${variable.name}`
    },
    condition() {
      const value = random.chance(0.6)
      const literal = String(value)
      return random.chance(0.4) ? literal : this.put({ type: 'Boolean!', value, literal, isOptional: false })
    },
    of(text) {
      const named = new Set(text.match(/\$v\d+\b/g))
      const used = known.filter(({ name }) => named.has(`$${name}`))
      const declared = used.map(
        ({ name, type, defaultValue }) => `$${name}: ${type}${defaultValue && ` = ${defaultValue}`}`,
      )
      return {
        declared: declared.length > 0 ? `(${declared.join(', ')})` : '',
        given: Object.fromEntries(
          used.flatMap(({ name, ...rest }) => ('given' in rest ? [[name, rest.given]] : [])),
        ),
      }
    },
  }
}
