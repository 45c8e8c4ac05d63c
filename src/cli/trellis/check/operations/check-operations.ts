import { readFileSync } from 'node:fs'
import type { Extension } from '@trellis/sdk'
import {
  type DocumentNode,
  GraphQLError,
  getLocation,
  Kind,
  type OperationDefinitionNode,
  parse,
  print,
  Source,
  TypeInfo,
  validate,
  visit,
  visitWithTypeInfo,
} from 'graphql'
import { CommandError } from '../../command-error.ts'
import type { Counts } from './counters.ts'
import { findGrowth, type Growth, type Measured } from './find-growth.ts'
import { inlineFragments } from './inline-fragments.ts'
import { type MeasuringGateway, startMeasuringGateway } from './measuring-gateway.ts'
import { resizeLists } from './resize-lists.ts'

/** How many records the outermost lists are asked for. */
export const sizes = { few: 10, many: 40 } as const

/** What an operation was found to be. */
export interface OperationFinding {
  /** `<file>:<line>`. */
  readonly place: string
  readonly name: string
  /** `skipped`: it cannot be measured, and `reason` says why. `failed`: it is not answered as it should be. */
  readonly verdict: 'constant' | 'grows' | 'skipped' | 'failed'
  readonly reason: string | null
  /** With the field's coordinate, such as `Customer.visits`, where the operation as a whole is not to blame. */
  readonly growth: readonly (Growth & { readonly coordinate: string | null })[]
}

export interface CheckOperationsOptions {
  readonly files: readonly string[]
  readonly extensions: readonly Extension[]
  /** For all operations; each takes those that it declares. */
  readonly variables: object
}

interface Question extends CheckOperationsOptions {
  readonly gateway: MeasuringGateway
  readonly document: DocumentNode
}

/** Asks each query of these documents with few and many parents, and tells which cost more the more there are. */
export async function checkOperations(options: CheckOperationsOptions): Promise<readonly OperationFinding[]> {
  const documents = options.files.map(readDocument)
  await using gateway = await startMeasuringGateway(options.extensions)
  const findings: OperationFinding[] = []
  for (const document of documents)
    for (const operation of document.definitions)
      if (operation.kind === Kind.OPERATION_DEFINITION)
        findings.push(await judge(operation, { ...options, gateway, document }))
  return findings
}

/** @throws CommandError when there is no such file, or it does not parse */
function readDocument(file: string): DocumentNode {
  try {
    return parse(new Source(readFileSync(file, 'utf8'), file))
  } catch (cause) {
    const said = cause instanceof GraphQLError ? cause.toString() : `There is no file ${file} to be read.`
    throw new CommandError(said, { exitCode: 2, cause })
  }
}

async function judge(operation: OperationDefinitionNode, question: Question): Promise<OperationFinding> {
  const { gateway, document } = question
  const line = operation.loc ? getLocation(operation.loc.source, operation.loc.start).line : 1
  const found = (finding: Pick<OperationFinding, 'verdict'> & Partial<OperationFinding>) => ({
    place: `${operation.loc?.source.name ?? ''}:${line}`,
    name: operation.name?.value ?? '(unnamed)',
    reason: null,
    growth: [],
    ...finding,
  })
  if (operation.operation !== 'query') return found({ verdict: 'skipped', reason: 'Queries only are asked.' })
  const fragments = document.definitions.filter(({ kind }) => kind === Kind.FRAGMENT_DEFINITION)
  const alone: DocumentNode = { kind: Kind.DOCUMENT, definitions: [operation, ...fragments] }
  const [invalid] = validate(gateway.schema, alone).filter(
    ({ message }) => !/^Fragment ".*" is never used/.test(message),
  )
  if (invalid) return found({ verdict: 'failed', reason: invalid.message })

  const whole = inlineFragments(operation, document)
  const { lists } = resizeLists(whole, gateway.schema, sizes.few)
  if (lists.length === 0)
    return found({ verdict: 'skipped', reason: 'It has no list with an argument `first` to grow.' })
  const few = await askTwice(whole, sizes.few, question)
  const many = await askTwice(whole, sizes.many, question)
  const refused = many.refusal ?? few.refusal
  if (refused !== null) return found({ verdict: 'failed', reason: refused })
  const short = lists.filter(path => lengthAt(many.data, path) <= lengthAt(few.data, path))
  if (short.length === lists.length)
    return found({
      verdict: 'skipped',
      reason: `The sample data has too few records at ${short.map(path => path.join('.')).join(', ')}.`,
    })

  const growth = await findGrowth(
    whole,
    async (part): Promise<Measured> => ({
      few: (await askTwice(part, sizes.few, question)).counts,
      many: (await askTwice(part, sizes.many, question)).counts,
    }),
  )
  if (growth.length === 0) return found({ verdict: 'constant' })
  const coordinates = coordinatesIn(whole, gateway)
  return found({
    verdict: 'grows',
    growth: growth.map(one => ({ ...one, coordinate: coordinates.get(one.path.join('.')) ?? null })),
  })
}

/** The first time by resolvers and loaders, the second as an operation that is known: of each count the greater one. */
async function askTwice(
  operation: OperationDefinitionNode,
  size: number,
  { gateway, variables }: Question,
): Promise<{ readonly data: unknown; readonly counts: Counts; readonly refusal: string | null }> {
  const query = print(resizeLists(operation, gateway.schema, size).operation)
  const first = await gateway.ask(query, variables)
  const second = await gateway.ask(query, variables)
  const counts = new Map(first.counts)
  for (const [what, times] of second.counts) counts.set(what, Math.max(times, counts.get(what) ?? 0))
  const { data, errors } = second.answer
  const [error] = errors ?? []
  return { data, counts, refusal: error ? `${(error.path ?? []).join('.')}: ${error.message}` : null }
}

/** How many records a list in an answer has, the longest where the path leads to several; -1 for none to be counted. */
function lengthAt(data: unknown, path: readonly string[]): number {
  const [here, ...below] = path
  if (Array.isArray(data)) return Math.max(-1, ...data.map(item => lengthAt(item, path)))
  if (here !== undefined) return lengthAt(Object(data)[here], below)
  const { nodes, edges }: { nodes?: unknown; edges?: unknown } = Object(data)
  const list = nodes ?? edges ?? data
  return Array.isArray(list) ? list.length : -1
}

/** The coordinates of an operation's fields, by their response keys. */
function coordinatesIn(
  operation: OperationDefinitionNode,
  { schema }: MeasuringGateway,
): ReadonlyMap<string, string> {
  const typeInfo = new TypeInfo(schema)
  const path: string[] = []
  const coordinates = new Map<string, string>()
  visit(
    operation,
    visitWithTypeInfo(typeInfo, {
      Field: {
        enter({ alias, name }) {
          path.push(alias?.value ?? name.value)
          coordinates.set(path.join('.'), `${typeInfo.getParentType()?.name ?? ''}.${name.value}`)
        },
        leave: () => void path.pop(),
      },
    }),
  )
  return coordinates
}
