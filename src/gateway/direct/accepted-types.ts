/** Which content type is answered with for which `Accept`, as negotiated before: a few spellings, many requests. */
export interface AcceptedTypes {
  /** `null` where nobody has asked so yet. */
  typeFor(accept: string | undefined): string | null
  learn(accept: string | null, contentType: string | null): void
}

/** Clients' spellings, at most; beyond, somebody plays. */
const most = 100

export function createAcceptedTypes(): AcceptedTypes {
  const types = new Map<string, string>()
  return {
    typeFor: accept => types.get(accept ?? '') ?? null,
    learn(accept, contentType) {
      if (contentType?.includes('json') && types.size < most) types.set(accept ?? '', contentType)
    },
  }
}
