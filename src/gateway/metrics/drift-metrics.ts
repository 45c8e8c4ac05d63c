import type { createCollector } from './collected.ts'

/** In how many ways a service elsewhere is not what it is pinned to. */
export interface ServiceDrift {
  readonly extension: string
  /** Operations may fail of these. */
  readonly breaking: number
  readonly other: number
}

/** Services that do not tell their schemas have no series. */
export function describeDrifts(
  collector: ReturnType<typeof createCollector>,
  drifts: () => Iterable<ServiceDrift>,
): void {
  collector.gauge(
    {
      name: 'trellis_extension_schema_drift',
      help: 'Ways in which a service is not what it is pinned to.',
      labels: ['extension', 'kind'],
    },
    function* () {
      for (const { extension, breaking, other } of drifts()) {
        yield [{ extension, kind: 'breaking' }, breaking] as const
        yield [{ extension, kind: 'other' }, other] as const
      }
    },
  )
}
