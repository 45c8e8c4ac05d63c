import { collectDefaultMetrics, Registry } from 'prom-client'
import type { Supervision } from '../../supervision/index.ts'
import { createCollector } from './collected.ts'
import { describeDrifts, type ServiceDrift } from './drift-metrics.ts'
import { describeExtensions } from './extension-metrics.ts'
import type { Traffic } from './traffic.ts'

export interface MetricsOptions {
  readonly traffic: Traffic
  readonly supervision: Supervision
  readonly drifts: () => Iterable<ServiceDrift>
}

/** What there is to be known of this process, in Prometheus's text format. */
export interface Metrics {
  readonly contentType: string
  readonly text: () => Promise<string>
}

export function createMetrics({ traffic, supervision, drifts }: MetricsOptions): Metrics {
  const registry = new Registry()
  const collector = createCollector(registry)
  collector.counter(
    {
      name: 'trellis_http_requests_total',
      help: 'Requests that were answered.',
      labels: ['method', 'path', 'status'],
    },
    () =>
      traffic
        .requests()
        .map(({ method, path, status, count }) => [{ method, path, status: String(status) }, count]),
  )
  collector.histogram(
    {
      name: 'trellis_operation_duration_seconds',
      help: 'GraphQL operations, from the arrival of the request to its response; bounds are met to 6 %.',
      labels: ['type'],
    },
    () => [...traffic.operations].map(([type, durations]) => [{ type }, durations]),
  )
  collector.counter(
    { name: 'trellis_errors_total', help: 'Errors that clients were told of.', labels: ['code'] },
    () => [...traffic.errors].map(([code, count]) => [{ code }, count]),
  )
  describeExtensions(collector, supervision)
  describeDrifts(collector, drifts)
  let isWatching = false
  return {
    contentType: registry.contentType,
    text() {
      // They watch the event loop and the garbage collector, which nobody has to pay for who does not look.
      if (!isWatching) collectDefaultMetrics({ register: registry })
      isWatching = true
      return registry.metrics()
    },
  }
}
