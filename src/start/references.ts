import type { Extension } from '@trellis/sdk'

/** A column of an extension's own table that keeps ids of core records. */
export interface Reference {
  readonly table: string
  readonly column: string
  /** Of which entity; `Target` for any that is one. */
  readonly entity: string
}

/** What an extension declares, as composition has checked it. */
export const referencesOf = ({ references = {} }: Extension): readonly Reference[] =>
  Object.entries(references).map(([place, entity]) => {
    const [table = '', column = ''] = place.split('.')
    return { table, column, entity }
  })
