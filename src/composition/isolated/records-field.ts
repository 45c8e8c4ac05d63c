/**
 * The root field by which an extension's process is handed records of a core type, to answer the extension's fields on them.
 * It is in that process's schema only: no client sees it.
 */
export const recordsField = (typeName: string): string => `_records${typeName}`

/** Its argument: a list of objects with the stored fields that the asked fields require. */
export const recordsArgument = 'records'
