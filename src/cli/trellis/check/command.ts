import { readFileSync } from 'node:fs'
import { Command } from 'commander'
import { CommandError } from '../command-error.ts'
import { keyFileOption, keyOf } from '../key.ts'
import type { Surroundings } from '../surroundings.ts'
import type { Report } from './describe-report.ts'

interface Options {
  readonly against?: string
  readonly operations?: readonly string[]
  readonly variables?: string
  readonly strict?: boolean
  readonly json?: boolean
  readonly keyFile?: string
}

/** `trellis check [PATH…]` */
export const checkCommand = ({ print, paint, fail, key }: Surroundings): Command =>
  new Command('check')
    .description('compose core and extensions, and say what is wrong and what changes for clients')
    .argument('[paths...]', 'packages or files of extensions (default: those that are installed)')
    .option('--against <schema>', 'a file of SDL or a gateway to compare with (default: schema.graphql)')
    .option('--operations <files...>', 'queries to be asked with few and many records')
    .option('--variables <file>', 'JSON with the variables of these queries')
    .addOption(keyFileOption())
    .option('--strict', 'fail on breaking changes, too')
    .option('--json', 'print the report as JSON')
    .action(async (paths: readonly string[], options: Options) => {
      const { check } = await import('./check.ts')
      const { describeReport } = await import('./describe-report.ts')
      const report = await check({
        paths,
        against: options.against,
        operations: options.operations ?? [],
        variables: options.variables === undefined ? {} : readJson(options.variables),
        key: keyOf({ key, keyFile: options.keyFile }),
      })
      print(options.json ? JSON.stringify(report, null, 2) : describeReport(report, paint))
      if (isWrong(report, options)) fail()
    })

/** Whether what was found fails the command. */
export const isWrong = (
  { problems, operations, changes }: Report,
  { strict = false }: Pick<Options, 'strict'> = {},
): boolean =>
  problems.some(({ severity }) => severity === 'error') ||
  operations.some(({ verdict }) => verdict === 'grows' || verdict === 'failed') ||
  (strict && changes.some(({ isBreaking }) => isBreaking))

/** @throws CommandError when the file cannot be read, or has no JSON object */
function readJson(file: string): object {
  try {
    const value: unknown = JSON.parse(readFileSync(file, 'utf8'))
    if (typeof value === 'object' && value !== null) return value
  } catch (cause) {
    throw new CommandError(`${file} cannot be read as JSON: ${String(cause)}`, { exitCode: 2, cause })
  }
  throw new CommandError(`${file} has no JSON object.`, { exitCode: 2 })
}
