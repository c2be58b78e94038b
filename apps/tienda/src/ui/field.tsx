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
        <span>{label}</span>
        {optional !== undefined && (
          <span className="text-suave font-normal">{` (${optional})`}</span>
        )}
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

type Labelled<Tag extends 'input' | 'textarea' | 'select'> = Shared & ComponentProps<Tag>
export type FieldProps = Labelled<'input'>
export type TextAreaProps = Labelled<'textarea'>
interface SelectProps extends Labelled<'select'> {
  /** Each by its value and what is read. */
  readonly options: readonly (readonly [value: string, text: string])[]
}

/** What goes around a control, and the rest, which is the control's own. */
function useLabelled<P extends Shared & { readonly className?: string | undefined }>(props: P) {
  const id = useId()
  const { label, hint, error, optional, className, ...own } = props
  const shared = { label, hint, error, optional }
  return {
    frame: { id, className, ...shared },
    own: { className: control, ...own, ...described(shared, id) },
  }
}

export function Field(props: FieldProps) {
  const { frame, own } = useLabelled(props)
  return (
    <Frame {...frame}>
      <input {...own} />
    </Frame>
  )
}

export function TextArea(props: TextAreaProps) {
  const { frame, own } = useLabelled(props)
  return (
    <Frame {...frame}>
      <textarea rows={3} {...own} />
    </Frame>
  )
}

export function Select({ options, ...props }: SelectProps) {
  const { frame, own } = useLabelled(props)
  return (
    <Frame {...frame}>
      <select {...own}>
        {options.map(([value, text]) => (
          <option key={value} value={value}>
            {text}
          </option>
        ))}
      </select>
    </Frame>
  )
}
