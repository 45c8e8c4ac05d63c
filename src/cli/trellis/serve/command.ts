import { Command } from 'commander'
import { CommandError } from '../command-error.ts'
import type { Surroundings } from '../surroundings.ts'

interface Options {
  readonly host: string
  readonly port: string
}

/** `trellis serve NAME` */
export const serveCommand = ({ print }: Surroundings): Command =>
  new Command('serve')
    .description('serve an installed extension over HTTP, for gateways that do not run it themselves')
    .argument('<name>', 'the extension')
    .option('--host <host>', 'the address to listen on', '127.0.0.1')
    .option('--port <port>', 'the port to listen on; 0 takes any free one', '4100')
    .action(async (name: string, { host, port }: Options) => {
      if (!/^\d{1,5}$/.test(port) || Number(port) > 65_535)
        throw new CommandError(`--port is ${port}; a number from 0 to 65535 is allowed.`, { exitCode: 2 })
      const { serve } = await import('./serve.ts')
      await serve({ name, host, port: Number(port), print })
    })
