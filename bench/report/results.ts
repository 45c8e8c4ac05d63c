import type { Checks } from '../checks/index.ts'
import type { ScenarioName } from '../contenders/contender.ts'
import type { Figure } from '../figures/target.ts'
import type { Turn } from '../measure/load.ts'
import type { Options } from '../options.ts'

/** What a contender's turns showed, one a round. */
export interface Result {
  readonly contender: string
  readonly turns: readonly Turn[]
}

export interface ScenarioResults {
  readonly name: ScenarioName
  readonly results: readonly Result[]
}

/** All that a run showed. */
export interface Results {
  readonly command: string
  /** ISO 8601. */
  readonly date: string
  readonly machine: { readonly cpu: string; readonly cores: number; readonly memoryGiB: number }
  readonly versions: Readonly<Record<string, string>>
  readonly options: Options
  readonly contenders: readonly {
    readonly name: string
    readonly label: string
    /** MiB. */
    readonly peakMemory: number
  }[]
  readonly scenarios: readonly ScenarioResults[]
  /** With extensions that nothing asks for, and with none. */
  readonly unusedExtensions: readonly ScenarioResults[]
  readonly checks: Checks | null
  readonly figures: readonly Figure[]
}
