import { relative } from 'node:path'
import { extensions as installed } from '../../../../extensions/index.ts'
import { CommandError } from '../command-error.ts'
import { composeAndReport } from '../compose-and-report.ts'
import { loadExtensions } from '../load-extensions.ts'
import type { Report } from './describe-report.ts'
import { committedSchema, referenceSchema } from './reference-schema.ts'
import { schemaChanges } from './schema-changes.ts'

export interface CheckOptions {
  /** Packages or files of extensions; none for those that are installed. */
  readonly paths: readonly string[]
  /** A file of SDL or a gateway's address. @default the committed schema where the installed extensions are checked, else nothing */
  readonly against?: string | undefined
  /** Files of operations to be measured. */
  readonly operations: readonly string[]
  readonly variables: object
  readonly key: string | null
}

/**
 * Composes, compares and measures.
 *
 * @throws CommandError when what is to be checked cannot be read
 */
export async function check(options: CheckOptions): Promise<Report> {
  const { paths, operations, key } = options
  const extensions = paths.length > 0 ? await loadExtensions(paths) : installed
  const { composition, problems } = composeAndReport(extensions)
  // The committed schema has the installed extensions in it: beside others they would all be missing.
  const against = options.against ?? (paths.length > 0 ? null : relative(process.cwd(), committedSchema))
  const reference = against === null ? null : await referenceSchema(options.against ?? committedSchema, key)
  const isWhole = problems.every(({ severity }) => severity !== 'error')
  if (operations.length > 0 && !isWhole)
    throw new CommandError(
      'Operations are measured once there are no errors: run it without --operations to see them.',
    )
  return {
    extensions: composition?.extensions.map(({ name, version, status }) => ({ name, version, status })) ?? [],
    problems,
    against: composition === null ? null : against,
    changes: composition && reference ? schemaChanges(reference, composition) : [],
    operations: operations.length > 0 ? await measured(options, extensions) : [],
  }
}

async function measured(
  { operations: files, variables }: CheckOptions,
  extensions: Awaited<ReturnType<typeof loadExtensions>>,
): Promise<Report['operations']> {
  // Imported here: it brings the database and the sample data.
  const { checkOperations } = await import('./operations/check-operations.ts')
  return checkOperations({ files, extensions, variables })
}
