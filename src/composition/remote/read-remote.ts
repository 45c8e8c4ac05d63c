import type { RemoteOptions } from '@trellis/sdk'
import { buildASTSchema, type DocumentNode, GraphQLError, Kind } from 'graphql'
import { validateSDL } from 'graphql/validation/validate.js'
import type { Lookup } from '../../delegation/index.ts'
import { type Finding, finding } from '../finding.ts'
import { listSizeDirective, withoutListSizes } from '../list-size.ts'
import { carriesPrefix, rootTypes, typePrefix } from '../names.ts'
import { type CoreSubschema, type ExtensionSubschema, indexDocument } from '../subschema.ts'
import { lookupsByDirectives, withMergeDirectives } from './merge-directives.ts'
import { remoteDocument } from './remote-document.ts'

/** A remote extension, and what is wrong with its SDL as the service's own. */
export interface ReadRemote {
  readonly subschema: ExtensionSubschema
  readonly findings: readonly Finding[]
}

/** Reads a service's pinned SDL, which is whole in itself, as what it adds to the schema. */
export function readRemote(
  subschema: ExtensionSubschema,
  remote: RemoteOptions,
  core: CoreSubschema,
): ReadRemote {
  const { document } = subschema
  const nothing = { ...document, definitions: [] }
  const refuse = (findings: readonly Finding[]): ReadRemote => ({
    subschema: { ...subschema, ...indexDocument(nothing) },
    findings,
  })
  const whole = withListSize(withMergeDirectives(document))
  const errors = validateSDL(whole)
  if (errors.length > 0) return refuse(errors.map(error => invalid(subschema, error)))
  try {
    const lookups = new Map([...lookupsByDirectives(buildASTSchema(whole)), ...configured(remote)])
    const foreign = foreignTypes(document, subschema.name, core, lookups)
    const published = remoteDocument(document, { core, lookups, foreign })
    const schema = buildASTSchema(withoutListSizes(withMergeDirectives(document)))
    return {
      subschema: {
        ...subschema,
        ...indexDocument(published),
        remote: { document, schema, lookups, foreign },
      },
      findings: [],
    }
  } catch (error) {
    if (!(error instanceof Error)) throw error
    return refuse([invalid(subschema, error)])
  }
}

const withListSize = (document: DocumentNode): DocumentNode => ({
  ...document,
  definitions: [listSizeDirective, ...document.definitions],
})

const configured = ({ merge }: RemoteOptions): ReadonlyMap<string, Lookup> =>
  new Map(
    Object.entries(merge).map(([typeName, { key, field, argument }]) => [
      typeName,
      { field, argument, key: [key], shape: 'value', requires: new Map() },
    ]),
  )

/** Types of others that the SDL has: records of the core, which have an id, and what it looks up under another's name. */
function foreignTypes(
  { definitions }: DocumentNode,
  name: string,
  core: CoreSubschema,
  lookups: ReadonlyMap<string, Lookup>,
): ReadonlySet<string> {
  const found = new Set<string>()
  for (const node of definitions) {
    if (node.kind !== Kind.OBJECT_TYPE_DEFINITION && node.kind !== Kind.OBJECT_TYPE_EXTENSION) continue
    const typeName = node.name.value
    const original = core.types.get(typeName)
    const isRecord =
      original?.kind === Kind.OBJECT_TYPE_DEFINITION &&
      original.fields?.some(field => field.name.value === 'id') === true
    const isLookedUp = lookups.has(typeName) && !carriesPrefix(typeName, typePrefix(name))
    if (!rootTypes.has(typeName) && (isRecord || isLookedUp)) found.add(typeName)
  }
  return found
}

const invalid = (subschema: ExtensionSubschema, error: Error): Finding =>
  finding({
    code: 'INVALID_GRAPHQL',
    spots: [{ subschema, node: error instanceof GraphQLError ? error.nodes?.[0] : undefined }],
    message: named => `The SDL of the service ${named} is not whole in itself: ${error.message}`,
    fix: 'Fetch the SDL from the service again, whole.',
  })
