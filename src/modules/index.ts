import type { Module } from '@trellis/sdk'
import { access } from './access/index.ts'
import { activities } from './activities/index.ts'
import { background } from './background/index.ts'
import { customers } from './customers/index.ts'
import { marketing } from './marketing/index.ts'
import { records } from './records/index.ts'
import { reports } from './reports/index.ts'
import { sales } from './sales/index.ts'
import { support } from './support/index.ts'

/** The modules of the core, in the order of their dependence. */
export const modules: readonly Module[] = [
  access,
  records,
  activities,
  customers,
  sales,
  marketing,
  support,
  reports,
  background,
]
