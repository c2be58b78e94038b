export interface Table {
  readonly title: string
  readonly columns: readonly string[]
  readonly rows: readonly (readonly string[])[]
  /** Said below the table: what the figures need to be read with. */
  readonly notes?: readonly string[]
}

/** As text for a terminal and for Markdown alike: the first column to the left, figures to the right. */
export function renderTable({ title, columns, rows, notes = [] }: Table): string {
  const widths = columns.map((column, at) =>
    Math.max(3, column.length, ...rows.map((row) => (row[at] ?? '').length)),
  )
  const line = (cells: readonly string[]) =>
    `| ${widths.map((width, at) => pad(cells[at] ?? '', width, at)).join(' | ')} |`
  const rule = widths.map((width, at) =>
    at === 0 ? '-'.repeat(width) : `${'-'.repeat(width - 1)}:`,
  )
  const parts = [title, '', line(columns), `| ${rule.join(' | ')} |`, ...rows.map(line)]
  return [...parts, ...(notes.length > 0 ? ['', ...notes] : []), ''].join('\n')
}

const pad = (text: string, width: number, at: number) =>
  at === 0 ? text.padEnd(width) : text.padStart(width)

const missing = '-'

/** With three significant digits, or as a whole number from 100 on. */
export function figure(value: number | null | undefined): string {
  if (value === null || value === undefined || Number.isNaN(value)) return missing
  if (Math.abs(value) >= 99.95) return String(Math.round(value))
  return value.toPrecision(3)
}

export const mebibytes = (bytes: number | null | undefined) =>
  figure(bytes === null || bytes === undefined ? null : bytes / 2 ** 20)
