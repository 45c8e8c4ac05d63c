import { type DataContext, type TimelineEntry, type TimelineService, TrellisError } from '@trellis/sdk'

/** Characters of a type and of a title, and bytes of data as JSON, at most. */
const most = { type: 100, title: 200, data: 10_000 } as const

const refuse = (field: string, message: string): TrellisError =>
  new TrellisError('BAD_INPUT', `services.timeline.record: ${field} ${message}`)

/** A value as messages show it, which may be of any length. */
const shown = (value: unknown): string => JSON.stringify(String(value).slice(0, 60))

/** Others' types are not an extension's to write: who reads `opportunity.won` takes it for the core's word. */
function checkShape(extension: string, { type, title, data }: TimelineEntry): void {
  const prefix = `${extension}.`
  if (!type.startsWith(prefix) || type.length === prefix.length)
    throw refuse('type', `is ${shown(type)}; it has to be "${prefix}" and what happened.`)
  if (type.length > most.type)
    throw refuse('type', `has ${type.length} characters; ${most.type} are allowed.`)
  if (title !== undefined && title.length > most.title)
    throw refuse('title', `has ${title.length} characters; ${most.title} are allowed.`)
  const bytes = data === undefined ? 0 : Buffer.byteLength(JSON.stringify(data))
  if (bytes > most.data) throw refuse('data', `has ${bytes} bytes as JSON; ${most.data} are allowed.`)
}

/** A timeline as an extension writes it: under its own name, of records that the viewer sees. */
export function extensionTimeline(
  extension: string,
  { loaders }: DataContext,
  timeline: TimelineService,
): TimelineService {
  /** The id of what an id leads to: that of a record that was merged leads to the one that stayed. */
  const targetOf = async (field: 'targetId' | 'relatedId', id: string): Promise<string> => {
    const found = await loaders.targets.byId.load(id)
    if (found) return String(found.record['id'])
    throw refuse(
      field,
      `is ${shown(id)}; no record that has a timeline has this id, or none that the viewer may see.`,
    )
  }
  const activityOf = async (id: string): Promise<string> => {
    const found = await loaders.activities.byId.load(id)
    if (found) return found.id
    throw refuse('activityId', `is ${shown(id)}; no activity has this id, or none that the viewer may see.`)
  }
  const checked = async (entry: TimelineEntry): Promise<TimelineEntry> => {
    const { targetId, relatedId, activityId } = entry
    const [target, related, activity] = await Promise.all([
      targetOf('targetId', targetId),
      relatedId === undefined ? null : targetOf('relatedId', relatedId),
      activityId === undefined ? null : activityOf(activityId),
    ])
    return {
      ...entry,
      targetId: target,
      ...(related !== null && { relatedId: related }),
      ...(activity !== null && { activityId: activity }),
    }
  }
  return {
    async record(entries) {
      for (const entry of entries) checkShape(extension, entry)
      await timeline.record(await Promise.all(entries.map(checked)))
    },
  }
}
