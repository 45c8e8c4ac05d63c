import type { CheckFigures, Figure } from './check-figures.ts'
import type { Correction } from './corrections.ts'
import type { Gap } from './gaps.ts'
import type { Loaded } from './load-records.ts'
import { table } from './table.ts'
import { grouped, rowsOf } from './words.ts'

/** What was found in the files, before anything is sent. */
export const filesReport = (corrections: readonly Correction[], gaps: readonly Gap[]): string =>
  [
    ...section(
      'Corrected',
      table(
        corrections.map(({ file, column, from, to, rows }) => [
          file,
          column,
          `${from} -> ${to}`,
          rowsOf(rows),
        ]),
        'lllr',
      ),
    ),
    ...section(
      'Not in the files',
      table(
        gaps.map(({ rows, what }) => [grouped(rows), what]),
        'rl',
      ),
    ),
  ].join('\n')

/** What became of the rows. */
export function loadReport(loaded: readonly Loaded[]): string {
  const rows = total(loaded.map(kind => kind.rows))
  const seconds = total(loaded.map(kind => kind.seconds))
  const figures = ({ counts }: Loaded): readonly number[] => [
    counts.CREATED,
    counts.UPDATED,
    counts.UNCHANGED,
    counts.REFUSED,
  ]
  const sums = [0, 1, 2, 3].map(index => total(loaded.map(kind => figures(kind)[index] ?? 0)))
  return [
    ...section(
      'Loaded',
      table(
        [
          ['', 'created', 'updated', 'unchanged', 'refused', 'seconds', 'rows/s'],
          ...loaded.map(kind => [
            kind.label,
            ...figures(kind).map(grouped),
            ...speed(kind.rows, kind.seconds),
          ]),
          ['together', ...sums.map(grouped), ...speed(rows, seconds)],
        ],
        'lrrrrrr',
      ),
    ),
    ...section('Refused', loaded.flatMap(refusalLines)),
  ].join('\n')
}

/** What the API answers, beside what the files add up to. */
export const figuresReport = (
  { stages, agents }: CheckFigures,
  files: readonly Figure[],
  isSame: boolean,
): string =>
  [
    ...section('The API says: opportunities by stage', [
      ...figureTable(stages),
      ...(isSame ? ['  as in the files'] : ['  but the files say', ...figureTable(files)]),
    ]),
    ...section('The API says: top ten agents by amount won', figureTable(agents)),
  ].join('\n')

/** Whether the API has the same stages, counts and sums as the files. */
export const isSameFigures = (api: readonly Figure[], files: readonly Figure[]): boolean =>
  files.every(expected => {
    const actual = api.find(({ name }) => name === expected.name)
    return actual
      ? actual.count === expected.count && actual.amount === expected.amount
      : expected.count === 0
  }) && api.every(({ name }) => files.some(expected => expected.name === name))

const figureTable = (figures: readonly Figure[]): readonly string[] =>
  table(
    [
      ['', 'count', 'USD'],
      ...figures.map(({ name, count, amount }) => [name, grouped(count), grouped(amount ?? '-')]),
    ],
    'lrr',
  )

/** The same reason once, with all the places it holds for: one refused customer may stand in a hundred rows. */
function refusalLines({ label, refusals }: Loaded): readonly string[] {
  const byReason = Map.groupBy(refusals, ({ code, message }) => `${label}  ${code}: ${message}`)
  return [...byReason].flatMap(([reason, places]) => [
    `  ${reason}`,
    `    ${places.map(({ origin }) => origin).join(' ')}`,
  ])
}

const section = (title: string, lines: readonly string[]): readonly string[] => [
  title,
  ...(lines.length > 0 ? lines : ['  nothing']),
  '',
]

const total = (numbers: readonly number[]): number => numbers.reduce((sum, number) => sum + number, 0)

const speed = (rows: number, seconds: number): readonly string[] => [
  seconds.toFixed(2),
  grouped(Math.round(rows / seconds)),
]
