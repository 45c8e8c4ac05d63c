import { apollo } from './apollo/index.ts'
import type { Contender } from './contender.ts'
import { handWritten } from './hand-written/index.ts'
import { hiveGateway } from './hive-gateway/index.ts'
import { limit } from './limit/index.ts'
import { mercurius } from './mercurius/index.ts'
import { postgraphile } from './postgraphile/index.ts'
import { pothos } from './pothos/index.ts'
import {
  trellis,
  trellisAsAgent,
  trellisFields,
  trellisRemote,
  trellisWithout,
  trellisWithRemotes,
  trellisWithTwenty,
} from './trellis/index.ts'

/** Other ways to a GraphQL API on PostgreSQL. */
export const peers: readonly Contender[] = [postgraphile, mercurius, apollo, pothos]

export const contenders: readonly Contender[] = [
  limit,
  trellis,
  trellisAsAgent,
  ...peers,
  trellisFields,
  handWritten,
  trellisRemote,
  hiveGateway,
  trellisWithout,
  trellisWithTwenty,
  trellisWithRemotes,
]
