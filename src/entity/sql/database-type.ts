import type { Column } from '../definition.ts'
import { identifier, raw, type Sql } from './statement.ts'

const databaseTypes: Readonly<Record<string, string>> = {
  ID: 'text',
  String: 'text',
  Int: 'integer',
  Decimal: 'numeric(18,4)',
  Boolean: 'boolean',
  Date: 'date',
  DateTime: 'timestamptz(3)',
  JSON: 'jsonb',
}

/** A column's type in PostgreSQL. */
export const databaseType = ({ type, isEnum }: Column): Sql =>
  isEnum ? identifier(type) : raw(databaseTypes[type] ?? 'text')
