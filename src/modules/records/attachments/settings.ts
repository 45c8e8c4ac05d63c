/** What the operator has set for attachments. */
export interface AttachmentSettings {
  /** Bytes of a file at most. */
  readonly limitBytes: number
  /** Media types and wildcards, with `!` in front those that are refused; the first that fits decides. */
  readonly types: readonly string[]
}

declare module '@trellis/sdk' {
  interface Settings {
    readonly attachments: AttachmentSettings
  }
}
