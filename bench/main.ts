/** Measures Trellis, its peers and the limit on the same rows, in turn, and writes what it saw to results/. */
import { writeFile } from 'node:fs/promises'
import { cpus, totalmem } from 'node:os'
import { join } from 'node:path'
import type pg from 'pg'
import { runScript } from './checks/run-script.ts'
import { measureStart } from './checks/start.ts'
import type { Askings, Contender, ScenarioName } from './contenders/contender.ts'
import { contenders, peers } from './contenders/index.ts'
import { databaseUrl } from './data/address.ts'
import { connect, prepareData } from './data/prepare.ts'
import { type Figure, type Target, targets, verdict } from './figures.ts'
import type { Turn } from './measure/load.ts'
import { type Competitor, measureScenario } from './measure/scenario.ts'
import { killAll, type RunningServer, startServer } from './measure/server.ts'
import { ratios, type Spread, spreadOf } from './measure/statistics.ts'
import { findPostmaster, peakMemoryOf } from './measure/usage.ts'
import { type Options, readOptions, usage } from './options.ts'
import { chart } from './report/chart.ts'
import { markdown } from './report/markdown.ts'
import type { Results } from './report/results.ts'
import { type Expected, expectedAnswers } from './scenarios/expected.ts'
import { versionsOf } from './versions.ts'

const say = (line: string): void => void process.stderr.write(`${line}\n`)

/** A contender that runs, with all that it can be asked. */
interface Ready {
  readonly contender: Contender
  readonly server: RunningServer
  readonly askings: Askings
}

type Turns = ReadonlyMap<string, readonly Turn[]>

/** What is dear is asked by few: a million rows are added up for half a second. */
const connectionsOf = (scenario: ScenarioName, { connections }: Options): number =>
  scenario === 'aggregate' || scenario === 'bulkUpsert' ? 1 : connections

const secondsOf = (scenario: ScenarioName, { seconds }: Options): number =>
  scenario === 'aggregate' || scenario === 'bulkUpsert' ? Math.max(seconds, 3) : seconds

async function main(options: Options, command: string): Promise<void> {
  const url = databaseUrl()
  const facts = await prepareData(url, say)
  await using closing = new AsyncDisposableStack()
  const database = await connect(url)
  closing.defer(() => database.end())
  const postmaster = await findPostmaster(database)
  if (postmaster === null) say('PostgreSQL is on another machine: its CPU is not measured')
  const expected = await expectedAnswers(database, facts)

  const ready: Ready[] = []
  for (const contender of contenders.filter(({ name }) => options.only?.includes(name) ?? true)) {
    const server = await startServer(contender, url)
    closing.defer(() => server.stop())
    ready.push({ contender, server, askings: await contender.askings(facts, server.url) })
    say(`${contender.name} listens`)
  }

  const measure = (scenario: ScenarioName, among: readonly Ready[], rounds: number) =>
    measureScenario({
      scenario,
      competitors: among.flatMap(({ contender, server, askings }): readonly Competitor[] => {
        const asking = askings[scenario]
        return asking ? [{ name: contender.name, url: server.url, pid: server.pid, asking }] : []
      }),
      expected: rightAnswer(scenario, expected),
      rounds,
      seconds: secondsOf(scenario, options),
      connections: connectionsOf(scenario, options),
      postmaster,
      database,
      say,
    })

  const scenarios = new Map<ScenarioName, Turns>()
  for (const scenario of options.scenarios)
    scenarios.set(scenario, await measure(scenario, ready, options.rounds))
  const withAndWithout = ready.filter(
    ({ contender: { name } }) => name === 'trellis-0' || name === 'trellis-20',
  )
  say('twenty extensions that nothing asks for, against none')
  const unused =
    options.scenarios.includes('nested') && withAndWithout.length === 2
      ? await measure('nested', withAndWithout, options.unusedRounds)
      : null
  const memory = new Map(ready.map(({ contender, server }) => [contender.name, peakMemoryOf(server.pid)]))
  for (const { server } of ready) await server.stop()

  const figures = [...figuresOf(scenarios, unused), ...(options.only ? [] : await checks(url))]
  const results: Results = {
    command,
    date: new Date().toISOString().slice(0, 10),
    machine: {
      cpu: cpus()[0]?.model ?? 'an unknown processor',
      cores: cpus().length,
      memoryGiB: Math.round(totalmem() / 2 ** 30),
    },
    versions: await versions(database),
    options,
    contenders: ready.map(({ contender: { name, label } }) => ({
      name,
      label,
      peakMemory: memory.get(name) ?? null,
    })),
    scenarios: [...scenarios].map(([name, turns]) => ({ name, turns: Object.fromEntries(turns) })),
    figures,
  }
  await write(results)
}

/** What each request answers otherwise has no one right answer; it is read instead. */
const rightAnswer = (scenario: ScenarioName, expected: Expected): unknown =>
  scenario === 'create' || scenario === 'bulkUpsert' ? undefined : expected[scenario]

const versions = async (database: pg.Client): Promise<Readonly<Record<string, string>>> => {
  const { rows } = await database.query<{ server_version: string }>('show server_version')
  return { Node: process.version, PostgreSQL: rows[0]?.server_version ?? '', ...versionsOf() }
}

