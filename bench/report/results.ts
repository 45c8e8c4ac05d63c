import type { ScenarioName } from '../contenders/contender.ts'
import type { Figure } from '../figures.ts'
import type { Turn } from '../measure/load.ts'

/** All that a run showed. */
export interface Results {
  readonly command: string
  readonly date: string
  readonly machine: { readonly cpu: string; readonly cores: number; readonly memoryGiB: number }
  readonly versions: Readonly<Record<string, string>>
  readonly options: { readonly rounds: number; readonly seconds: number; readonly connections: number }
  readonly contenders: readonly {
    readonly name: string
    readonly label: string
    readonly peakMemory: number | null
  }[]
  readonly scenarios: readonly {
    readonly name: ScenarioName
    readonly turns: Readonly<Record<string, readonly Turn[]>>
  }[]
  readonly figures: readonly Figure[]
}
