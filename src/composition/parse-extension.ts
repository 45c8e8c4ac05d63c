import { existsSync, readFileSync } from 'node:fs'
import type { TypeDefs } from '@trellis/sdk'
import { type DocumentNode, GraphQLError, Kind, Location, parse, print, Source } from 'graphql'
import { type Finding, finding } from './finding.ts'
import type { Manifest } from './manifest.ts'
import { lineAndColumn } from './place.ts'
import { type ExtensionSubschema, indexDocument } from './subschema.ts'

/** An extension's SDL, and what is wrong with it as text. */
export interface Parsed {
  readonly subschema: ExtensionSubschema
  readonly findings: readonly Finding[]
}

const nothing: DocumentNode = { kind: Kind.DOCUMENT, definitions: [] }

/** Parses an extension's SDL as a source named after its file, so that every node knows where it is written. */
export function parseExtension({ name, version, description, extension }: Manifest): Parsed {
  const supply = (document: DocumentNode): ExtensionSubschema => ({
    kind: 'extension',
    name: name === '' ? '(unnamed)' : name,
    version: version === '' ? '(no version)' : version,
    file: extension.file,
    description,
    extension,
    remote: null,
    ...indexDocument(document),
  })
  const typeDefs: unknown = extension.typeDefs
  const refuse = (options: Omit<Parameters<typeof finding>[0], 'spots'>, position?: Position): Parsed => {
    const subschema = supply(nothing)
    return { subschema, findings: [finding({ ...options, spots: [{ subschema, position }] })] }
  }
  if (isDocument(typeDefs)) {
    if (!isMadeElsewhere(typeDefs))
      return { subschema: supply(placed(typeDefs, extension.file)), findings: [] }
    return refuse({
      code: 'GRAPHQL_DUPLICATED',
      message: named => `${named} brings a document parsed by another copy of the package graphql.`,
      fix: 'Declare graphql as a peer dependency, install one copy (`npm ls graphql`), or pass the SDL as text.',
    })
  }
  const source = sourceOf(typeDefs, extension.file)
  if (source === undefined)
    return refuse({
      code: 'TYPE_DEFS_NOT_SDL',
      message: named => `typeDefs of ${named} is ${Object.prototype.toString.call(typeDefs)}, not SDL.`,
      fix: 'Pass SDL text, `loadSchema(import.meta.url)`, or a DocumentNode; never a GraphQLSchema.',
    })
  try {
    // An extension may do without SDL; the parser wants a definition at least.
    return { subschema: supply(isBlank(source) ? nothing : parse(source)), findings: [] }
  } catch (error) {
    if (!(error instanceof GraphQLError)) throw error
    return refuse(
      {
        code: 'INVALID_GRAPHQL',
        message: named => `The SDL of ${named} does not parse: ${error.message}`,
        fix: 'Correct the SDL at this place.',
      },
      { source, start: error.positions?.[0] ?? 0 },
    )
  }
}

/** Spaces, commas and comments, which GraphQL ignores. */
const isBlank = ({ body }: Source): boolean => /^(?:[\s,\uFEFF]|#.*)*$/.test(body)

type Position = { readonly source: Source; readonly start: number }

const isDocument = (value: unknown): value is DocumentNode =>
  typeof value === 'object' && value !== null && 'kind' in value && value.kind === Kind.DOCUMENT

/** Only a class tells the copies of a package apart; plain objects, as bundlers' loaders make, are welcome. */
const isMadeElsewhere = ({ loc }: DocumentNode): boolean =>
  loc !== undefined && loc.constructor.name === Location.name && !(loc instanceof Location)

/**
 * `gql` tags name no file: their text is parsed again, as the part of the file that it is. Bundlers' loaders
 * write places without the text that they are in, which graphql-js stumbles over: those go.
 */
function placed(document: DocumentNode, file: string): DocumentNode {
  const { loc } = document
  if (loc === undefined) return document
  if (!(loc instanceof Location)) return parse(print(document), { noLocation: true })
  return loc.source.name === new Source('').name ? parse(textIn(file, loc.source.body)) : document
}

function sourceOf(typeDefs: unknown, file: string): Source | undefined {
  if (typeof typeDefs === 'string') return textIn(file, typeDefs)
  return isSchemaFile(typeDefs) ? new Source(typeDefs.text, typeDefs.file) : undefined
}

const isSchemaFile = (value: unknown): value is Extract<TypeDefs, { readonly file: string }> =>
  typeof value === 'object' &&
  value !== null &&
  'file' in value &&
  typeof value.file === 'string' &&
  'text' in value &&
  typeof value.text === 'string'

/** A text that stands literally in the file has its true place there; one that was put together counts by itself. */
function textIn(file: string, text: string): Source {
  const content = existsSync(file) ? readFileSync(file, 'utf8') : ''
  const start = text === '' ? -1 : content.indexOf(text)
  return start === -1
    ? new Source(text, `${file}, typeDefs`)
    : new Source(text, file, lineAndColumn(content, start))
}
