/** A lead that was converted, and the contact that it became; `null` where it names no person. */
export interface ConvertedLead {
  readonly leadId: string
  readonly contactId: string | null
}
