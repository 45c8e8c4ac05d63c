import { type DataContext, type RemoteOptions, UserErrors } from '@trellis/sdk'
import type { Problem } from '../../composition/index.ts'
import { composedOrRefused, standingUnder } from '../composed-or-refused.ts'
import { assertNobodyDependsOn, createDeciding, type LifecycleOptions, refuse } from '../deciding.ts'
import { nothingDecided, type StoredDecision } from '../decisions.ts'
import { type Decided, extensionIn, planOf } from '../plan.ts'
import { addedExtension, type RemoteDeclaration } from './declaration.ts'
import { draftOf, duplicatesIn, type RemoteInput, refusalOf } from './remote-input.ts'
import { openSigningSecrets, sealSigningSecrets, signingSecretsName } from './signing-secrets.ts'

/** Services that administrators tell of while the gateway runs. Every replica follows, as it does other decisions. */
export interface RemoteService {
  /**
   * Adds a service; where no schema is given, the service is asked for its own.
   *
   * @throws UserErrors when it is refused; nothing changes then
   * @throws TrellisError `FORBIDDEN`
   */
  addRemote(input: RemoteInput): Promise<Decided>
  /** As `addRemote`, of one that was added: what is left out stays. */
  updateRemote(input: RemoteInput): Promise<Decided>
  /** Forgets a service that was added, and what its requests were signed with. Refused while others depend on it. */
  removeRemote(input: Pick<RemoteInput, 'name' | 'expectedRevision'>): Promise<Decided>
}

/** Of SDL, in characters. */
const longestSchema = 1_000_000

const sealerMissing = {
  code: 'SECRETS_UNAVAILABLE',
  message: 'This installation has no key to seal secrets with: set TRELLIS_ENCRYPTION_KEYS and start again.',
  path: ['input', 'signingSecrets'],
}

const quoted = (name: string): string => JSON.stringify(name.slice(0, 60))

