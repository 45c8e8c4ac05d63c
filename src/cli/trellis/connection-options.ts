import { type Command, Option } from 'commander'
import type { Connection } from './ask-gateway.ts'
import { keyFileOption, keyOf } from './key.ts'

/** What `withConnection` adds to a command. */
export interface ConnectionOptions {
  readonly url: string
  readonly keyFile?: string
}

/** Lets a command be told which gateway it asks. */
export const withConnection = (command: Command): Command =>
  command
    .addOption(new Option('--url <url>', 'where the gateway is').default('http://127.0.0.1:4000'))
    .addOption(keyFileOption())

/** @throws CommandError when the file of the key cannot be read */
export const connectionFrom = ({ url, keyFile }: ConnectionOptions, key: string | null): Connection => ({
  url,
  key: keyOf({ key, keyFile }),
})
