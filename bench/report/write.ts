import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { verdictOf } from '../figures/target.ts'
import { chart } from './chart.ts'
import { markdown } from './markdown.ts'
import type { Results } from './results.ts'

const folder = join(import.meta.dirname, '..', 'results')

/** Writes the run as a page, as data and as a picture, and says how the figures are. */
export async function writeReport(results: Results, say: (line: string) => void): Promise<void> {
  await mkdir(folder, { recursive: true })
  await writeFile(join(folder, 'latest.json'), `${JSON.stringify(results, null, 2)}\n`)
  await writeFile(join(folder, 'latest.svg'), chart(results))
  await writeFile(join(folder, 'latest.md'), markdown(results))
  for (const figure of results.figures)
    if (figure.value)
      say(`${verdictOf(figure).padEnd(8)}${figure.value.median.toFixed(2).padStart(8)}  ${figure.name}`)
  say('written: bench/results/latest.md, latest.json and latest.svg')
}
