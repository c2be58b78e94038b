import type { ComponentProps } from 'react'
import { classNames } from './class-names.ts'

export type ButtonLook = 'primary' | 'secondary' | 'quiet' | 'danger'
export type ButtonSize = 'small' | 'normal' | 'large'

const looks: Record<ButtonLook, string> = {
  primary: 'bg-acento text-sobre-acento hover:bg-acento-fuerte',
  secondary: 'bg-papel text-tinta border border-borde hover:bg-hundido',
  quiet: 'text-tinta hover:bg-hundido',
  danger: 'bg-papel text-mal border border-mal hover:bg-mal-tenue',
}
const sizes: Record<ButtonSize, string> = {
  small: 'min-h-9 px-3 text-sm rounded-lg gap-1.5',
  normal: 'min-h-11 px-4 rounded-xl gap-2',
  large: 'min-h-12 px-6 text-lg rounded-xl gap-2',
}
const base =
  'inline-flex items-center justify-center font-medium transition-colors select-none disabled:opacity-60 aria-disabled:opacity-60'

/** For what looks like a button and is a link. */
export const buttonClass = (look: ButtonLook = 'primary', size: ButtonSize = 'normal') =>
  classNames(base, looks[look], sizes[size])

interface ButtonProps extends ComponentProps<'button'> {
  readonly look?: ButtonLook
  readonly size?: ButtonSize
  /** Something is under way: a second press does nothing, and the focus stays where it is. */
  readonly busy?: boolean
}

export function Button({ look, size, busy = false, className, children, ...props }: ButtonProps) {
  return (
    <button
      type="button"
      {...props}
      {...(busy ? { 'aria-disabled': true, onClick: (event) => event.preventDefault() } : {})}
      className={classNames(buttonClass(look, size), className)}
    >
      {busy && <Spinner />}
      {/* Around it, so that what a page translator does to a text never meets the spinner. */}
      <span className="contents">{children}</span>
    </button>
  )
}

function Spinner() {
  return (
    <span
      aria-hidden="true"
      className="size-4 shrink-0 animate-spin rounded-full border-2 border-current border-r-transparent"
    />
  )
}

interface IconButtonProps extends ComponentProps<'button'> {
  readonly label: string
}

export function IconButton({ label, className, ...props }: IconButtonProps) {
  return (
    <button
      type="button"
      aria-label={label}
      title={label}
      {...props}
      className={classNames(
        'hover:bg-hundido inline-flex size-11 shrink-0 items-center justify-center rounded-xl transition-colors',
        className,
      )}
    />
  )
}
