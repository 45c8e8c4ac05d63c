import pg from 'pg'

const { builtins, getTypeParser } = pg.types

/**
 * How values come from the driver: an instant as a Date, a date without time and a decimal as the text
 * that PostgreSQL sends. pg's own parser makes local midnight of a date, another day in half the world.
 */
export const valueTypes: pg.CustomTypesConfig = {
  getTypeParser: ((oid: number, format?: 'text' | 'binary') =>
    oid === builtins.DATE ? (text: string) => text : getTypeParser(oid, format)) as typeof getTypeParser,
}
