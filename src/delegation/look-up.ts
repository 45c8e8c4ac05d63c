import {
  type FieldNode,
  type GraphQLCompositeType,
  type GraphQLResolveInfo,
  isInterfaceType,
  isObjectType,
} from 'graphql'
import { type Level, levelPlaceOf } from '../entity/index.ts'
import type { Gathering, OpenQuestion } from './gather.ts'
import { keyText, type LookedUp, type LookedUpAll, lookedUp } from './looked-up.ts'
import type { Lookup, RemoteSchema } from './remote-schema.ts'
import { isSameNodes } from './request-plans.ts'
import { storedValue } from './stored-value.ts'

/** Records of a type to be looked up, and the fields that are asked of them. */
interface OpenLookup extends OpenQuestion {
  readonly addField: (name: string, nodes: readonly FieldNode[]) => void
  /** Where a record of this key stands among those that are looked up. */
  readonly placeOf: (text: string, parent: unknown) => number
  /** The keys as texts, in the order in which they are sent. */
  readonly texts: () => readonly string[]
}

interface Asked {
  readonly lookup: OpenLookup
  readonly records: Promise<LookedUpAll>
}

/** What a remote has for a parent; `null` for one without a key, whom the viewer may not see. */
export type LookUp = (
  parent: unknown,
  info: GraphQLResolveInfo,
  gather: () => Gathering,
) => Promise<LookedUp> | null

/**
 * Looks the parents of one level up together, whatever number of fields is asked of them. Parents that were read together
 * are known at once and asked for all their fields in one question; others are gathered, a question for each field.
 */
export function createLookUp(remote: RemoteSchema, lookup: Lookup, typeName: string): LookUp {
  const theirs = remote.schema.getType(typeName)
  const isKeyAnswered =
    (isObjectType(theirs) || isInterfaceType(theirs)) &&
    lookup.key.every(field => Object.hasOwn(theirs.getFields(), field))
  const textOf = (parent: unknown): string | null => keyText(lookup, field => storedValue(parent, field))

  const open = (type: GraphQLCompositeType, level: Level | null): OpenLookup => {
    const fields: (readonly FieldNode[])[] = []
    const sent = new Set(lookup.key)
    const places = new Map<string, number>()
    const parents: unknown[] = []
    const placeOf = (text: string, parent: unknown): number => {
      const place = places.get(text)
      if (place !== undefined) return place
      places.set(text, parents.length)
      return parents.push(parent) - 1
    }
    for (const record of level?.records ?? []) {
      const text = textOf(record)
      if (text !== null) placeOf(text, record)
    }
    const keyOf = (parent: unknown): unknown => {
      if (lookup.shape === 'value') return storedValue(parent, lookup.key[0] ?? '')
      const key = picked(parent, sent)
      return lookup.shape === 'representation' ? { __typename: typeName, ...key } : key
    }
    return {
      question: () => ({ kind: 'lookup', lookup, type, fields }),
      keys: () => parents.map(keyOf),
      addField(name, nodes) {
        if (fields.some(known => isSameNodes(known, nodes))) return
        fields.push(nodes)
        for (const required of lookup.requires.get(name) ?? []) sent.add(required)
      },
      placeOf,
      texts: () => [...places.keys()],
    }
  }

  // By what is gathered, and by level or field: nothing that is asked for one request is found by another.
  const gatherings = new WeakMap<Gathering, Map<object, Asked>>()
  const askedFor = (gathering: Gathering, place: object, make: () => OpenLookup): Asked => {
    const places = gatherings.get(gathering) ?? new Map<object, Asked>()
    gatherings.set(gathering, places)
    const known = places.get(place)
    if (known) return known
    const opened = make()
    const records = gathering
      .add(opened)
      .then(answer => lookedUp(answer, opened.texts(), lookup, isKeyAnswered))
    const asked = { lookup: opened, records }
    places.set(place, asked)
    return asked
  }

  return (parent, info, gather) => {
    const { parentType: type, fieldName, fieldNodes } = info
    const text = textOf(parent)
    if (text === null) return null
    const level = levelPlaceOf(parent)?.level ?? null
    const asked = askedFor(gather(), level ?? fieldNodes, () => open(type, level))
    asked.lookup.addField(fieldName, fieldNodes)
    const place = asked.lookup.placeOf(text, parent)
    return asked.records.then(records => records(place))
  }
}

const picked = (parent: unknown, fields: Iterable<string>): Readonly<Record<string, unknown>> =>
  Object.fromEntries([...fields].map(field => [field, storedValue(parent, field) ?? null]))
