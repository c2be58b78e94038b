import type { ReactNode } from 'react'
import { classNames } from '../../ui/class-names.ts'

export interface Column<T> {
  /** No two of a table have the same. */
  readonly head: string
  readonly cell: (row: T) => ReactNode
  /** Numbers stand at the end, so that they can be compared. */
  readonly end?: boolean
  /** Says what the row is about: its header, and the title of its card. */
  readonly main?: boolean
  /** Buttons need no name before them in a card. */
  readonly bare?: boolean
  /** The orders of the list by this column, by the name that `order` has: first what one press asks for. */
  readonly orders?: readonly string[]
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
  /** What the rows are ordered by; downwards, if it begins with a minus. */
  readonly order?: string
  readonly onOrder?: (order: string) => void
}

// Told with their roles, as a browser forgets what a table's parts are once they are no longer laid
// out as a table.

/**
 * A table where there is room for it, whatever stands beside it; where there is not, each row is a
 * card that names its values.
 */
export function DataTable<T>(props: DataTableProps<T>) {
  const { caption, columns, rows, rowKey, rowClassName, stale = false, order, onOrder } = props
  return (
    <div className={classNames('@container', stale && 'opacity-60')}>
      <div className="@4xl:carta @4xl:overflow-x-auto">
        <table role="table" aria-label={caption} className="block w-full text-left @4xl:table">
          <thead role="rowgroup" className="bg-hundido text-suave text-sm @max-4xl:sr-only">
            <tr role="row">
              {columns.map((column) => (
                <HeadCell key={column.head} {...{ column, order, onOrder }} />
              ))}
            </tr>
          </thead>
          <tbody
            role="rowgroup"
            className="@4xl:divide-linea grid grid-cols-1 gap-3 @2xl:grid-cols-2 @4xl:table-row-group @4xl:divide-y"
          >
            {rows.map((row) => (
              <tr
                key={rowKey(row)}
                role="row"
                className={classNames(
                  '@max-4xl:carta @max-4xl:flex @max-4xl:flex-col @max-4xl:gap-1 @max-4xl:p-4 @4xl:hover:bg-hundido/60 relative @4xl:table-row',
                  rowClassName?.(row),
                )}
              >
                {columns.map((column) => (
                  <DataCell key={column.head} column={column} row={row} />
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </div>
  )
}

interface HeadCellProps<T> {
  readonly column: Column<T>
  readonly order: string | undefined
  readonly onOrder: ((order: string) => void) | undefined
}

function HeadCell<T>({ column, order, onOrder }: HeadCellProps<T>) {
  const { head, end, orders = [] } = column
  const place = orders.findIndex((one) => one === order)
  const next = orders[(place + 1) % orders.length]
  const sorted = place < 0 ? undefined : order?.startsWith('-') ? 'descending' : 'ascending'
  return (
    <th
      role="columnheader"
      scope="col"
      aria-sort={sorted}
      className={classNames('px-4 py-2.5 font-medium', end && 'text-right')}
    >
      {next === undefined || onOrder === undefined ? (
        head
      ) : (
        <>
          {/* Cards have no head to press; there the list is ordered by what stands above it. */}
          <span className="@4xl:hidden">{head}</span>
          <button
            type="button"
            className="hover:text-tinta -mx-2 -my-2.5 inline-flex min-h-12 items-center gap-1.5 whitespace-nowrap rounded-lg px-2 font-medium underline-offset-4 hover:underline @max-4xl:hidden"
            onClick={() => onOrder(next)}
          >
            {head}
            <span aria-hidden="true" className={classNames(sorted === undefined && 'opacity-40')}>
              {sorted === undefined ? '↕' : sorted === 'ascending' ? '↑' : '↓'}
            </span>
          </button>
        </>
      )}
    </th>
  )
}

const labelled =
  '@max-4xl:before:text-suave @max-4xl:flex @max-4xl:items-baseline @max-4xl:justify-between @max-4xl:gap-4 @max-4xl:text-right @max-4xl:before:shrink-0 @max-4xl:before:text-left @max-4xl:before:text-sm @max-4xl:before:content-[attr(data-label)]'

function DataCell<T>({ column, row }: { readonly column: Column<T>; readonly row: T }) {
  const { head, cell, end, main, bare, wideOnly } = column
  const className = classNames(
    'align-middle @4xl:table-cell @4xl:px-4 @4xl:py-3 @4xl:wrap-break-word',
    wideOnly && '@max-4xl:hidden',
  )
  if (main) {
    return (
      <th
        role="rowheader"
        scope="row"
        className={classNames(
          className,
          '@4xl:min-w-40 @4xl:max-w-96 wrap-anywhere text-left font-medium @max-4xl:text-lg',
        )}
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
        bare ? '@max-4xl:pt-2 @max-4xl:empty:hidden' : labelled,
        end && 'text-right cifra',
      )}
    >
      {cell(row)}
    </td>
  )
}

/** For the link in the main cell: all of the row leads there, by mouse and by finger. */
export const rowLink =
  'underline-offset-4 after:absolute after:inset-0 hover:underline @max-4xl:after:rounded-2xl'
