import type { Config } from '../config/index.ts'
import type { ConnectionParts } from '../database/connection.ts'

/** What a part is made with, which is what its gateway is made with; it can be cloned. */
export interface PartSurroundings {
  readonly connection: ConnectionParts
  readonly config: Pick<Config, 'mode' | 'files' | 'attachments' | 'eventDays'>
  /** What secrets of extensions are opened with; none where there are none. */
  readonly encryptionKeys: readonly Uint8Array[]
  readonly logLevel: string
  /** Where packages lie that were installed apart from Trellis, as Node names it. @default none are */
  readonly installedIn?: string
  /** A fixed present, for tests. @default the clock */
  readonly now?: Date
}
