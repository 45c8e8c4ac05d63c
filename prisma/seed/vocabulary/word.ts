import { toLatin } from '../text.ts'

/** A name as it is written, and as it is in a domain or an e-mail address. */
export interface Word {
  readonly written: string
  readonly latin: string
}

const listed = (names: string): readonly string[] => names.trim().split(/,\s*/)

/** Names in Latin script, with commas between them. */
export const latin = (names: string): readonly Word[] =>
  listed(names).map(written => ({ written, latin: toLatin(written) }))

/** Names in another script with their romanisation behind a space: `王 wang, 李 li`. */
export const romanised = (names: string): readonly Word[] =>
  listed(names).map(name => {
    const [written = '', romanisation = ''] = name.split(' ')
    return { written, latin: romanisation }
  })
