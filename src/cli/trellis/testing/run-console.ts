import { join } from 'node:path'
import { runTrellis } from './run-trellis.ts'

export interface ConsoleOptions {
  /** Where commands find the gateway whose address is the one that is taken without `--url`. */
  readonly endpoint: string
  readonly key: string
  /** A folder for what commands write. */
  readonly folder: string
}

/** What `< seal.txt` brings. */
const input = 'sealing-wax\n'

/** A block of a document that begins with `$ npx trellis …`, with what the command really prints. */
export async function runConsole(block: string, { endpoint, key, folder }: ConsoleOptions): Promise<string> {
  const [line = ''] = block.split('\n')
  const words = (/^\$ npx trellis (.*?)(?: <.*)?$/.exec(line)?.[1] ?? '').split(' ')
  const [command = ''] = words
  const placed = words.map((word, index) => (words[index - 1] === '--out' ? join(folder, word) : word))
  const { printed, complained } = await runTrellis(
    [
      ...placed,
      ...(command === 'create' ? ['--directory', join(folder, 'extension-visit')] : []),
      ...(command === 'extension' || command === 'doctor' ? ['--url', endpoint] : []),
    ],
    { input, env: { TRELLIS_KEY: key } },
  )
  const said = `${printed}${complained}`
    .replaceAll(endpoint, 'http://127.0.0.1:4000')
    .replaceAll(/\S*\/extension-visit/g, '../extension-visit')
    .replaceAll(`${folder}/`, '')
  return `${line}\n${said.trimEnd()}\n`
}
