/** How long a report took, and the SQL that one would write for it by hand, in the same order; ms. */
export interface ReportTimes {
  readonly report: string
  readonly trellis: readonly number[]
  readonly sql: readonly number[]
}
