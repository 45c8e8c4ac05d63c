/** Something that happened to a record. */
export interface TimelineEntry {
  /** The record that it happened to; of an entity that is a `Target`. */
  readonly targetId: string
  /** What happened: the entity and the verb, such as `opportunity.stage_changed`; an extension's begins with its name. */
  readonly type: string
  /** When it happened. @default now */
  readonly occurredAt?: Date
  /** In a few words, 200 characters at most. No values that whoever sees the target might not see. */
  readonly title?: string
  /** The activity that it tells of. */
  readonly activityId?: string
  /** Another record that had a part in it; who may not see that one sees the event without it. */
  readonly relatedId?: string
  /** Facts by name, as JSON. Ids rather than values: whoever sees the target sees them. */
  readonly data?: Readonly<Record<string, unknown>>
}

/** What happened to records, in the order in which it happened. */
export interface TimelineService {
  /**
   * Writes events in the mutation's transaction, however many in one statement.
   *
   * An extension's are looked at first: `type` is its name, a dot and what happened, 100 characters at most; `title` has
   * 200 characters at most, `data` 10,000 bytes as JSON; the viewer sees `targetId`, and `relatedId` and `activityId` if there are any.
   *
   * @throws TrellisError `BAD_INPUT` for an extension's entry that is not so; nothing is written then
   */
  record(entries: readonly TimelineEntry[]): Promise<void>
}