/** The writes about services that are added. */
export function createRemoteService(options: LifecycleOptions, context: DataContext): RemoteService {
  const { prepare, sealer, isInstalled, allowsPrivateRemotes, readSchema } = options
  const deciding = createDeciding(options, context)

  const storedOf = async (name: string): Promise<StoredDecision> =>
    (await deciding.read()).get(name) ?? nothingDecided

  /** @throws UserErrors unless it was added by this very way */
  const added = (name: string, { remote }: StoredDecision): RemoteDeclaration => {
    if (remote) return remote
    if (isInstalled(name))
      throw refuse(
        'NOT_CHANGEABLE',
        `${name} was not added, but came with the gateway; disable it instead.`,
        ['name'],
      )
    throw refuse('NOT_FOUND', `There is no added service ${quoted(name)}.`, ['name'])
  }

  /** What the service says itself. @throws UserErrors where it does not */
  const schemaOf = async (name: string, remote: RemoteOptions): Promise<string> => {
    const read = await readSchema(name, remote)
    if ('sdl' in read) return read.sdl
    throw refuse(
      'SCHEMA_UNKNOWN',
      `${read.refusal} Give its SDL as \`schema\`, or have it answer introspection.`,
      ['schema'],
    )
  }

  /** What is to be kept, and what its requests are signed with. @throws UserErrors with everything wrong */
  const declared = async (
    before: StoredDecision,
    input: RemoteInput,
  ): Promise<{ readonly remote: RemoteDeclaration; readonly signingSecrets: readonly string[] }> => {
    const { name } = input
    const draft = draftOf(before.remote, input)
    if (!draft) throw refuse('REQUIRED', 'url is null; an address is wanted.', ['url'])
    const signingSecrets =
      input.signingSecrets === undefined
        ? openSigningSecrets(name, before.secrets, sealer)
        : (input.signingSecrets ?? [])
    const about = { name, allowPrivate: allowsPrivateRemotes, signingSecrets }
    const { extension, problems } = addedExtension({
      ...about,
      declaration: { ...draft, schema: draft.schema ?? 'type Query { unknown: Int }' },
    })
    const wrong = [
      ...duplicatesIn(input),
      ...problems.map(problem => refusalOf(problem, input)),
      ...(signingSecrets.length > 0 && sealer === null ? [sealerMissing] : []),
    ]
    if (wrong.length > 0) throw new UserErrors(wrong)
    const schema = draft.schema ?? (await schemaOf(name, extension.remote))
    if (schema.length > longestSchema)
      throw refuse('TOO_LONG', `schema has ${schema.length} characters; it may have ${longestSchema}.`, [
        'schema',
      ])
    return { remote: { ...draft, schema }, signingSecrets }
  }

  const keep = async (
    { name, expectedRevision }: RemoteInput,
    before: StoredDecision,
    { remote, signingSecrets }: Awaited<ReturnType<typeof declared>>,
  ): Promise<Decided> => {
    // Asking a service takes its time: whoever decided something about it meanwhile was faster.
    const { decisions } = await deciding.begin({
      name,
      expectedRevision: expectedRevision ?? before.revision,
    })
    const { [signingSecretsName]: _, ...others } = before.secrets
    const secrets = { ...others, ...(sealer && sealSigningSecrets(name, signingSecrets, sealer)) }
    const decision: StoredDecision = {
      ...before,
      remote,
      isAdded: true,
      secrets,
      secretNames: Object.keys(secrets).toSorted(),
      revision: before.revision + 1,
    }
    const decided = new Map(decisions).set(name, decision)
    // One that is switched off is checked all the same, so that switching it on is no surprise.
    const standing = standingUnder(decisions, options)
    const against = { prepare, standing, partOf }
    // One that is switched off is checked all the same, so that switching it on is no surprise.
    const checked = composedOrRefused(new Map(decided).set(name, { ...decision, isEnabled: true }), against)
    const prepared = decision.isEnabled ? checked : composedOrRefused(decided, against)
    await deciding.decide(name, decision)
    return { extension: extensionIn(prepared, name), plan: planOf(standing, prepared) }
  }

  return {
    async addRemote(input) {
      deciding.assertMayDecide()
      const { name } = input
      if (isInstalled(name))
        throw refuse('TAKEN', `An extension ${quoted(name)} came with the gateway. Choose another name.`, [
          'name',
        ])
      const { remote, revision } = await storedOf(name)
      if (remote)
        throw refuse('TAKEN', `${name} was added already; extensionRemoteUpdate changes it.`, ['name'])
      // What was decided about an extension of that name, which is not installed any more, was not about this one.
      const before = { ...nothingDecided, revision }
      return keep(input, before, await declared(before, input))
    },

    async updateRemote(input) {
      deciding.assertMayDecide()
      const before = await storedOf(input.name)
      added(input.name, before)
      return keep(input, before, await declared(before, input))
    },

    async removeRemote(input) {
      deciding.assertMayDecide()
      const { name } = input
      const { decisions, before } = await deciding.begin(input)
      added(name, before)
      const standing = standingUnder(decisions, options)
      assertNobodyDependsOn(name, standing)
      const decision = { ...nothingDecided, revision: before.revision + 1 }
      const prepared = composedOrRefused(new Map(decisions).set(name, decision), {
        prepare,
        standing,
        partOf,
      })
      await deciding.decide(name, decision)
      return { extension: extensionIn(standing, name), plan: planOf(standing, prepared) }
    },
  }
}

/** Where in what was said of a service a problem most likely is. */
function partOf(code: Problem['code']): string {
  if (code === 'INVALID_SUBGRAPH_NAME' || code === 'DUPLICATE_NAME') return 'name'
  if (code === 'INVALID_VERSION') return 'version'
  if (code.startsWith('DEPENDENCY_') || code === 'INVALID_RANGE') return 'dependsOn'
  if (code === 'PERMISSION_INVALID') return 'permissions'
  return code.startsWith('MERGE_') ? 'merge' : 'schema'
}
