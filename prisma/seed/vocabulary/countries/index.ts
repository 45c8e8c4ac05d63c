import type { Country } from '../country.ts'
import { australia } from './australia.ts'
import { brazil } from './brazil.ts'
import { canada } from './canada.ts'
import { china } from './china.ts'
import { france } from './france.ts'
import { germany } from './germany.ts'
import { india } from './india.ts'
import { ireland } from './ireland.ts'
import { japan } from './japan.ts'
import { unitedKingdom } from './united-kingdom.ts'
import { unitedStates } from './united-states.ts'

/** Where the sample's customers are. */
export const countries: readonly Country[] = [
  australia,
  brazil,
  canada,
  china,
  france,
  germany,
  india,
  ireland,
  japan,
  unitedKingdom,
  unitedStates,
]
