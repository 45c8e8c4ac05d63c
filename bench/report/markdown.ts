import { type Figure, verdict } from '../figures.ts'
import { ratios, type Spread, spreadOf } from '../measure/statistics.ts'
import type { Results } from './results.ts'

const digits = (value: number): string =>
  value >= 100 ? value.toFixed(0) : value >= 10 ? value.toFixed(1) : value.toFixed(2)

const spread = ({ median, lower, upper }: Spread): string =>
  `${digits(median)} (${digits(lower)}-${digits(upper)})`

const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head, head.map(() => '---'), ...rows].map(cells => `| ${cells.join(' | ')} |`).join('\n')

const bound = ({ is, unit }: Figure, value: number | null): string =>
  value === null ? '' : `${is === 'at least' ? '≥' : '≤'} ${value}${unit === 'ms' ? ' ms' : ''}`

const figures = (results: Results): string =>
  table(
    ['figure', 'value', 'must', 'goal', 'reached', 'against'],
    results.figures.map(figure => [
      figure.name,
      figure.value ? spread(figure.value) + (figure.unit === 'ms' ? ' ms' : '') : '',
      bound(figure, figure.must),
      bound(figure, figure.goal),
      verdict(figure),
      figure.against,
    ]),
  )

function scenario({ name, turns }: Results['scenarios'][number]): string {
  const reference = turns['trellis'] ?? turns['trellis-fields'] ?? []
  const of = (of: readonly { readonly requestsPerSecond: number }[]) => of.map(turn => turn.requestsPerSecond)
  const rows = Object.entries(turns)
    .toSorted(([, a], [, b]) => spreadOf(of(b)).median - spreadOf(of(a)).median)
    .map(([contender, measured]) => [
      contender,
      spread(spreadOf(of(measured))),
      spread(ratios(of(reference), of(measured))),
      digits(spreadOf(measured.map(({ p50 }) => p50)).median),
      digits(spreadOf(measured.map(({ p99 }) => p99)).median),
      digits(spreadOf(measured.map(({ cpu }) => cpu)).median),
      measured.every(({ postgresCpu }) => postgresCpu !== null)
        ? digits(spreadOf(measured.map(({ postgresCpu }) => postgresCpu ?? 0)).median)
        : 'not measured',
    ])
  return `### ${name}\n\n${table(
    [
      'contender',
      'requests/s',
      'Trellis against it',
      'p50 ms',
      'p99 ms',
      'server CPU ms/request',
      'PostgreSQL CPU ms/request',
    ],
    rows,
  )}`
}

/** The run as a page: medians, with the quartiles in parentheses. */
export const markdown = (results: Results): string => {
  const { machine, versions, options } = results
  return `# Results

\`${results.command}\`, ${results.date}. ${machine.cores} cores of ${machine.cpu}, ${machine.memoryGiB} GiB; load and servers on the same machine.
${Object.entries(versions)
  .map(([name, version]) => `${name} ${version}`)
  .join(', ')}.
${options.rounds} rounds of ${options.seconds} s, ${options.connections} connections. Medians, with the quartiles in parentheses; ratios are of the same round.

![Requests per second](latest.svg)

## Figures

${figures(results)}

## Scenarios

${results.scenarios.map(scenario).join('\n\n')}

## Contenders

${table(
  ['contender', 'what it is', 'peak memory MiB'],
  results.contenders.map(({ name, label, peakMemory }) => [
    name,
    label,
    peakMemory === null ? 'not measured' : digits(peakMemory),
  ]),
)}
`
}
