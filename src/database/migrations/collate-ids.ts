/**
 * Gives columns of ids the collation C: ids then sort by creation time whatever the database's locale,
 * and compare byte by byte. Prisma's schema has no word for it and its diff does not look at it.
 */
export const collateIds = (sql: string): string =>
  sql.replace(
    /^((?:\s*|(?:ALTER TABLE .* )?ADD COLUMN\s+)"(?:id|\w+Id)"\s+TEXT)(?! COLLATE)/gm,
    '$1 COLLATE "C"',
  )
