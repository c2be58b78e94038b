import { type ComponentProps, type ReactNode, useId } from 'react'
import { classNames } from './class-names.ts'

interface Shared {
  readonly label: ReactNode
  readonly hint?: ReactNode
  readonly error?: string | undefined
  /** Shown behind the label of what need not be filled in. */
  readonly optional?: string | undefined
}

interface FrameProps extends Shared {
  readonly id: string
  readonly children: ReactNode
  readonly className?: string | undefined
}

function Frame({ id, label, hint, error, optional, children, className }: FrameProps) {
  return (
    <div className={classNames('flex flex-col gap-1.5', className)}>
      <label htmlFor={id} className="text-sm font-medium">
        {label}
        {optional !== undefined && <span className="text-suave font-normal"> ({optional})</span>}
      </label>
      {children}
      {hint !== undefined && (
        <p id={`${id}-hint`} className="text-suave text-sm">
          {hint}
        </p>
      )}
      {error !== undefined && (
        <p id={`${id}-error`} className="text-mal text-sm font-medium">
          {error}
        </p>
      )}
    </div>
  )
}

/** What ties a control to its hint and its error, for those who hear the page. */
function described({ hint, error }: Shared, id: string) {
  const ids = [hint !== undefined && `${id}-hint`, error !== undefined && `${id}-error`]
  const text = ids.filter(Boolean).join(' ')
  return {
    id,
    ...(text ? { 'aria-describedby': text } : {}),
    ...(error === undefined ? {} : { 'aria-invalid': true }),
  }
}

const control = 'entrada aria-invalid:border-mal aria-invalid:border-2'

export function Field({
  label,
  hint,
  error,
  optional,
  className,
  ...input
}: Shared & ComponentProps<'input'>) {
  const id = useId()
  const shared = { label, hint, error, optional }
  return (
    <Frame id={id} className={className} {...shared}>
      <input className={control} {...input} {...described(shared, id)} />
    </Frame>
  )
}

export function TextArea({
  label,
  hint,
  error,
  optional,
  className,
  ...input
}: Shared & ComponentProps<'textarea'>) {
  const id = useId()
  const shared = { label, hint, error, optional }
  return (
    <Frame id={id} className={className} {...shared}>
      <textarea className={control} rows={3} {...input} {...described(shared, id)} />
    </Frame>
  )
}

export function Select({
  label,
  hint,
  error,
  optional,
  className,
  children,
  ...input
}: Shared & ComponentProps<'select'>) {
  const id = useId()
  const shared = { label, hint, error, optional }
  return (
    <Frame id={id} className={className} {...shared}>
      <select className={control} {...input} {...described(shared, id)}>
        {children}
      </select>
    </Frame>
  )
}
