import type { Problem } from '../../../composition/index.ts'
import type { Paint } from '../paint.ts'
import type { OperationFinding } from './operations/check-operations.ts'
import type { SchemaChange } from './schema-changes.ts'

/** What `trellis check` found. */
export interface Report {
  readonly extensions: readonly { readonly name: string; readonly version: string; readonly status: string }[]
  readonly problems: readonly Problem[]
  /** What the schema was compared with; `null` when with nothing. */
  readonly against: string | null
  readonly changes: readonly SchemaChange[]
  readonly operations: readonly OperationFinding[]
}

export const count = (number: number, one: string, many = `${one}s`): string =>
  `${number === 0 ? 'no' : number} ${number === 1 ? one : many}`

/** The report as people read it. */
export function describeReport(
  { extensions, problems, against, changes, operations }: Report,
  paint: Paint,
): string {
  const named = extensions.map(({ name, version, status }) =>
    status === 'ENABLED' ? `${name} ${version}` : paint('bad', `${name} ${version} (left out)`),
  )
  const errors = problems.filter(({ severity }) => severity === 'error').length
  const breaking = changes.filter(({ isBreaking }) => isBreaking).length
  return [
    `The core with ${count(extensions.length, 'extension')}${named.length > 0 ? ': ' : ''}${named.join(', ')}`,
    ...problems.map(problem => describeProblem(problem, paint)),
    `Composition: ${count(errors, 'error')}, ${count(problems.length - errors, 'warning')}.`,
    ...(against === null
      ? []
      : [
          ...changes.map(change => describeChange(change, paint)),
          `Against ${against}: ${count(breaking, 'breaking change')}, ${count(changes.length - breaking, 'dangerous change')}.`,
        ]),
    ...operations.map(operation => describeOperation(operation, paint)),
  ].join('\n\n')
}

function describeProblem(
  { code, severity, coordinate, extensions: [place], message, fix }: Problem,
  paint: Paint,
): string {
  const tone = severity === 'error' ? 'bad' : 'warning'
  const where = place ? `${place.file}:${place.line}:${place.column}` : ''
  const heading = [paint(tone, `${severity} ${code}`), paint('strong', where), coordinate ?? '']
  return [heading.filter(Boolean).join('  '), `  ${message}`, `  Fix: ${fix}`].join('\n')
}

function describeChange({ code, message, isBreaking, owner }: SchemaChange, paint: Paint): string {
  const kind = isBreaking ? paint('bad', `breaking ${code}`) : paint('warning', `dangerous ${code}`)
  const whose =
    owner === null
      ? 'of nobody who is installed'
      : owner.kind === 'core'
        ? `of the core, ${owner.name}`
        : `of the extension ${owner.name}`
  return `${kind}  ${message}\n  ${paint('faint', whose)}`
}

const verdicts = {
  constant: { tone: 'good', words: 'costs the same for few and many' },
  grows: { tone: 'bad', words: 'costs more the more records there are' },
  skipped: { tone: 'faint', words: 'was not measured' },
  failed: { tone: 'bad', words: 'is not answered' },
} as const

function describeOperation({ place, name, verdict, reason, growth }: OperationFinding, paint: Paint): string {
  const { tone, words } = verdicts[verdict]
  const lines = growth.map(
    ({ path, coordinate, what, timesOfFew, timesOfMany }) =>
      `  ${paint('strong', coordinate ?? 'the operation')} at ${path.join('.') || '(root)'}: ${timesOfFew} times, then ${timesOfMany}: ${shortened(what)}`,
  )
  return [
    `${paint('strong', place)}  ${name} ${paint(tone, words)}${reason === null ? '.' : `: ${reason}`}`,
    ...lines,
  ].join('\n')
}

const shortened = (text: string): string => (text.length > 160 ? `${text.slice(0, 159)}…` : text)
