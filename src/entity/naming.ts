/** `expectedCloseDate` -> `EXPECTED_CLOSE_DATE`: a field as an enum value of the SDL. */
export const enumValueOf = (field: string): string => field.replace(/([A-Z])/g, '_$1').toUpperCase()

/** Enum values are the schema's, so they are few. */
const fields = new Map<string, string>()

/** `EXPECTED_CLOSE_DATE` -> `expectedCloseDate`. */
export function fieldOfEnumValue(value: string): string {
  const known = fields.get(value)
  if (known !== undefined) return known
  const field = value.toLowerCase().replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase())
  fields.set(value, field)
  return field
}

/** `OpportunityLine` -> `opportunityLine`. */
export const lowerFirst = (name: string): string => name.charAt(0).toLowerCase() + name.slice(1)

/** `pipelineStages` -> `PipelineStages`. */
export const upperFirst = (name: string): string => name.charAt(0).toUpperCase() + name.slice(1)

/** `OpportunityLine` -> `opportunity line`: a type's name in a sentence. */
export const wordsOf = (name: string): string => name.replace(/(?<=.)([A-Z])/g, ' $1').toLowerCase()

/** `opportunity line` -> `an opportunity line`. */
export const withArticle = (words: string): string => `${/^[aeio]/.test(words) ? 'an' : 'a'} ${words}`
