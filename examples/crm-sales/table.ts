/**
 * Cells in columns, indented by two.
 *
 * @param alignment a letter for each column: `l` left, `r` right
 */
export function table(rows: readonly (readonly string[])[], alignment: string): readonly string[] {
  const widths = Array.from(alignment, (_, column) =>
    Math.max(0, ...rows.map(row => row[column]?.length ?? 0)),
  )
  return rows.map(row => {
    const cells = widths.map((width, column) => {
      const cell = row[column] ?? ''
      return alignment[column] === 'r' ? cell.padStart(width) : cell.padEnd(width)
    })
    return `  ${cells.join('  ')}`.trimEnd()
  })
}
