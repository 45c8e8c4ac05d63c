import type { SupervisedField, Supervision, Supervisor } from '../../supervision/index.ts'
import type { createCollector } from './collected.ts'

const circuits = { closed: 0, open: 1, 'half-open': 2 } as const
const fiveMinutes = 300_000

/** What the extensions are asked for, and what comes of it. */
export function describeExtensions(
  collector: ReturnType<typeof createCollector>,
  { supervisors }: Supervision,
): void {
  type OfField = (field: SupervisedField) => number
  const labels = ['extension', 'field'] as const
  /** Fields that nobody has asked for yet have no series. */
  const byField = function* <Value>(valueOf: (field: SupervisedField) => Value) {
    for (const { extension, fields } of supervisors.values())
      for (const field of fields.values()) {
        const { calls, refusals } = field.tally.total
        if (calls + refusals > 0) yield [{ extension, field: field.coordinate }, valueOf(field)] as const
      }
  }
  const byExtension = function* (valueOf: (supervisor: Supervisor) => number) {
    for (const supervisor of supervisors.values())
      yield [{ extension: supervisor.extension }, valueOf(supervisor)] as const
  }
  /** Where the label field is empty, it is the extension as a whole. */
  const byBoth = function* (wholeOf: (supervisor: Supervisor) => number, fieldOf: OfField) {
    for (const [{ extension }, value] of byExtension(wholeOf))
      yield [{ extension, field: '' }, value] as const
    yield* byField(fieldOf)
  }
  const count = (name: string, help: string, valueOf: OfField): void =>
    collector.counter({ name: `trellis_extension_${name}_total`, help, labels }, () => byField(valueOf))

  count('calls', 'Calls that have ended.', ({ tally }) => tally.total.calls)
  count(
    'failures',
    'Calls that threw, were too late or answered wrongly.',
    ({ tally }) => tally.total.failures,
  )
  count(
    'refusals',
    'Calls that were not made: breaker open, or overloaded.',
    ({ tally }) => tally.total.refusals,
  )
  count('timeouts', 'Calls that did not answer by their deadline.', ({ counts }) => counts.timeouts)
  count('late_answers', 'Calls that answered after their deadline.', ({ counts }) => counts.late)
  count('blocks', 'Calls that blocked the event loop for longer than allowed.', ({ counts }) => counts.blocks)
  count('blocked_seconds', 'For how long these did.', ({ counts }) => counts.blockedMs / 1000)
  collector.histogram(
    {
      name: 'trellis_extension_call_duration_seconds',
      help: 'How long calls took; bounds are met to 6 %.',
      labels,
    },
    () => byField(({ tally }) => tally.total.durations),
  )
  collector.gauge({ name: 'trellis_extension_circuit', help: '0 closed, 1 open, 2 half open.', labels }, () =>
    byBoth(
      ({ breaker }) => circuits[breaker.state],
      ({ breaker }) => circuits[breaker.state],
    ),
  )
  collector.gauge(
    {
      name: 'trellis_extension_availability',
      help: 'Share of the last five minutes in which the circuit was closed.',
      labels,
    },
    () =>
      byBoth(
        ({ uptime }) => uptime.availability(fiveMinutes),
        ({ uptime }) => uptime.availability(fiveMinutes),
      ),
  )
  collector.gauge(
    { name: 'trellis_extension_in_flight', help: 'Calls that have not answered yet.', labels: ['extension'] },
    () => byExtension(({ gate }) => gate.inside),
  )
  collector.gauge(
    { name: 'trellis_extension_waiting', help: 'Calls that wait for one of these.', labels: ['extension'] },
    () => byExtension(({ gate }) => gate.waiting),
  )
  collector.counter(
    {
      name: 'trellis_extension_stray_rejections_total',
      help: 'Promises that were rejected, and nobody listened.',
      labels: ['extension'],
    },
    () => byExtension(({ strays }) => strays()),
  )
}
