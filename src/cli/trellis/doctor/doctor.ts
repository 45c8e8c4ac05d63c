import type { Connection } from '../ask-gateway.ts'
import { CommandError } from '../command-error.ts'
import { extensionsOf } from '../extensions-of.ts'
import { examineHealth, examineServed } from './examine-gateway.ts'
import { examinePackage, installedPackage } from './examine-package.ts'
import { bad, type Finding, unknown } from './finding.ts'

/** Looks at an extension from both sides: the gateway that runs, and the package that is installed here. */
export async function examine(connection: Connection, name: string): Promise<readonly Finding[]> {
  const manifest = installedPackage(name)
  const { extensions, findings } = await asked(connection)
  const served = extensions?.find(extension => extension.name === name)
  if (!manifest && extensions && !served)
    throw new CommandError(
      `There is no extension ${JSON.stringify(name)}, neither at ${connection.url} nor installed here. Install its package, and list it in extensions/index.ts.`,
    )
  return [
    ...findings,
    ...(served ? [...examineServed(served, connection.url), await examineHealth(connection, served)] : []),
    ...(extensions && !served
      ? [
          bad(
            'status',
            `${connection.url} does not have it`,
            'Start the gateway again: it is installed here, and was not when the gateway started.',
          ),
        ]
      : []),
    ...(manifest
      ? examinePackage(manifest, served)
      : [unknown('package', 'it is not in extensions/index.ts, whose packages are looked into')]),
  ]
}

/** The extensions of a gateway; without one, what can be said is about the package. */
async function asked(connection: Connection) {
  try {
    return { extensions: await extensionsOf(connection), findings: [] }
  } catch (error) {
    if (!(error instanceof CommandError) || error.exitCode === 2) throw error
    return {
      extensions: null,
      findings: [
        bad(
          'gateway',
          error.message,
          'Start Trellis, or say where it is and with which key: --url, --key-file.',
        ),
      ],
    }
  }
}
