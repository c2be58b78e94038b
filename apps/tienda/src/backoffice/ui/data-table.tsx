import type { ReactNode } from 'react'
import { classNames } from '../../ui/class-names.ts'

export interface Column<T> {
  readonly key: string
  readonly head: string
  readonly cell: (row: T) => ReactNode
  /** Numbers stand at the end, so that they can be compared. */
  readonly end?: boolean
  /** Says what the row is about: its header, and the title of its card. */
  readonly main?: boolean
  /** Buttons need no name before them in a card. */
  readonly bare?: boolean
  /** Left out of the cards on narrow screens. */
  readonly wideOnly?: boolean
}

interface DataTableProps<T> {
  /** What the table is about, for those who hear it. */
  readonly caption: string
  readonly columns: readonly Column<T>[]
  readonly rows: readonly T[]
  readonly rowKey: (row: T) => string
  readonly rowClassName?: (row: T) => string | undefined
  /** What is shown is of before, and newer is on its way. */
  readonly stale?: boolean
}

// Told with their roles, as a browser forgets what a table's parts are once they are no longer laid
// out as a table.

/** A table where there is room; where there is not, each row is a card that names its values. */
export function DataTable<T>(props: DataTableProps<T>) {
  const { caption, columns, rows, rowKey, rowClassName, stale = false } = props
  return (
    <div className={classNames('md:carta md:overflow-x-auto', stale && 'opacity-60')}>
      <table role="table" aria-label={caption} className="block w-full text-left md:table">
        <thead role="rowgroup" className="bg-hundido text-suave text-sm max-md:sr-only">
          <tr role="row">
            {columns.map(({ key, head, end }) => (
              <th
                key={key}
                role="columnheader"
                scope="col"
                className={classNames('px-4 py-2.5 font-medium', end && 'text-right')}
              >
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody
          role="rowgroup"
          className="md:divide-linea flex flex-col gap-3 md:table-row-group md:divide-y"
        >
          {rows.map((row) => (
            <tr
              key={rowKey(row)}
              role="row"
              className={classNames(
                'max-md:carta max-md:flex max-md:flex-col max-md:gap-1 max-md:p-4 md:hover:bg-hundido/60 relative md:table-row',
                rowClassName?.(row),
              )}
            >
              {columns.map((column) => (
                <DataCell key={column.key} column={column} row={row} />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

const labelled =
  'max-md:before:text-suave max-md:flex max-md:items-baseline max-md:justify-between max-md:gap-4 max-md:text-right max-md:before:shrink-0 max-md:before:text-left max-md:before:text-sm max-md:before:content-[attr(data-label)]'

function DataCell<T>({ column, row }: { readonly column: Column<T>; readonly row: T }) {
  const { head, cell, end, main, bare, wideOnly } = column
  const className = classNames(
    'align-middle md:table-cell md:px-4 md:py-3',
    wideOnly && 'max-md:hidden',
  )
  if (main) {
    return (
      <th
        role="rowheader"
        scope="row"
        className={classNames(className, 'text-left font-medium max-md:text-lg')}
      >
        {cell(row)}
      </th>
    )
  }
  return (
    <td
      role="cell"
      data-label={head}
      className={classNames(
        className,
        bare ? 'max-md:pt-2 max-md:empty:hidden' : labelled,
        end && 'text-right tabular-nums',
      )}
    >
      {cell(row)}
    </td>
  )
}

/** For the link in the main cell: all of the row leads there, by mouse and by finger. */
export const rowLink =
  'underline-offset-4 after:absolute after:inset-0 hover:underline max-md:after:rounded-2xl'
