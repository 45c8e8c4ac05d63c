/** What calls of one extension or field came to within one operation. */
export interface Cost {
  calls: number
  failures: number
  /** How long they took, one after the other: calls that ran at once add up. */
  milliseconds: number
}

export interface ExtensionCost extends Readonly<Cost> {
  /** By coordinate, such as `Customer.loyalty`. */
  readonly fields: Readonly<Record<string, Readonly<Cost>>>
}

/** What the extensions cost one operation. */
export interface Costs {
  readonly note: (extension: string, coordinate: string, milliseconds: number, hasFailed: boolean) => void
  /** By extension; those that were not called are not there. */
  readonly report: () => Readonly<Record<string, ExtensionCost>>
}

const rounded = ({ milliseconds, ...cost }: Cost): Cost => ({
  ...cost,
  milliseconds: Math.round(milliseconds * 1000) / 1000,
})

export function createCosts(): Costs {
  const extensions = new Map<string, Map<string, Cost>>()
  return {
    note(extension, coordinate, milliseconds, hasFailed) {
      const fields = extensions.get(extension) ?? new Map<string, Cost>()
      extensions.set(extension, fields)
      const cost = fields.get(coordinate) ?? { calls: 0, failures: 0, milliseconds: 0 }
      fields.set(coordinate, cost)
      cost.calls += 1
      cost.milliseconds += milliseconds
      if (hasFailed) cost.failures += 1
    },
    report: () =>
      Object.fromEntries(
        [...extensions].map(([extension, fields]) => {
          const sum: Cost = { calls: 0, failures: 0, milliseconds: 0 }
          for (const { calls, failures, milliseconds } of fields.values()) {
            sum.calls += calls
            sum.failures += failures
            sum.milliseconds += milliseconds
          }
          const each = [...fields].map(([coordinate, cost]) => [coordinate, rounded(cost)] as const)
          return [extension, { ...rounded(sum), fields: Object.fromEntries(each) }]
        }),
      ),
  }
}
