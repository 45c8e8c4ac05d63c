import { Command } from 'commander'
import { type ConnectionOptions, connectionFrom, withConnection } from '../connection-options.ts'
import type { Surroundings } from '../surroundings.ts'

/** `trellis doctor NAME` */
export const doctorCommand = ({ print, paint, fail, key }: Surroundings): Command =>
  withConnection(new Command('doctor'))
    .description('look at an extension, at a gateway that runs and as it is installed, and say what to do')
    .argument('<name>', 'the extension')
    .option('--json', 'print what was found as JSON')
    .action(async (name: string, options: ConnectionOptions & { readonly json?: boolean }) => {
      const { examine } = await import('./doctor.ts')
      const { describeFindings } = await import('./describe-findings.ts')
      const findings = await examine(connectionFrom(options, key), name)
      print(options.json ? JSON.stringify(findings, null, 2) : describeFindings(findings, paint))
      if (findings.some(({ verdict }) => verdict === 'bad')) fail()
    })
