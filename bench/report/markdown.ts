import { type Figure, verdictOf } from '../figures/target.ts'
import type { Turn } from '../measure/load.ts'
import { ratios, type Spread, spreadOf } from '../measure/statistics.ts'
import type { Result, Results } from './results.ts'

/** The run as a page: medians, with quartiles in parentheses. */
export const markdown = (results: Results): string => {
  const { command, date, machine, versions, options, scenarios, unusedExtensions, checks } = results
  const sections = [
    '# Results',
    `\`${command}\` on ${date.slice(0, 10)}: ${machine.cores} cores (${machine.cpu}), ${machine.memoryGiB} GiB; whoever asks, the servers and PostgreSQL share them.`,
    `${Object.entries(versions)
      .map(([name, version]) => `${name} ${version}`)
      .join(', ')}.`,
    `${options.rounds} rounds of ${options.seconds} s each, ${options.connections} connections; \`aggregate\` and \`bulkUpsert\` over one connection. A value is the median of the rounds, with the quartiles in parentheses. A ratio compares turns of the same round.`,
    '![Requests per second](latest.svg)',
    '## Figures to reach',
    figuresTable(results.figures),
    '## Scenarios',
    ...scenarios.map(({ name, results }) => `### ${name}\n\n${resultsTable(results)}`),
    ...unusedExtensions.map(
      ({ name, results }) =>
        `### ${name}, extensions that nothing asks for\n\n${results[0]?.turns.length} rounds of their own.\n\n${resultsTable(results)}`,
    ),
    ...(checks ? ['## In processes of their own', checksTable(checks)] : []),
    '## Contenders',
    table(
      ['contender', 'what it is', 'peak memory, MiB'],
      results.contenders.map(({ name, label, peakMemory }) => [name, label, peakMemory.toFixed(0)]),
    ),
  ]
  return `${sections.join('\n\n')}\n`
}

const figuresTable = (figures: readonly Figure[]): string =>
  table(
    ['figure', 'value', 'must', 'goal', 'met?', 'against'],
    figures.map(figure => {
      const { name, value, must, goal, is, unit, against } = figure
      const bound = (number: number | null) =>
        number === null ? '' : `${is === 'at least' ? '≥' : '≤'} ${number}${unit && ` ${unit}`}`
      return [
        name,
        value ? `${spread(value)}${unit && ` ${unit}`}` : '',
        bound(must),
        bound(goal),
        verdictOf(figure),
        against,
      ]
    }),
  )

function resultsTable(results: readonly Result[]): string {
  const ours =
    results.find(({ contender }) => contender === 'trellis') ??
    results.find(({ contender }) => contender.startsWith('trellis'))
  const rate = ({ requestsPerSecond }: Turn) => requestsPerSecond
  const rows = results
    .map(({ contender, turns }) => ({ contender, turns, speed: spreadOf(turns.map(rate)) }))
    .toSorted((a, b) => b.speed.median - a.speed.median)
    .map(({ contender, turns, speed }) => {
      const median = (value: (turn: Turn) => number) => digits(spreadOf(turns.map(value)).median)
      return [
        contender,
        spread(speed),
        ours ? spread(ratios(ours.turns.map(rate), turns.map(rate))) : '',
        median(({ p50 }) => p50),
        median(({ p99 }) => p99),
        spread(spreadOf(turns.map(({ cpu }) => cpu))),
        turns.some(({ postgresCpu }) => postgresCpu === null)
          ? 'not measured'
          : median(({ postgresCpu }) => postgresCpu ?? 0),
      ]
    })
  return table(
    [
      'contender',
      'requests/s',
      `${ours?.contender ?? 'Trellis'} against it`,
      'p50, ms',
      'p99, ms',
      'CPU of the server, ms/request',
      'CPU of PostgreSQL, ms/request',
    ],
    rows,
  )
}

const checksTable = ({ statements, compose, start, reports, heap }: NonNullable<Results['checks']>): string =>
  table(
    ['what', 'value'],
    [
      ['SQL statements for nested', String(statements)],
      ...([50, 100, 200] as const).map(count => [
        `composing ${count} extensions of 10 types`,
        `${spread(spreadOf(compose[count]))} ms`,
      ]),
      ['`node src/main.ts` to its banner', `${spread(spreadOf(start))} ms`],
      ...reports.map(({ report, trellis, sql }) => [
        `\`${report}\`, and by hand: ratio`,
        `${spread(spreadOf(trellis))} ms, ${spread(spreadOf(sql))} ms: ${spread(ratios(trellis, sql))}`,
      ]),
      [
        'heap in use before and after 10,000 different documents',
        `${mebibytes(heap.before)} and ${mebibytes(heap.after)} MiB`,
      ],
    ],
  )

const mebibytes = (bytes: number): string => (bytes / 2 ** 20).toFixed(1)

const spread = ({ median, lower, upper }: Spread): string =>
  lower === upper ? digits(median) : `${digits(median)} (${digits(lower)} to ${digits(upper)})`

const digits = (value: number): string => {
  if (Number.isInteger(value)) return String(value)
  return value.toFixed(value >= 100 ? 0 : value >= 10 ? 1 : 2)
}

const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head, head.map(() => '---'), ...rows].map(cells => `| ${cells.join(' | ')} |`).join('\n')
