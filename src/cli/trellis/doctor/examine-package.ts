import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { z } from 'zod'
import { extensions as installed } from '../../../../extensions/index.ts'
import { type Manifest, readManifest, versionFits } from '../../../composition/index.ts'
import { extensionSource } from '../../../database/migrations/index.ts'
import sdkPackage from '../../../sdk/package.json' with { type: 'json' }
import { trellisVersion } from '../../../start/version.ts'
import { composeAndReport } from '../compose-and-report.ts'
import type { ServedExtension } from '../extensions-of.ts'
import { bad, type Finding, good, unknown, warning } from './finding.ts'

/** The package of that name among those that this Trellis lists. */
export const installedPackage = (name: string): Manifest | undefined =>
  installed.map(readManifest).find(manifest => manifest.name === name)

/** What the package says of itself, and how it composes here; `served` is what runs, if it is known. */
export const examinePackage = (
  manifest: Manifest,
  served: ServedExtension | undefined,
): readonly Finding[] => [
  versionOf(manifest, served),
  ...rangesOf(manifest),
  scopesOf(manifest),
  ...compositionOf(manifest),
  tablesOf(manifest, served),
]

function versionOf({ name, version, extension }: Manifest, served: ServedExtension | undefined): Finding {
  const says = `${name} ${version}, ${relative(process.cwd(), extension.file)}`
  if (!served || served.version === version) return good('package', says)
  return warning(
    'package',
    `${says}; the gateway runs ${served.version}`,
    'Start the gateway again: it runs another version than the one that is installed here.',
  )
}

/** What its code may do with the core's records, for whoever installs it. */
const scopesOf = ({ extension: { scopes = [] } }: Manifest): Finding =>
  good('scopes', scopes.length > 0 ? scopes.join(', ') : "none: it reaches none of the core's records")

const peersShape = z.object({ peerDependencies: z.record(z.string(), z.string()).default({}) })

/** Each range that it was made for, against what is there. */
function rangesOf({ extension }: Manifest): readonly Finding[] {
  const versions = new Map(installed.map(readManifest).map(({ name, version }) => [name, version]))
  const sdkRange = peersOf(dirname(extension.file))['@trellis/sdk']
  const ranges = [
    { what: 'Trellis', range: extension.compatibility?.trellis, version: trellisVersion },
    { what: '@trellis/sdk', range: sdkRange, version: sdkPackage.version },
    ...Object.entries(extension.dependsOn ?? {}).map(([name, range]) => ({
      what: `the extension ${name}`,
      range,
      version: versions.get(name),
    })),
  ]
  return ranges.flatMap(({ what, range, version }) => {
    if (range === undefined) return []
    const fits = version !== undefined && versionFits(version, range)
    if (fits) return [good('versions', `${what} ${version} fits ${range}`)]
    return [
      bad(
        'versions',
        `${what} ${version ?? 'is not installed and'} does not fit ${range}`,
        `Install a version of ${what} in ${range}, or a version of this extension for the one that is there.`,
      ),
    ]
  })
}

function peersOf(folder: string): Readonly<Record<string, string>> {
  const file = join(folder, 'package.json')
  return existsSync(file) ? peersShape.parse(JSON.parse(readFileSync(file, 'utf8'))).peerDependencies : {}
}

function compositionOf({ name }: Manifest): readonly Finding[] {
  const { composition, problems } = composeAndReport(installed)
  const composed = composition?.extensions.find(extension => extension.name === name)
  const own =
    composed?.problems ?? problems.filter(({ extensions }) => extensions.some(place => place.name === name))
  if (own.length === 0) return [good('package', 'it composes with what is installed')]
  return own.map(({ severity, code, message, fix }) =>
    (severity === 'error' ? bad : warning)('package', `${code}: ${message}`, fix),
  )
}

/** Its migrations are applied when it is set up, before anything else of it runs: what runs has its tables. */
function tablesOf({ name, version, extension }: Manifest, served: ServedExtension | undefined): Finding {
  const { directory, postgresSchema } = extensionSource(name, dirname(extension.file))
  const entries = existsSync(directory) ? readdirSync(directory, { withFileTypes: true }) : []
  const count = entries.filter(entry => entry.isDirectory()).length
  if (count === 0) return good('tables', 'it has none of its own')
  const says = `${count} ${count === 1 ? 'migration' : 'migrations'} in ${postgresSchema}`
  const isSetUp =
    served?.status === 'ENABLED' || served?.status === 'DEGRADED' || served?.status === 'CONFIGURING'
  if (isSetUp && served.version === version) return good('tables', `${says}, applied`)
  if (isSetUp)
    return warning(
      'tables',
      `${says}; the gateway runs another version`,
      'Start the gateway again: it applies them.',
    )
  return unknown(
    'tables',
    `${says}; whether they are applied is known once it is set up, or by npm run migrate -- status`,
  )
}
