import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'

export interface Started extends AsyncDisposable {
  /** The address that the service printed. */
  readonly url: string
  /** Settled when it has ended, by itself too. */
  readonly exited: Promise<unknown>
}

/**
 * Starts a service in a process of its own and waits for the address that it prints.
 *
 * @throws Error with what it wrote instead
 */
export async function startService(
  command: string,
  args: readonly string[],
  environment: Readonly<Record<string, string>>,
): Promise<Started> {
  const child = spawn(command, args, {
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let complaint = ''
  const exited = once(child, 'exit').catch((error: Error) => {
    complaint += error.message
  })
  child.stderr.on('data', (text: Buffer) => {
    complaint += String(text)
  })
  for await (const line of createInterface(child.stdout)) {
    const url = /http:\/\/[^\s,]+/.exec(line)?.[0]
    if (url === undefined) continue
    child.stdout.resume()
    return {
      url,
      exited,
      [Symbol.asyncDispose]: async () => {
        if (child.exitCode === null && child.signalCode === null) child.kill()
        await exited
      },
    }
  }
  child.kill()
  await exited
  throw new Error(`${command} ${args.join(' ')} printed no address: ${complaint}`)
}
