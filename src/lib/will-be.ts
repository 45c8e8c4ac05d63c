interface Changing<Row> {
  readonly before: Row | null
  readonly values: Readonly<Partial<Row>>
}

/** A field as the record will have it, so far as is known before the database fills in its defaults. */
export function willBe<Row, Field extends keyof Row>(
  { before, values }: Changing<Row>,
  field: Field,
): Row[Field] | undefined {
  const said = values[field]
  return said === undefined ? before?.[field] : said
}

interface Said<Row> extends Changing<Row> {
  readonly input: Readonly<Record<string, unknown>>
}

/** What the caller says of a field: a bulk's change holds only what differs, so its item is asked too. */
export const saidOf = <Row>({ values, input }: Said<Row>, field: keyof Row & string): unknown =>
  values[field] === undefined ? input[field] : values[field]
