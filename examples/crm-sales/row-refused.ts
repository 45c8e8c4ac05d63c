/** Thrown while a row is mapped: it cannot become a record, and the report says why. */
export class RowRefused extends Error {
  override readonly name = 'RowRefused'
}
