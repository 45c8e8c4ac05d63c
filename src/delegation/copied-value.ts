import {
  type GraphQLOutputType,
  type GraphQLSchema,
  isAbstractType,
  isInterfaceType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
} from 'graphql'
import { WrongRemoteAnswer } from './wrong-remote-answer.ts'

/**
 * A value of a type that the remote has a copy of, such as `PageInfo`: read whole and checked at once, since the
 * resolvers of its fields are its owner's. Fields that were not asked for are not there.
 */
export function copiedValue(value: unknown, type: GraphQLOutputType, schema: GraphQLSchema): unknown {
  if (isNonNullType(type)) {
    if (value === null) throw wrong(type)
    return copiedValue(value, type.ofType, schema)
  }
  if (value === null || value === undefined) return value
  if (isListType(type)) {
    if (!Array.isArray(value)) throw wrong(type)
    return value.map((item: unknown) => copiedValue(item, type.ofType, schema))
  }
  if (isLeafType(type)) {
    try {
      return type.parseValue(value)
    } catch {
      throw wrong(type)
    }
  }
  if (typeof value !== 'object' || Array.isArray(value)) throw wrong(type)
  const typeName: unknown = Reflect.get(value, '__typename')
  const concrete = isAbstractType(type) && typeof typeName === 'string' ? schema.getType(typeName) : type
  if (!isObjectType(concrete) && !isInterfaceType(concrete)) throw wrong(type)
  const copy: Record<string, unknown> = typeof typeName === 'string' ? { __typename: typeName } : {}
  for (const [name, field] of Object.entries(concrete.getFields()))
    if (Object.hasOwn(value, name)) copy[name] = copiedValue(Reflect.get(value, name), field.type, schema)
  return copy
}

const wrong = (type: GraphQLOutputType): WrongRemoteAnswer =>
  new WrongRemoteAnswer(`it answered a value that is no ${String(type)}`)
