/** `company-profile` is `CompanyProfile`: what the extension's types start with. */
export const typePrefix = (extension: string): string =>
  extension
    .split('-')
    .map(word => word.charAt(0).toUpperCase() + word.slice(1))
    .join('')

/** `company-profile` is `companyProfile`: what the extension's root fields and directives start with. */
export function fieldPrefix(extension: string): string {
  const prefix = typePrefix(extension)
  return prefix.charAt(0).toLowerCase() + prefix.slice(1)
}

/** Whole words only: `LoyaltyTier` is of `loyalty`, not of `loyal`. */
export const carriesPrefix = (name: string, prefix: string): boolean =>
  name.startsWith(prefix) && /^(?:$|[A-Z0-9_])/.test(name.slice(prefix.length))

/** As `carriesPrefix`, plurals included: `companyProfiles` is of `company-profile`. */
export const carriesRootPrefix = (name: string, prefix: string): boolean =>
  carriesPrefix(name, prefix) || carriesPrefix(name, `${prefix}s`) || carriesPrefix(name, `${prefix}es`)

/** Types whose fields nobody owns as a whole. */
export const rootTypes: ReadonlySet<string> = new Set(['Query', 'Mutation', 'Subscription'])
