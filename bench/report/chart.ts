import { type Spread, spreadOf } from '../measure/statistics.ts'
import type { Results } from './results.ts'

const width = 860
const labels = 150
const bar = { height: 16, gap: 4 } as const
const title = 34

const escape = (text: string): string => text.replace(/[&<>"]/g, sign => `&#${sign.charCodeAt(0)};`)

/** Requests per second of each contender, scenario by scenario; whiskers are the quartiles. */
export function chart({ scenarios }: Results): string {
  const parts: string[] = []
  let top = 8
  for (const { name, results } of scenarios) {
    const rows = results
      .map(({ contender, turns }) => ({
        contender,
        spread: spreadOf(turns.map(({ requestsPerSecond }) => requestsPerSecond)),
      }))
      .toSorted((a, b) => b.spread.median - a.spread.median)
    const most = Math.max(...rows.map(({ spread }) => spread.upper))
    parts.push(`<text x="8" y="${top + 20}" class="title">${escape(name)}, requests per second</text>`)
    top += title
    for (const { contender, spread } of rows) {
      parts.push(barOf(contender, spread, most, top))
      top += bar.height + bar.gap
    }
    top += 10
  }
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${top}" width="${width}" height="${top}" role="img" aria-label="Requests per second by scenario and contender">
<style>
  text { font: 12px system-ui, sans-serif; fill: #222 }
  .title { font-weight: 600; font-size: 14px }
  .bar { fill: #9aa5b1 } .ours { fill: #2f855a } .limit { fill: #cbd2d9 }
  .whisker { stroke: #222; stroke-width: 1 }
  @media (prefers-color-scheme: dark) {
    text { fill: #e4e7eb } .whisker { stroke: #e4e7eb } .bar { fill: #616e7c } .ours { fill: #48bb78 } .limit { fill: #3e4c59 }
  }
</style>
${parts.join('\n')}
</svg>
`
}

function barOf(contender: string, { median, lower, upper }: Spread, most: number, top: number): string {
  const scale = (value: number) => (value / most) * (width - labels - 80)
  const kind = contender.startsWith('trellis') ? 'ours' : contender === 'limit' ? 'limit' : 'bar'
  const middle = top + bar.height / 2
  const [from, to] = [labels + scale(lower), labels + scale(upper)].map(value => value.toFixed(1))
  return [
    `<text x="${labels - 8}" y="${top + 12}" text-anchor="end">${escape(contender)}</text>`,
    `<rect x="${labels}" y="${top}" width="${scale(median).toFixed(1)}" height="${bar.height}" class="${kind}"/>`,
    `<line x1="${from}" x2="${to}" y1="${middle}" y2="${middle}" class="whisker"/>`,
    `<text x="${(labels + scale(upper) + 8).toFixed(1)}" y="${top + 12}">${median.toFixed(median < 10 ? 1 : 0)}</text>`,
  ].join('')
}
