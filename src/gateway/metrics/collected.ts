import { Counter, Gauge, Histogram as PrometheusHistogram, type Registry } from 'prom-client'
import type { Histogram } from '../../supervision/index.ts'

type Labels = Readonly<Record<string, string>>

interface Description<Label extends string> {
  readonly name: string
  readonly help: string
  readonly labels: readonly Label[]
}

/** Makes metrics whose values are asked for when they are written down, and cost nothing until then. */
export function createCollector(registry: Registry) {
  const registers = [registry]
  return {
    counter<Label extends string>(
      { name, help, labels }: Description<Label>,
      values: () => Iterable<readonly [labels: Readonly<Record<Label, string>>, value: number]>,
    ): void {
      const counter = new Counter({
        name,
        help,
        labelNames: labels,
        registers,
        collect() {
          counter.reset()
          for (const [each, value] of values()) counter.inc({ ...each }, value)
        },
      })
    },
    gauge<Label extends string>(
      { name, help, labels }: Description<Label>,
      values: () => Iterable<readonly [labels: Readonly<Record<Label, string>>, value: number]>,
    ): void {
      const gauge = new Gauge({
        name,
        help,
        labelNames: labels,
        registers,
        collect() {
          gauge.reset()
          for (const [each, value] of values()) gauge.set({ ...each }, value)
        },
      })
    },
    histogram(
      { name, help, labels }: Description<string>,
      values: () => Iterable<readonly [labels: Labels, durations: Histogram]>,
    ): void {
      const histogram = new PrometheusHistogram({
        name,
        help,
        labelNames: labels,
        buckets: [...bounds],
        registers,
      })
      // It counts on its own buckets when it is told of each value; here they are counted already, and finer.
      const get = async () => ({
        name,
        help,
        type: 'histogram',
        aggregator: 'sum',
        values: [...values()].flatMap(([each, durations]) => linesOf(name, each, durations)),
      })
      Object.assign(histogram, { get, getForPromString: get })
    },
  }
}

/** Seconds, as Prometheus has them. */
const bounds = [
  0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10,
] as const

const linesOf = (name: string, labels: Labels, durations: Histogram) => [
  ...bounds.map(le => ({
    metricName: `${name}_bucket`,
    labels: { ...labels, le },
    value: durations.upTo(le * 1000),
  })),
  { metricName: `${name}_bucket`, labels: { ...labels, le: '+Inf' }, value: durations.count },
  { metricName: `${name}_sum`, labels, value: durations.sum / 1000 },
  { metricName: `${name}_count`, labels, value: durations.count },
]