const values = (turns: readonly Turn[] | undefined, key: 'requestsPerSecond' | 'cpu'): readonly number[] =>
  turns?.map(turn => turn[key]) ?? []

const ratioOf = (
  key: 'requestsPerSecond' | 'cpu',
  turns: readonly Turn[] | undefined,
  others: readonly Turn[] | undefined,
): Spread | null => (turns && others ? ratios(values(turns, key), values(others, key)) : null)

/** Time per request, where nobody asks beside. */
const timeRatio = (turns: readonly Turn[] | undefined, others: readonly Turn[] | undefined): Spread | null =>
  ratioOf('requestsPerSecond', others, turns)

function figuresOf(scenarios: ReadonlyMap<ScenarioName, Turns>, unused: Turns | null): readonly Figure[] {
  const turnsOf = (scenario: ScenarioName, name: string) => scenarios.get(scenario)?.get(name)
  const bestPeer = (scenario: ScenarioName): string =>
    peers
      .map(({ name }) => name)
      .filter(name => turnsOf(scenario, name))
      .toSorted(
        (a, b) =>
          spreadOf(values(turnsOf(scenario, b), 'requestsPerSecond')).median -
          spreadOf(values(turnsOf(scenario, a), 'requestsPerSecond')).median,
      )[0] ?? ''
  const figure = (target: Target, value: Spread | null, against: string): Figure => ({
    ...target,
    value,
    against,
  })
  const againstPeer = (target: Target, scenario: ScenarioName): Figure => {
    const peer = bestPeer(scenario)
    return figure(
      target,
      ratioOf('requestsPerSecond', turnsOf(scenario, 'trellis'), turnsOf(scenario, peer)),
      peer,
    )
  }
  const against = (target: Target, scenario: ScenarioName, name: string): Figure =>
    figure(target, ratioOf('requestsPerSecond', turnsOf(scenario, 'trellis'), turnsOf(scenario, name)), name)
  return [
    againstPeer(targets.nestedPeer, 'nested'),
    against(targets.nestedLimit, 'nested', 'limit'),
    againstPeer(targets.byIdPeer, 'byId'),
    againstPeer(targets.listPeer, 'list'),
    figure(
      targets.agent,
      ratioOf('requestsPerSecond', turnsOf('nested', 'trellis-agent'), turnsOf('nested', 'trellis')),
      'trellis',
    ),
    figure(targets.unused, ratioOf('cpu', unused?.get('trellis-20'), unused?.get('trellis-0')), 'trellis-0'),
    figure(
      targets.tenFields,
      ratioOf(
        'cpu',
        turnsOf('extensionFields', 'trellis-fields'),
        turnsOf('extensionFields', 'hand-written'),
      ),
      'hand-written',
    ),
    figure(
      targets.deepPage,
      timeRatio(turnsOf('deepPage', 'trellis'), turnsOf('firstPage', 'trellis')),
      'firstPage',
    ),
    figure(
      targets.aggregate,
      timeRatio(turnsOf('aggregate', 'trellis'), turnsOf('aggregate', 'limit')),
      'limit',
    ),
  ]
}

/** What is measured in processes of its own. */
async function checks(url: string): Promise<readonly Figure[]> {
  const environment = { DATABASE_URL: url }
  say('counting statements')
  const statements = await runScript<number>('statements.ts', { environment })
  say('composing')
  const composing = async (extensions: number): Promise<Spread> => {
    const taken: number[] = []
    for (let time = 0; time < 5; time += 1)
      taken.push(await runScript<number>('compose.ts', { words: [String(extensions)] }))
    return spreadOf(taken)
  }
  const [hundred, twoHundred] = [await composing(100), await composing(200)]
  say('starting')
  const start = spreadOf(await measureStart(5))
  say('ten thousand documents')
  const heap = await runScript<{ before: number; after: number }>('heap.ts', {
    environment,
    flags: ['--expose-gc'],
  })
  const one = (value: number): Spread => ({ median: value, lower: value, upper: value })
  return [
    { ...targets.statements, value: one(statements), against: '' },
    { ...targets.compose, value: hundred, against: '' },
    { ...targets.composeLinear, value: one(twoHundred.median / hundred.median), against: '100 extensions' },
    { ...targets.start, value: start, against: '' },
    { ...targets.heap, value: one(heap.after / heap.before), against: 'before' },
  ]
}

async function write(results: Results): Promise<void> {
  const folder = join(import.meta.dirname, 'results')
  await writeFile(join(folder, 'latest.json'), `${JSON.stringify(results, null, 2)}\n`)
  await writeFile(join(folder, 'latest.svg'), chart(results))
  await writeFile(join(folder, 'latest.md'), markdown(results))
  for (const figure of results.figures)
    say(`${verdict(figure).padEnd(13)} ${figure.name}: ${figure.value?.median.toFixed(2) ?? ''}`)
  say('written to bench/results/latest.md, latest.json and latest.svg')
}

const words = process.argv.slice(2)
for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.once(signal, () => {
    killAll()
    process.exit(130)
  })
try {
  const options = readOptions(words)
  if (options === 'help') process.stdout.write(usage)
  else await main(options, ['npm run bench', ...(words.length > 0 ? ['--', ...words] : [])].join(' '))
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
  process.exitCode = 1
} finally {
  killAll()
}
