import type { FilterProblem } from '@trellis/sdk'
import {
  type GraphQLInputObjectType,
  type GraphQLInputType,
  type GraphQLLeafType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isRequiredInputField,
} from 'graphql'
import { relativeInstant } from './relative-instant.ts'

/** Objects within objects, at most: enough for any filter, and too few for the stack. */
const deepest = 50

const shown = (value: unknown): string => {
  const text = JSON.stringify(value) ?? String(value)
  return text.length > 60 ? `${text.slice(0, 60)}…` : text
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Reads JSON as a value of an input type, as GraphQL reads a variable, and notes all that is wrong with it, where it is. */
export function createInputReader(now: Date) {
  const problems: FilterProblem[] = []
  const refuse = (path: readonly string[], message: string): undefined => {
    problems.push({ path, message: `${path.length > 0 ? path.join('.') : 'It'} ${message}` })
  }

  const read = (value: unknown, type: GraphQLInputType, path: readonly string[]): unknown => {
    if (isNonNullType(type)) return read(value, type.ofType, path)
    if (value === null)
      return refuse(path, 'is null; leave it out, or use isNull to look for missing values.')
    if (isListType(type)) {
      const items = Array.isArray(value) ? value : [value]
      return items.map((item, index) => read(item, type.ofType, [...path, String(index)]))
    }
    return isInputObjectType(type) ? readObject(value, type, path) : readLeaf(value, type, path)
  }

  const readObject = (value: unknown, type: GraphQLInputObjectType, path: readonly string[]): unknown => {
    if (!isObject(value)) return refuse(path, `is ${shown(value)}; it takes an object, a ${type.name}.`)
    if (path.length > deepest) return refuse(path, 'is too deep.')
    const fields = type.getFields()
    const entries = Object.entries(value).map(([name, inner]) => {
      const field = Object.hasOwn(fields, name) ? fields[name] : undefined
      if (!field) return [name, refuse([...path, name], `is no field of ${type.name}.`)]
      return [name, read(inner, field.type, [...path, name])]
    })
    for (const field of Object.values(fields))
      if (isRequiredInputField(field) && !Object.hasOwn(value, field.name))
        refuse([...path, field.name], 'is missing.')
    return Object.fromEntries(entries)
  }

  const readLeaf = (value: unknown, type: GraphQLLeafType, path: readonly string[]): unknown => {
    const instant =
      typeof value === 'string' && (type.name === 'DateTime' || type.name === 'Date')
        ? relativeInstant(value, now)
        : null
    if (instant) return type.name === 'Date' ? instant.toISOString().slice(0, 10) : instant
    try {
      return type.parseValue(value)
    } catch (error) {
      return refuse(path, `is ${shown(value)}: ${error instanceof Error ? error.message : String(error)}`)
    }
  }

  return { read, problems }
}
