import assert from 'node:assert/strict'
import { test } from 'node:test'
import { targets } from '../figures/target.ts'
import type { Turn } from '../measure/load.ts'
import { chart } from './chart.ts'
import { markdown } from './markdown.ts'
import type { Results } from './results.ts'

const turn = (requestsPerSecond: number): Turn => ({
  requestsPerSecond,
  p50: 1,
  p99: 2,
  cpu: 0.5,
  postgresCpu: null,
})

const results: Results = {
  command: 'npm run bench',
  date: '2030-01-02T03:04:05.000Z',
  machine: { cpu: 'a processor', cores: 2, memoryGiB: 8 },
  versions: { Trellis: '1.2.3' },
  options: { quick: false, only: [], scenarios: ['nested'], rounds: 3, seconds: 4, connections: 32 },
  contenders: [{ name: 'trellis', label: 'the product', peakMemory: 123.4 }],
  scenarios: [
    {
      name: 'nested',
      results: [
        { contender: 'trellis', turns: [turn(200), turn(220), turn(240)] },
        { contender: 'peer<1>', turns: [turn(100), turn(110), turn(80)] },
      ],
    },
  ],
  unusedExtensions: [],
  checks: null,
  figures: [
    { ...targets.nestedPeer, value: { median: 2, lower: 2, upper: 2.5 }, against: 'peer' },
    { ...targets.start, value: null, against: '' },
  ],
}

test('the page has a row for each figure, contender and its ratio', () => {
  const page = markdown(results)
  assert.match(page, /against the best peer \| 2 \(2 to 2\.50\) \| ≥ 1\.2 \| ≥ 1\.5 \| goal \| peer \|/)
  assert.match(page, /≤ 2000 ms \| ≤ 1000 ms \| not measured/)
  assert.match(page, /\| trellis \| 220 \(210 to 230\) \| 1 \|/)
  assert.match(page, /\| peer<1> \| 100 \(90 to 105\) \| 2 \(2 to 2\.50\) \|.* not measured \|/)
})

test('the picture has a bar for each contender, with names escaped', () => {
  const picture = chart(results)
  assert.equal(picture.match(/<rect /g)?.length, 2)
  assert.ok(picture.includes('peer&#60;1&#62;'))
})
