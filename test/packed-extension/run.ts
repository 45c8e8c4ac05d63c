import { execFile } from 'node:child_process'
import { promisify } from 'node:util'

/**
 * What a command prints.
 *
 * @throws Error with all that it printed, when it fails
 */
export async function run(command: string, words: readonly string[], folder: string): Promise<string> {
  try {
    const { stdout } = await promisify(execFile)(command, [...words], {
      cwd: folder,
      shell: process.platform === 'win32',
    })
    return stdout
  } catch (cause) {
    const printed =
      cause instanceof Error && 'stdout' in cause && 'stderr' in cause
        ? `${String(cause.stdout)}${String(cause.stderr)}`
        : ''
    throw new Error(`${[command, ...words].join(' ')} failed in ${folder}:\n${printed}`, { cause })
  }
}
