import { loadSchema } from '@trellis/sdk'
import { concatAST, type DocumentNode, Kind, parse, Source } from 'graphql'
import type { Entities } from '../definition.ts'
import { readDefinitions } from '../read-definitions.ts'
import { aggregateInputs } from './aggregate-inputs.ts'
import { aggregateTypes } from './aggregates.ts'
import { expandEntityTypes } from './entity-type.ts'
import { enumFilters } from './enum-filters.ts'
import { commonExtremes, extremesTypes } from './extremes.ts'
import { listTypes } from './lists.ts'
import { mergeFields, mergeTypes } from './merges.ts'
import { readFields } from './reads.ts'
import { writeFields, writeTypes } from './writes.ts'

export interface ExpandedCore {
  /** Plain SDL: what every entity has is written out, our own directives are gone. */
  readonly document: DocumentNode
  readonly entities: Entities
}

/**
 * Turns the modules' SDL blocks into the core's whole SDL. One block with `@entity` becomes the type with
 * its common fields, filters, orders, connections, aggregates, inputs, payloads, queries and mutations.
 */
export function expandCore(documents: readonly DocumentNode[]): ExpandedCore {
  const base = loadSchema(import.meta.url, '../base.graphql')
  const declared = concatAST(documents)
  const entities = readDefinitions(declared)
  const generated = [...entities.values()].flatMap(entity => {
    const text = [
      listTypes(entity),
      aggregateTypes(entity),
      aggregateInputs(entity),
      extremesTypes(entity),
      writeTypes(entity),
      readFields(entity),
      writeFields(entity),
      mergeTypes(entity),
      mergeFields(entity),
    ].join('\n')
    // Without places: there is no file to look them up in, and noting them makes composing longer by a fifteenth.
    return parse(new Source(text, `generated for ${entity.name}`), { noLocation: true }).definitions
  })
  const enums = declared.definitions.filter(node => node.kind === Kind.ENUM_TYPE_DEFINITION)
  return {
    entities,
    document: {
      kind: Kind.DOCUMENT,
      definitions: [
        ...parse(new Source(base.text, base.file)).definitions,
        ...expandEntityTypes(declared, entities).definitions,
        ...generated,
        ...parse(enumFilters(enums) + commonExtremes(), { noLocation: true }).definitions,
      ],
    },
  }
}
