/** Which content type is answered with for which `Accept`, as negotiated before: a few spellings, many requests. */
export interface AcceptedTypes {
  /** `null` where nobody has asked so yet. */
  typeFor(accept: string | undefined): string | null
  learn(accept: string | null, contentType: string | null): void
}

/** Clients' spellings, at most; the oldest leave first. */
const mostSpellings = 100

/** Characters of one. */
const longest = 200

export function createAcceptedTypes(): AcceptedTypes {
  const types = new Map<string, string>()
  return {
    typeFor: accept => types.get(accept ?? '') ?? null,
    learn(accept, contentType) {
      if (!contentType?.includes('json') || (accept?.length ?? 0) > longest) return
      types.set(accept ?? '', contentType)
      for (const oldest of types.keys()) {
        if (types.size <= mostSpellings) break
        types.delete(oldest)
      }
    },
  }
}
