import { cpus, totalmem } from 'node:os'
import { runChecks } from './checks/index.ts'
import type { Askings, Contender, ScenarioName } from './contenders/contender.ts'
import { contenders } from './contenders/index.ts'
import { databaseUrl } from './data/address.ts'
import { claimData } from './data/claim.ts'
import { connect, prepareData } from './data/prepare.ts'
import { figuresOf } from './figures/derive.ts'
import { type Entry, type Measured, measureRounds } from './measure/rounds.ts'
import { type RunningServer, startServer } from './measure/server.ts'
import { settled } from './measure/settled.ts'
import { findPostmaster, peakMemoryOf } from './measure/usage.ts'
import type { Options } from './options.ts'
import type { Results } from './report/results.ts'
import { clean, cleanAll } from './scenarios/cleaning.ts'
import { expectedAnswers } from './scenarios/expected.ts'
import { versionsOf } from './versions.ts'

/** A contender that runs, with all that it can be asked. */
interface Ready {
  readonly contender: Contender
  readonly server: RunningServer
  readonly askings: Askings
}

/** What is compared with each other is measured in the same rounds. */
const together: readonly (readonly ScenarioName[])[] = [
  ['nested'],
  ['byId'],
  ['list'],
  ['firstPage', 'deepPage'],
  ['extensionFields'],
  ['create'],
  ['bulkUpsert'],
  ['aggregate'],
]

/** Those that only show what extensions cost that nothing asks for: their difference is small and takes rounds of its own. */
const unusedExtensions = ['trellis-0', 'trellis-20']
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

  const servers = new Map<string, RunningServer>()
  closing.defer(() => stopAll(servers))
  const ready: Ready[] = []
  for (const contender of contenders) {
    if (options.only.length > 0 && !options.only.includes(contender.name)) continue
    const server = servers.get(serverKey(contender)) ?? (await startServer(contender, url))
    servers.set(serverKey(contender), server)
    ready.push({ contender, server, askings: await contender.askings(facts, server.url) })
    say(`${contender.name} listens`)
  }
  const entriesOf = (scenario: ScenarioName, among: readonly Ready[]): readonly Entry[] =>
    among.flatMap(({ contender: { name }, server: { url, pid, said }, askings }) => {
      const asking = askings[scenario]
      return asking
        ? [{ contender: name, scenario, url, pid, said, asking, expected: expected[scenario] }]
        : []
    })
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

  const isUnused = ({ contender }: Ready) => unusedExtensions.includes(contender.name)
  const measured: Measured[] = []
  for (const scenarios of together) {
    const entries = scenarios
      .filter(scenario => options.scenarios.includes(scenario))
      .flatMap(scenario =>
        entriesOf(
          scenario,
          ready.filter(one => !isUnused(one)),
        ),
      )
    if (entries.length > 0) measured.push(...(await measure(entries, options.rounds)))
  }
  const withAndWithout = ready.filter(isUnused)
  const unused =
    options.scenarios.includes('nested') && withAndWithout.length === unusedExtensions.length
      ? await measure(entriesOf('nested', withAndWithout), unusedRounds[options.quick ? 'quick' : 'full'])
      : []
  const described = ready.map(({ contender: { name, label }, server: { pid } }) => ({
    name,
    label,
    peakMemory: peakMemoryOf(pid),
  }))
  // What follows is measured on an idle machine.
  await stopAll(servers)
  const isWhole = options.only.length === 0 && options.scenarios.length === expectedScenarios
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
    contenders: described,
    scenarios: scenariosOf(measured),
    unusedExtensions: unused.map(({ contender, turns }) => ({ contender, turns })),
    checks,
    figures: figuresOf(measured, unused, checks),
  }
}

const expectedScenarios = together.flat().length

/** Contenders that differ only in what they are asked share a process. */
const serverKey = ({ server }: Contender): string => JSON.stringify(server)

async function stopAll(servers: Map<string, RunningServer>): Promise<void> {
  await Promise.all([...servers.values()].map(server => server.stop()))
  servers.clear()
}

const scenariosOf = (measured: readonly Measured[]): Results['scenarios'] =>
  [...new Set(measured.map(({ scenario }) => scenario))].map(name => ({
    name,
    results: measured
      .filter(({ scenario }) => scenario === name)
      .map(({ contender, turns }) => ({ contender, turns })),
  }))
