import pg from 'pg'

type GetTypeParser = NonNullable<pg.CustomTypesConfig['getTypeParser']>

/**
 * How values come from the driver: an instant as a Date, a date without time and a decimal as the text
 * that PostgreSQL sends. pg's own parser makes local midnight of a date, another day in half the world.
 */
const parserOf: GetTypeParser = (oid, format) =>
  oid === pg.types.builtins.DATE ? (text: string) => text : pg.types.getTypeParser(oid, format)

export const valueTypes: pg.CustomTypesConfig = { getTypeParser: parserOf }
