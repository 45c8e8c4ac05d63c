import type { Checks } from '../checks/index.ts'
import type { ScenarioName } from '../contenders/contender.ts'
import { peers } from '../contenders/index.ts'
import type { Turn } from '../measure/load.ts'
import type { Measured } from '../measure/rounds.ts'
import { differences, quantile, ratios, type Spread, spreadOf } from '../measure/statistics.ts'
import { type Figure, type Target, targets } from './target.ts'

type Turns = readonly Turn[] | undefined

const rate = ({ requestsPerSecond }: Turn): number => requestsPerSecond
const cpu = (turn: Turn): number => turn.cpu
/** As many ask all the time, so the time that a request takes is the inverse of how many are answered. */
const time = ({ requestsPerSecond }: Turn): number => 1 / requestsPerSecond

const compared = (turns: Turns, others: Turns, value: (turn: Turn) => number): Spread | null =>
  turns && others ? ratios(turns.map(value), others.map(value)) : null

/** All figures to reach, those that were not measured included. */
export function figuresOf(
  measured: readonly Measured[],
  unused: readonly Measured[],
  checks: Checks | null,
): readonly Figure[] {
  const turnsOf = (scenario: ScenarioName, name: string, among = measured): Turns =>
    among.find(entry => entry.scenario === scenario && entry.contender === name)?.turns
  const figure = (target: Target, value: Spread | null, against = ''): Figure => ({
    ...target,
    value,
    against,
  })

  const againstBestPeer = (target: Target, scenario: ScenarioName): Figure => {
    const [best] = peers
      .flatMap(({ name }) => {
        const turns = turnsOf(scenario, name)
        return turns ? [{ name, turns, median: quantile(turns.map(rate), 0.5) }] : []
      })
      .toSorted((a, b) => b.median - a.median)
    return figure(target, compared(turnsOf(scenario, 'trellis'), best?.turns, rate), best?.name)
  }
  const unusedRemotes = (target: Target, scenario: ScenarioName): Figure =>
    figure(
      target,
      compared(turnsOf(scenario, 'trellis-remotes', unused), turnsOf(scenario, 'trellis-0', unused), cpu),
      'trellis-0',
    )
  /** What the field takes beyond the same question without it, round by round; ms. */
  const addedByRemote = (name: string): Spread | null => {
    const [turns, without] = [turnsOf('remote', name), turnsOf('withoutRemote', name)]
    return turns && without ? differences(turns.map(cpu), without.map(cpu)) : null
  }
  const againstHive = (target: Target, value: (turn: Turn) => number): Figure =>
    figure(
      target,
      compared(turnsOf('remote', 'trellis-remote'), turnsOf('remote', 'hive-gateway'), value),
      'hive-gateway',
    )
  const addedByHive = addedByRemote('hive-gateway')
  const single = (value: number | undefined): Spread | null =>
    value === undefined ? null : { median: value, lower: value, upper: value }

  const dearestReport = (shown: Checks | null): Figure => {
    const [dearest] = (shown?.reports ?? [])
      .map(({ report, trellis, sql }) => ({ report, value: ratios(trellis, sql) }))
      .toSorted((a, b) => b.value.median - a.value.median)
    return figure(targets.reports, dearest?.value ?? null, dearest?.report)
  }

  return [
    againstBestPeer(targets.nestedPeer, 'nested'),
    figure(
      targets.nestedLimit,
      compared(turnsOf('nested', 'trellis'), turnsOf('nested', 'limit'), rate),
      'limit',
    ),
    againstBestPeer(targets.byIdPeer, 'byId'),
    againstBestPeer(targets.listPeer, 'list'),
    figure(
      targets.agent,
      compared(turnsOf('nested', 'trellis-agent'), turnsOf('nested', 'trellis'), rate),
      'trellis',
    ),
    figure(
      targets.unused,
      compared(turnsOf('nested', 'trellis-20', unused), turnsOf('nested', 'trellis-0', unused), cpu),
      'trellis-0',
    ),
    unusedRemotes(targets.unusedRemotesNested, 'nested'),
    unusedRemotes(targets.unusedRemotesById, 'byId'),
    unusedRemotes(targets.unusedRemotesList, 'list'),
    figure(
      targets.remoteField,
      addedByRemote('trellis-remote'),
      addedByHive ? `hive-gateway adds ${addedByHive.median.toFixed(2)} ms` : '',
    ),
    againstHive(targets.remotePeer, rate),
    againstHive(targets.remotePeerCpu, cpu),
    figure(
      targets.tenFields,
      compared(turnsOf('extensionFields', 'trellis-fields'), turnsOf('extensionFields', 'hand-written'), cpu),
      'hand-written',
    ),
    figure(
      targets.deepPage,
      compared(turnsOf('deepPage', 'trellis'), turnsOf('firstPage', 'trellis'), time),
      'trellis',
    ),
    figure(
      targets.aggregate,
      compared(turnsOf('aggregate', 'trellis'), turnsOf('aggregate', 'limit'), time),
      'limit',
    ),
    dearestReport(checks),
    figure(targets.statements, single(checks?.statements)),
    figure(targets.compose, checks && spreadOf(checks.compose[100])),
    figure(targets.composeLinear, checks && ratios(checks.compose[200], checks.compose[100])),
    figure(targets.start, checks && spreadOf(checks.start)),
    figure(targets.heap, single(checks ? checks.heap.after / checks.heap.before : undefined)),
  ]
}
