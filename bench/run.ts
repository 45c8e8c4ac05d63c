import { cpus, totalmem } from 'node:os'
import { runChecks } from './checks/index.ts'
import type { Contender, ScenarioName } from './contenders/contender.ts'
import { contenders } from './contenders/index.ts'
import { databaseUrl } from './data/address.ts'
import { claimData } from './data/claim.ts'
import { connect, prepareData } from './data/prepare.ts'
import { figuresOf } from './figures/derive.ts'
import { type Ready, startPhase } from './measure/phase.ts'
import { type Entry, type Measured, measureRounds } from './measure/rounds.ts'
import { settled } from './measure/settled.ts'
import { findPostmaster } from './measure/usage.ts'
import type { Options } from './options.ts'
import type { Results } from './report/results.ts'
import { clean, cleanAll } from './scenarios/cleaning.ts'
import { type Expected, expectedAnswers } from './scenarios/expected.ts'
import { versionsOf } from './versions.ts'

/** What is compared with each other is measured in the same rounds. */
const together: readonly (readonly ScenarioName[])[] = [
  ['nested'],
  ['byId'],
  ['list'],
  ['firstPage', 'deepPage'],
  ['extensionFields'],
  ['withoutRemote', 'remote'],
  ['create'],
  ['bulkUpsert'],
  ['aggregate'],
]

/** Run at a time of their own: ten servers of ten connections are more than PostgreSQL allows unless told otherwise. */
const apart: readonly (readonly string[])[] = [
  ['trellis-fields', 'hand-written'],
  ['trellis-remote', 'hive-gateway'],
]

/** What extensions cost that nothing asks for: a small difference, which takes more rounds. */
const unusedExtensions = ['trellis-0', 'trellis-20', 'trellis-remotes']
const unusedIn: Partial<Readonly<Record<ScenarioName, readonly string[]>>> = {
  nested: unusedExtensions,
  byId: ['trellis-0', 'trellis-remotes'],
  list: ['trellis-0', 'trellis-remotes'],
}
const unusedRounds = { quick: 5, full: 20 }

/**
 * Measures all that the options ask for.
 *
 * @throws Error that says which contender answers wrong, or does not start
 */
export async function run(options: Options, command: string, say: (line: string) => void): Promise<Results> {
  const url = databaseUrl()
  const facts = await prepareData(url, say)
  await using closing = new AsyncDisposableStack()
  const database = await connect(url)
  closing.defer(() => database.end())
  await claimData(database)
  await cleanAll(database)
  const expected = await expectedAnswers(database, facts)
  const postmaster = await findPostmaster(database)
  if (postmaster === null) say('PostgreSQL is not on this machine: its CPU is not measured')

  const measure = (entries: readonly Entry[], rounds: number) =>
    measureRounds({
      entries,
      rounds,
      seconds: options.seconds,
      connections: options.connections,
      postmaster,
      clean: (scenario, when) => clean(database, scenario, when),
      settle: () => settled(database),
      say,
    })

  const chosen = contenders.filter(({ name }) => options.only.length === 0 || options.only.includes(name))
  const peakMemory = new Map<string, number>()
  const among = async <Value>(
    some: readonly Contender[],
    measuring: (ready: readonly Ready[]) => Promise<Value>,
  ) => {
    await using phase = await startPhase(some, { url, facts, say })
    const value = await measuring(phase.ready)
    for (const [name, memory] of phase.peakMemory()) peakMemory.set(name, memory)
    return value
  }

  const named = [...apart, unusedExtensions].flat()
  const measured: Measured[] = []
  for (const some of [
    chosen.filter(({ name }) => !named.includes(name)),
    ...apart.map(names => chosen.filter(({ name }) => names.includes(name))),
  ])
    await among(some, async ready => {
      for (const scenarios of together) {
        const entries = scenarios
          .filter(scenario => options.scenarios.includes(scenario))
          .flatMap(scenario => entriesOf(scenario, ready, expected))
        if (entries.length > 0) measured.push(...(await measure(entries, options.rounds)))
      }
    })
  const withAndWithout = chosen.filter(({ name }) => unusedExtensions.includes(name))
  const unused: Measured[] = []
  if (withAndWithout.length > 1)
    await among(withAndWithout, async ready => {
      for (const scenario of options.scenarios) {
        const entries = entriesOf(scenario, ready, expected).filter(({ contender }) =>
          unusedIn[scenario]?.includes(contender),
        )
        if (entries.length > 1)
          unused.push(...(await measure(entries, unusedRounds[options.quick ? 'quick' : 'full'])))
      }
    })
  const isWhole = options.only.length === 0 && options.scenarios.length === allScenarios
  const checks = isWhole ? await runChecks({ url, quick: options.quick, say }) : null

  const { rows } = await database.query<{ server_version: string }>('show server_version')
  return {
    command,
    date: new Date().toISOString(),
    machine: {
      cpu: cpus()[0]?.model ?? 'unknown',
      cores: cpus().length,
      memoryGiB: Math.round(totalmem() / 2 ** 30),
    },
    versions: {
      'Node.js': process.versions.node,
      PostgreSQL: rows[0]?.server_version ?? '',
      ...versionsOf(),
    },
    options,
    contenders: chosen.flatMap(({ name, label }) => {
      const memory = peakMemory.get(name)
      return memory === undefined ? [] : [{ name, label, peakMemory: memory }]
    }),
    scenarios: scenariosOf(measured),
    unusedExtensions: scenariosOf(unused),
    checks,
    figures: figuresOf(measured, unused, checks),
  }
}

const allScenarios = together.flat().length

const entriesOf = (scenario: ScenarioName, ready: readonly Ready[], expected: Expected): readonly Entry[] =>
  ready.flatMap(({ contender: { name }, server: { url, pid, said }, askings }) => {
    const asking = askings[scenario]
    return asking ? [{ contender: name, scenario, url, pid, said, asking, expected: expected[scenario] }] : []
  })

const scenariosOf = (measured: readonly Measured[]): Results['scenarios'] =>
  [...new Set(measured.map(({ scenario }) => scenario))].map(name => ({
    name,
    results: measured
      .filter(({ scenario }) => scenario === name)
      .map(({ contender, turns }) => ({ contender, turns })),
  }))
