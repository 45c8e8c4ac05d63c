import type { BatchField } from '@trellis/sdk'
import type { ExtensionSubschema } from './subschema.ts'

/** A batch field as the resolver sees it; its types were the author's business. */
export type AnyBatchField = BatchField

export interface DeclaredBatchField {
  readonly coordinate: string
  readonly typeName: string
  readonly fieldName: string
  readonly field: AnyBatchField
}

export const isBatchField = (value: unknown): value is AnyBatchField =>
  typeof value === 'object' &&
  value !== null &&
  'kind' in value &&
  value.kind === 'batch' &&
  'batch' in value &&
  typeof value.batch === 'function' &&
  'requires' in value &&
  Array.isArray(value.requires)

/** All entries of an extension's `fields`, batch fields or not. */
export function* declaredFieldsOf({
  extension,
}: ExtensionSubschema): Generator<readonly [typeName: string, fieldName: string, value: unknown]> {
  for (const [typeName, fields] of Object.entries(extension.fields ?? {}))
    for (const [fieldName, value] of Object.entries(fields ?? {})) yield [typeName, fieldName, value]
}

/** What an extension's `fields` has for a field. */
export const declaredFieldOf = (
  subschema: ExtensionSubschema,
  typeName: string,
  fieldName: string,
): unknown =>
  [...declaredFieldsOf(subschema)].find(([type, name]) => type === typeName && name === fieldName)?.[2]

/** The batch fields that an extension declares. */
export const batchFieldsOf = (subschema: ExtensionSubschema): readonly DeclaredBatchField[] =>
  [...declaredFieldsOf(subschema)].flatMap(([typeName, fieldName, field]) =>
    isBatchField(field) ? [{ coordinate: `${typeName}.${fieldName}`, typeName, fieldName, field }] : [],
  )
