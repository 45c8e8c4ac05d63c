import { z } from 'zod'
import type { Connection } from '../ask-gateway.ts'
import type { ServedExtension } from '../extensions-of.ts'
import { bad, type Finding, good, unknown, warning } from './finding.ts'

/** What a gateway says of an extension that it has. */
export const examineServed = (extension: ServedExtension, url: string): readonly Finding[] => [
  statusOf(extension, url),
  ...problemsOf(extension),
  ...settingsOf(extension),
  ...secretsOf(extension),
]

function statusOf({ name, version, status }: ServedExtension, url: string): Finding {
  const says = `${name} ${version} is ${status} at ${url}`
  if (status === 'ENABLED') return good('status', says)
  if (status === 'DISABLED')
    return warning('status', says, `To let it answer: npx trellis extension enable ${name}`)
  // What to do is said with its problems.
  return { verdict: status === 'CONFIGURING' ? 'warning' : 'bad', topic: 'status', says, next: null }
}

const problemsOf = ({ problems }: ServedExtension): readonly Finding[] =>
  problems.map(({ code, severity, message, fix }) =>
    (severity === 'ERROR' ? bad : warning)('problem', `${code}: ${message}`, fix),
  )

const schemaShape = z.object({
  properties: z
    .record(z.string(), z.object({ type: z.string().catch('anything'), default: z.unknown().optional() }))
    .default({}),
  required: z.array(z.string()).default([]),
})

function settingsOf({ name, settings, settingsSchema }: ServedExtension): readonly Finding[] {
  if (settings === null)
    return [unknown('settings', 'are for administrators to see: ask with the key of one')]
  const schema = schemaShape.safeParse(settingsSchema)
  if (!schema.success) return [unknown('settings', 'it has none, or does not say which')]
  const { properties, required } = schema.data
  const missing = required.filter(key => !(key in settings) && properties[key]?.default === undefined)
  if (missing.length === 0)
    return [
      good(
        'settings',
        `${Object.keys(settings).length} set of ${Object.keys(properties).length}, none missing`,
      ),
    ]
  const words = missing.map(key => `${key}=…`).join(' ')
  const described = missing.map(key => `${key} (${properties[key]?.type ?? 'anything'})`)
  return [
    bad('settings', `missing: ${described.join(', ')}`, `npx trellis extension configure ${name} ${words}`),
  ]
}

function secretsOf({ name, secrets }: ServedExtension): readonly Finding[] {
  const missing = secrets.filter(({ isSet }) => !isSet).map(secret => secret.name)
  if (secrets.length === 0) return [good('secrets', 'it needs none')]
  if (missing.length === 0) return [good('secrets', `${secrets.length} of ${secrets.length} set`)]
  const words = missing.map(secret => `--secret ${secret}`).join(' ')
  return [
    bad('secrets', `missing: ${missing.join(', ')}`, `npx trellis extension configure ${name} ${words}`),
  ]
}

const readinessShape = z.object({ status: z.string(), checks: z.record(z.string(), z.string()) })

/** What the extension itself says of how it is, by way of the gateway's readiness. */
export async function examineHealth(
  { url }: Connection,
  { name, status }: ServedExtension,
): Promise<Finding> {
  if (status !== 'ENABLED' && status !== 'DEGRADED') return unknown('health', 'it does not run')
  const address = new URL('/health/ready', url)
  try {
    const response = await fetch(address, { redirect: 'error', signal: AbortSignal.timeout(5_000) })
    const { checks } = readinessShape.parse(await response.json())
    const state = checks[`extension ${name}`]
    if (state === 'enabled') return good('health', 'it is well')
    return bad(
      'health',
      `it says that it cannot do its work (${state ?? 'the gateway says nothing of it'})`,
      'Look for lines of the log that name it, and at what it depends on outside of Trellis.',
    )
  } catch (cause) {
    return unknown(
      'health',
      `${address.href} does not say: ${cause instanceof Error ? cause.message : String(cause)}`,
    )
  }
}
